/// Something about a series or its forecast a person should know; the work went on.
public enum Note: Sendable, Hashable {
    case filled(holes: Int, first: Stamp)
    case partial(slots: Int, first: Stamp)
    case notInOrder(rows: Int)
    case repeated(rows: Int, first: Stamp)
    case clockWentBack(first: Stamp)
    case unreadable(rows: Int, firstLine: Int, why: String)
    case leftOutSlots(minutes: [Int])
    case restDays(String)
    case counted
    case fewerOrigins(asked: Int, possible: Int)
    case fellBack(origins: Int, of: Int)
    case tooLittleToChoose(origins: Int)
    case noScale
}

extension Note: CustomStringConvertible {
    public var description: String {
        switch self {
        case .filled(let holes, let first): "\(holes) open slots have no reading (the first \(first)); they are left unknown, and not scored"
        case .partial(let slots, let first):
            "\(slots) slots have fewer readings than usual (the first \(first)); their sums would be too small, so they are left unknown"
        case .notInOrder(let rows): "\(rows) rows stood before an earlier time; they were put in order"
        case .repeated(let rows, let first): "\(rows) rows say the same as an earlier one (the first \(first)); they count once"
        case .clockWentBack(let first): "clocks went back: the hour from \(first) is there twice, and its mean is taken"
        case .unreadable(let rows, let line, let why): "\(rows) rows were passed over (the first on line \(line): \(why))"
        case .leftOutSlots(let minutes):
            "slots that are mostly not covered are taken as closed: from \(minutes.prefix(6).map { Stamp(wallSeconds: $0 * 60).clock }.joined(separator: ", "))"
                + (minutes.count > 6 ? " and \(minutes.count - 6) more" : "")
        case .restDays(let days): "no readings on \(days): taken as days of rest"
        case .counted: "no value column was named: rows are counted, and a slot without rows is 0"
        case .fewerOrigins(let asked, let possible): "\(asked) origins were asked; the series is long enough for \(possible)"
        case .fellBack(let origins, let all):
            "too little history to choose by at \(origins) of \(all) origins; there the plainest method that works was taken"
        case .tooLittleToChoose(let origins):
            "too little history to choose a method: \(origins) earlier origins where at least \(Choice.originsMin) are needed; the plainest that works was taken, "
                + "and no interval can be given"
        case .noScale: "repeating the last season never erred in this series, so MASE has no scale; see WAPE instead"
        }
    }
}

/// Why there is no forecast; one sentence for the person.
public enum ForecastRefusal: Error, Hashable, Sendable {
    case noReadings
    case nothingReadable(rows: Int, line: Int, why: String)
    case tooShort(have: Int, need: Int)
    case nothingAsked
    case notWithinADay
    case tooFar
    case tooFine(asked: Spacing, found: Int)
    case conflicting(at: Stamp, line: Int)
    case mixedZones(line: Int)
    case zoneMissing(line: Int)
    case tooLong(slots: Int)
}

extension ForecastRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingReadable(let rows, let line, let why): "none of \(rows) rows could be read (the first on line \(line): \(why))"
        case .noReadings: "there is no reading in the table: nothing can be forecast from nothing"
        case .tooShort(let have, let need): "too little history: \(have) open \(have == 1 ? "slot" : "slots") where at least \(need) are needed"
        case .nothingAsked: "a horizon and a number of origins of at least 1 are needed"
        case .tooFar: "a horizon of at most \(Readings.slotsMax) slots can be forecast"
        case .notWithinADay: "the series ends with a day, so no day has begun that could be forecast anew"
        case .tooFine(let asked, let found):
            "the readings are \(Stamp.length(found)) apart, so \(asked) cannot be told from them; ask for \(Stamp.length(found)) or more"
        case .conflicting(let at, let line):
            "line \(line): \(at) is there before with another value; say with --repeats whether to add, mean or last"
        case .mixedZones(let line):
            "line \(line): its distance from UTC differs from the earlier ones by more than a change of clocks; bring all times into one zone"
        case .zoneMissing(let line): "line \(line): some times have a distance from UTC and some have none; write all in one way"
        case .tooLong(let slots): "the series would have \(slots) slots; at most \(Readings.slotsMax) are forecast: ask for a wider spacing"
        }
    }
}

extension Stamp {
    /// `07:30`
    var clock: String { String(description.suffix(5)) }
    static func length(_ seconds: Int) -> String {
        switch seconds {
        case let s where s % 604_800 == 0: "\(s / 604_800)w"
        case let s where s % 86_400 == 0: "\(s / 86_400)d"
        case let s where s % 3_600 == 0: "\(s / 3_600)h"
        case let s where s % 60 == 0: "\(s / 60)m"
        default: "\(seconds)s"
        }
    }
}
