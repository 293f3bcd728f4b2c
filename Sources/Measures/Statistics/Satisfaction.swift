/// How parties found the process, told apart by how it ended for them: who lost gives 1 and who won gives 5, and who wins answers more often
/// (trap 7). One number without its split and its response rate is refused by having no name here.
///
/// The log records no answers yet; what it will count them by is here.
public struct Satisfaction: Hashable, Sendable {
    public enum Ending: String, Hashable, Sendable, CaseIterable { case forThem = "for them", againstThem = "against them", neither }

    /// One party that was asked. Whoever handled the case never chooses who is asked.
    public struct Asked: Hashable, Sendable {
        public let ending: Ending
        /// 1…5 for how the process was; `nil` without an answer.
        public let score: Int?
        /// Asked because staff wanted to: left out, and counted.
        public let wasHandPicked: Bool
        public init(_ ending: Ending, score: Int?, wasHandPicked: Bool = false) {
            (self.ending, self.score, self.wasHandPicked) = (ending, score, wasHandPicked)
        }
    }

    public struct Split: Hashable, Sendable {
        /// Answers of 4 or 5, of those who answered.
        public var content = Proportion(0, of: 0)
        /// Answers of 1 or 2.
        public var discontent = Proportion(0, of: 0)
        /// Those who answered, of those who were asked.
        public var response = Proportion(0, of: 0)
    }

    public let byEnding: [Ending: Split]
    public let handPicked: Int

    public init(_ asked: some Sequence<Asked>) {
        var splits: [Ending: Split] = [:]
        var left = 0
        for one in asked {
            guard !one.wasHandPicked else {
                left += 1
                continue
            }
            var split = splits[one.ending] ?? Split()
            split.response = split.response.counting(one.score != nil)
            if let score = one.score {
                split.content = split.content.counting(score >= 4)
                split.discontent = split.discontent.counting(score <= 2)
            }
            splits[one.ending] = split
        }
        (byEnding, handPicked) = (splits, left)
    }

    /// The share content had everybody answered as those who ended alike did: each ending weighs as many as were asked, not as many as answered.
    /// `nil` where of some ending nobody answered, because then nobody knows.
    public var contentAmongAsked: Double? {
        let asked = byEnding.values.reduce(0) { $0 + $1.response.of }
        guard asked > 0 else { return nil }
        var sum = 0.0
        for ending in Ending.allCases {
            guard let split = byEnding[ending] else { continue }
            guard let content = split.content.estimate else { return nil }
            sum += content * Double(split.response.of)
        }
        return sum / Double(asked)
    }
}

extension Proportion {
    func counting(_ isHit: Bool) -> Proportion { Proportion(hits + (isHit ? 1 : 0), of: of + 1) }
}
