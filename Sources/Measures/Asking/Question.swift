import Chronicle
import Timekeeping

/// What somebody wants to know: one indicator, over a period, cut by up to two dimensions, in a slice.
public struct Question: Hashable, Sendable {
    public var indicator: Indicator.Code
    public var period: Period
    /// Asked for the same beside it: the month before, the same month of last year.
    public var comparedWith: Period?
    /// At most two.
    public var by: [Dimension]
    /// Only cases with one of these words in each of these dimensions.
    public var slice: [Dimension: Set<String>]
    /// What lengths are counted in, all of one answer alike: clock time and the working times of two places are never mixed (trap 1).
    public var basis: TimeBasis
    /// The instant that open cases have lasted until. Never before the last event of the columns.
    public var asOf: Instant
    /// Beside each slice, what its mix of reasons, rails and languages let expect (trap 8).
    public var isAdjusted: Bool

    public init(
        _ indicator: Indicator.Code, over period: Period, comparedWith: Period? = nil, by: [Dimension] = [], slice: [Dimension: Set<String>] = [:],
        basis: TimeBasis = .clock, asOf: Instant, isAdjusted: Bool = false
    ) {
        (self.indicator, self.period, self.comparedWith, self.by, self.slice) = (indicator, period, comparedWith, by, slice)
        (self.basis, self.asOf, self.isAdjusted) = (basis, asOf, isAdjusted)
    }

    public static let dimensionsMax = 2
}

/// Why a question has no answer. Each is a sentence for whoever asked.
public enum QuestionRefusal: Error, Hashable, Sendable {
    case notRecorded(Indicator.Code, needs: String)
    case dimensionNotRecorded(Dimension, because: String)
    case tooManyDimensions
    case twiceBy(Dimension)
    /// Only single rows have it, and this indicator counts others.
    case dimensionElsewhere(Dimension, Indicator.Code)
    case tooManyCells(Dimension, Dimension)
    /// No case has this word, so that it may be misspelt.
    case noSuchWord(Dimension, String)
    /// Working time of what is not one stretch from an instant to another.
    case noWorkingTime(Indicator.Code)
    case calendar(String)
}

extension QuestionRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notRecorded(let code, let needs): "\(code.rawValue) is not recorded yet: it needs \(needs)"
        case .dimensionNotRecorded(let dimension, let because): "nothing can be cut by \(dimension.title) yet: \(because)"
        case .tooManyDimensions: "a number can be cut by \(Question.dimensionsMax) dimensions at most"
        case .twiceBy(let dimension): "\(dimension.title) was named twice"
        case .dimensionElsewhere(let dimension, let code): "\(code.rawValue) cannot be cut by \(dimension.title): it does not count what has one"
        case .tooManyCells(let a, let b): "\(a.title) by \(b.title) would be over \(Tabulation.cellsMax) cells; narrow one of them"
        case .noSuchWord(let dimension, let word): "no case has the \(dimension.title) “\(word)”"
        case .noWorkingTime(let code): "\(code.rawValue) is counted in clock time only"
        case .calendar(let sentence): sentence
        }
    }
}
