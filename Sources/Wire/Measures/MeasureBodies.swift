import Chronicle
import Disputes
import Measures

/// An indicator as the catalogue has it.
public struct MeasureInfo: WireBody {
    public let code: Indicator.Code
    public let short: String
    public let title: String
    public let formula: String
    public let unit: Indicator.Unit
    public let better: Indicator.Better
    public let cohort: String
    public let source: String
    /// What has to be read beside it.
    public let counter: Indicator.Code
    /// The one that tells later.
    public let delayed: Indicator.Code?
    /// What has to be recorded before it can be answered; absent when it can be.
    public let needs: String?

    public init(_ indicator: Indicator) {
        (code, short, title, formula, unit) = (indicator.code, indicator.short, indicator.title, indicator.formula, indicator.unit)
        (better, cohort, source, counter, delayed) = (indicator.better, indicator.cohort, indicator.source, indicator.counter, indicator.delayed)
        needs = indicator.needs
    }
}

/// The whole catalogue, and what its numbers can be cut by.
public struct MeasureList: WireBody {
    public let measures: [MeasureInfo]
    public let dimensions: [DimensionInfo]

    public init(measures: [MeasureInfo], dimensions: [DimensionInfo]) { (self.measures, self.dimensions) = (measures, dimensions) }

    public struct DimensionInfo: WireBody {
        public let name: Dimension
        /// Why nothing can be cut by it yet; absent when it can be.
        public let missing: String?
        public init(_ dimension: Dimension) { (name, missing) = (dimension, dimension.isMissingBecause) }
    }
}

/// Lengths in milliseconds: exact quantiles, with how many are over and how many are still open.
public struct SpreadView: WireBody {
    public let count: Int
    public let over: Int
    public let p50: Int64?
    public let p90: Int64?
    public let p95: Int64?
    public let longest: Int64?
    /// Of those where all are over.
    public let mean: Int64?
    public let p50Low: Int64?
    public let p50High: Int64?

    enum CodingKeys: String, CodingKey {
        case count, over, p50, p90, p95, longest, mean
        case p50Low = "p50_low"
        case p50High = "p50_high"
    }

    init(_ spread: Spread) {
        (count, over, p50, p90, p95, longest) = (spread.count, spread.over, spread.p50, spread.p90, spread.p95, spread.longest)
        mean = spread.mean.map { Int64($0.rounded()) }
        (p50Low, p50High) = (spread.p50Low, spread.p50High)
    }
}

/// One number with what it rests on. Whole numbers throughout: milliseconds, millionths or counts, as the answer says.
public struct FigureView: WireBody {
    public let n: Int
    public let hits: Int?
    public let value: Int64?
    public let low: Int64?
    public let high: Int64?
    public let gross: SpreadView?
    public let net: SpreadView?
    /// The share gross, where `value` is net.
    public let grossValue: Int64?
    public let parts: [Part]

    public struct Part: WireBody {
        public let name: String
        public let n: Int
        public let spread: SpreadView?
    }

    enum CodingKeys: String, CodingKey {
        case n, hits, value, low, high, gross, net, parts
        case grossValue = "gross_value"
    }

    init(_ figure: Figure, in counted: MeasureAnswer.Counted) {
        (n, hits) = (figure.n, figure.hits)
        (value, low, high) = (counted.whole(figure.value), counted.whole(figure.low), counted.whole(figure.high))
        (gross, net, grossValue) = (figure.gross.map(SpreadView.init), figure.net.map(SpreadView.init), counted.whole(figure.grossValue))
        parts = figure.parts.map { Part(name: $0.name, n: $0.n, spread: $0.spread.map(SpreadView.init)) }
    }
}

/// One slice, now and before.
public struct MeasureCell: WireBody {
    /// A word for each dimension asked for.
    public let words: [String]
    public let now: FigureView
    public let before: FigureView?
    public let change: Change?
    public let mix: Mix?

    /// Now less before; for shares with Newcombe's interval.
    public struct Change: WireBody {
        public let difference: Int64
        public let low: Int64?
        public let high: Int64?
    }

    /// What the slice's mix of reasons, rails and languages lets expect. The ratio is in millionths.
    public struct Mix: WireBody {
        public let observed: Int64
        public let expected: Int64
        public let ratio: Int64?
        public let low: Int64?
        public let high: Int64?
    }

    init(_ cell: Cell, in counted: MeasureAnswer.Counted) {
        (words, now, before) = (cell.words, FigureView(cell.now, in: counted), cell.before.map { FigureView($0, in: counted) })
        change = cell.change.flatMap { change in
            counted.whole(change.difference).map { Change(difference: $0, low: counted.whole(change.low), high: counted.whole(change.high)) }
        }
        mix = cell.mix.map { mix in
            Mix(
                observed: Int64(mix.observed.rounded()), expected: Int64(mix.expected.rounded()), ratio: MeasureAnswer.Counted.millionths.whole(mix.ratio),
                low: MeasureAnswer.Counted.millionths.whole(mix.interval?.lowerBound), high: MeasureAnswer.Counted.millionths.whole(mix.interval?.upperBound))
        }
    }
}

/// The numbers of one indicator.
public struct MeasureAnswer: WireBody {
    /// What `value`, `low` and `high` are whole numbers of.
    public enum Counted: String, Hashable, Sendable, Codable {
        case milliseconds
        /// A share or a ratio of 1 is 1,000,000.
        case millionths
        case count

        func whole(_ value: Double?) -> Int64? {
            guard let value, value.isFinite else { return nil }
            return Int64((self == .millionths ? value * 1_000_000 : value).rounded())
        }
    }

    public let measure: MeasureInfo
    public let counted: Counted
    /// What lengths are counted in: clock time, or the working time of one calendar.
    public let basis: String
    public let from: Instant
    public let to: Instant
    public let beforeFrom: Instant?
    public let beforeTo: Instant?
    public let by: [Dimension]
    public let whole: MeasureCell
    /// Largest first.
    public let cells: [MeasureCell]
    /// How many of what was counted come from rehearsals.
    public let simulated: Int
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case measure, counted, basis, from, to, by, whole, cells, simulated
        case beforeFrom = "before_from"
        case beforeTo = "before_to"
        case asOf = "as_of"
    }

    public init(_ answer: Answer, cellsMax: Int) {
        measure = MeasureInfo(answer.indicator)
        let unit = answer.indicator.unit
        // Parity is a ratio of two medians, whatever its unit.
        counted = unit.isLength ? .milliseconds : unit == .count ? .count : .millionths
        let question = answer.question
        (basis, from, to, by) = ("\(question.basis)", question.period.from, question.period.to, question.by)
        (beforeFrom, beforeTo) = (question.comparedWith?.from, question.comparedWith?.to)
        let counted = counted
        whole = MeasureCell(answer.whole, in: counted)
        cells = answer.cells.prefix(cellsMax).map { MeasureCell($0, in: counted) }
        (simulated, asOf) = (answer.simulated, answer.sequence)
    }
}

/// A case a number was counted from.
public struct CaseBehindView: WireBody {
    public let id: CaseID
    public let value: Int64?
    public let other: Int64?
    public let hit: Bool?
    public let part: String?

    public init(_ behind: CaseBehind) { (id, value, other, hit, part) = (behind.id, behind.value, behind.other, behind.isHit, behind.part) }
}

public struct CasesBehind: WireBody {
    public let cases: [CaseBehindView]
    /// How many there are in all.
    public let count: Int
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case cases, count
        case asOf = "as_of"
    }

    public init(cases: [CaseBehindView], count: Int, asOf: Int64) { (self.cases, self.count, self.asOf) = (cases, count, asOf) }
}
