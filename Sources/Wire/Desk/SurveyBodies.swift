import Disputes

/// How it was to be a party here, added up over cases: never one case, never one person, never few enough to tell who said what.
public struct SurveyView: WireBody {
    public struct Answers: WireBody {
        public let question: Survey.Question
        /// How often 1, 2, 3, 4 and 5 was given.
        public let counts: [Int64]
        /// All of them.
        public let answers: Int64

        public init(question: Survey.Question, counts: [Int64]) { (self.question, self.counts, answers) = (question, counts, counts.reduce(0, +)) }
    }

    /// Everybody for whom the same came of it.
    public struct Group: WireBody {
        public let result: Survey.Result
        public let answered: Int64
        public let questions: [Answers]

        public init(result: Survey.Result, answered: Int64, questions: [Answers]) {
            (self.result, self.answered, self.questions) = (result, answered, questions)
        }
    }

    /// Parties who could answer, or did: the denominator of the response rate.
    public let asked: Int64
    public let answered: Int64
    public let groups: [Group]
    /// Answers of groups too small to be shown.
    public let withheld: Int64
    /// From so many answers on a group is shown.
    public let least: Int64
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case asked, answered, groups, withheld, least
        case asOf = "as_of"
    }

    public init(asked: Int64, groups: [Group], least: Int64, asOf: Int64) {
        answered = groups.reduce(0) { $0 + $1.answered }
        self.groups = groups.filter { $0.answered >= least }
        withheld = groups.filter { $0.answered < least }.reduce(0) { $0 + $1.answered }
        (self.asked, self.least, self.asOf) = (asked, least, asOf)
    }
}
