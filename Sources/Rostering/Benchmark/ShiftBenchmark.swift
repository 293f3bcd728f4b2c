/// One instance of the Shift Scheduling Benchmark (Curtois and Qu, 2014) as its file says it.
///
/// Nothing here is prepared for a solver: the evaluator reads these rows alone, so that a mistake in the engine cannot hide in it.
/// Days count from zero, and day zero is a Monday; minutes are minutes.
public struct ShiftBenchmark: Sendable, Equatable {
    /// A kind of shift: how long it is, and what may not be worked on the day after it.
    public struct Shift: Sendable, Equatable {
        public let id: String
        public let minutes: Int
        public let mayNotBeFollowedBy: [String]
    }

    /// One employee and what binds this employee alone.
    public struct Employee: Sendable, Equatable {
        public let id: String
        /// Shifts of a kind at most; a kind that is not named has no limit of its own.
        public let shiftsMax: [String: Int]
        public let minutesMax: Int
        public let minutesMin: Int
        public let consecutiveShiftsMax: Int
        public let consecutiveShiftsMin: Int
        public let consecutiveDaysOffMin: Int
        public let weekendsMax: Int
        /// Days on which this employee must not work.
        public internal(set) var daysOff: Set<Int> = []
    }

    /// A wish for a shift on a day, or to be spared one, and what it costs to refuse it.
    public struct Request: Sendable, Equatable {
        public let employee: String
        public let day: Int
        public let shift: String
        public let weight: Int
    }

    /// How many are needed on a shift, and what each one too few or too many costs.
    public struct Cover: Sendable, Equatable {
        public let day: Int
        public let shift: String
        public let need: Int
        public let underWeight: Int
        public let overWeight: Int
    }

    public internal(set) var days = 0
    public internal(set) var shifts: [Shift] = []
    public internal(set) var employees: [Employee] = []
    public internal(set) var onRequests: [Request] = []
    public internal(set) var offRequests: [Request] = []
    public internal(set) var cover: [Cover] = []

    /// What a file may hold at most; a larger one is refused, not attempted.
    public static let daysMax = 1_000
    /// A day's choices are kept as bits of one word, day off among them.
    public static let shiftsMax = 63
    public static let employeesMax = 2_000
    /// Weights, minutes and counts up to here, so that no sum of them can overflow.
    public static let numberMax = 1_000_000
    /// The largest file that is read at all.
    public static let bytesMax = 16 * 1_024 * 1_024
}
