import Chronicle
import Policies

/// How it was to be a party here, asked of each party once, when its case is over: about the way, not about the result (ISO 10002 §8.3, ISO 10004 §7).
///
/// Whoever lost would give the result a 1 and whoever won a 5, which says nothing of the work; so the answers are read apart by what came of the case.
public enum Survey {
    /// What is asked: what people ask of a fair procedure whatever comes of it (Tyler: voice, neutrality, respect, trust), and of time.
    public enum Question: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        /// I knew what happens next, and by when.
        case informed
        /// I could say and show what mattered to me.
        case heard
        /// It took about as long as I had been told.
        case onTime = "on-time"
        /// I understood why it was decided as it was.
        case explained
        /// I was treated with respect.
        case respected
    }

    /// 1, not at all, to 5, wholly.
    public struct Score: Hashable, Comparable, Sendable, Codable {
        public let value: Int
        public static let range = 1...5

        public init?(_ value: Int) {
            guard Score.range ~= value else { return nil }
            self.value = value
        }

        public static func < (a: Score, b: Score) -> Bool { a.value < b.value }

        public init(from decoder: any Decoder) throws {
            let value = try Int(from: decoder)
            guard let score = Score(value) else {
                throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a score is 1 to 5"))
            }
            self = score
        }

        public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }

    /// What one party answered.
    public struct Rating: Hashable, Sendable {
        public let result: Result
        public let scores: [Question: Score]
    }

    /// What came of the case for whoever answers.
    public enum Result: String, Hashable, Sendable, Codable, CaseIterable {
        case favoured, against
        /// Decided, against nobody.
        case neither
        /// The parties settled it.
        case settled
        /// It ended without a decision.
        case undecided
    }
}

extension Case {
    /// Is there something to ask about? Of a case that was merged another one goes on; one that was taken over from elsewhere was not worked on here.
    public var isRateable: Bool {
        guard case .closed(let closure) = stage else { return false }
        return closure.how != .merged && closure.how != .imported
    }

    /// Whom the questions are put to: both principals, or whoever speaks for them.
    public func mayRate(_ party: PartyID) -> Bool { isRateable && ratings[party] == nil && self.party(party) != nil }

    /// What came of it for a party, as the pack says whom an outcome goes against.
    public func result(for party: Party, _ policy: Policy) -> Survey.Result {
        if case .closed(let closure) = stage, closure.how == .settledByParties || closure.how == .escrowMovedByParties { return .settled }
        guard let code = announcedRuling?.ruling.outcome.code, let outcome = policy.outcomes[code] else { return .undecided }
        let isBuyer = party.capacity == .buyer || party.capacity == .payer
        let isSeller = party.capacity == .seller || party.capacity == .merchant
        return switch outcome.against {
        case .nobody: .neither
        case .buyer: isBuyer ? .against : .favoured
        case .seller: isSeller ? .against : .favoured
        case .filer: party.side == .filer ? .against : .favoured
        }
    }
}

/// A party said how it was. Kept apart from the ruling: nothing in a case is decided by it, and no page of a case shows it.
public struct ProcessRated: CaseHappening {
    public static let type = EventType("process-rated")
    public let by: PartyID
    public let result: Survey.Result
    public let scores: [Survey.Question: Survey.Score]
    public let comment: Sealed?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.ratings[by] = Survey.Rating(result: result, scores: scores) }
}

extension Deliberation {
    mutating func rate(_ scores: [Survey.Question: Survey.Score], _ comment: Sealed?) throws(Refusal) {
        let (party, dispute) = (try actingParty(), try dispute())
        guard case .closed(let closure) = dispute.stage else { throw .notNow(act: .rate, step: try step().title, phase: dispute.phase) }
        guard dispute.isRateable else { throw .closed(closure.how) }
        guard dispute.ratings[party.id] == nil else { throw .alreadyDone("answering these questions") }
        guard !scores.isEmpty || comment != nil else { throw .emptyText }
        emit(ProcessRated(by: party.id, result: dispute.result(for: party, policy), scores: scores, comment: comment))
    }
}
