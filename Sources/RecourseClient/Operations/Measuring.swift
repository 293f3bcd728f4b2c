import Chronicle
import Measures
import Wire

/// What is asked of a measure; nothing said is the last thirty days, all in one.
public struct MeasureQuery: Hashable, Sendable {
    public var from: Instant?
    public var to: Instant?
    /// Beside it the same of as long a period just before.
    public var isComparedWithPrevious = false
    public var beforeFrom: Instant?
    public var beforeTo: Instant?
    /// At most two.
    public var by: [Dimension] = []
    public var slice: [Dimension: Set<String>] = [:]
    /// Count working time of this calendar instead of clock time.
    public var calendar: String?
    /// Expected beside actual, by reason, rail and language.
    public var isAdjusted = false
    /// At most so many cells, or cases.
    public var limit: Int?

    public init() {}

    fileprivate var query: [(String, String)] {
        let words: [(String, String?)] = [
            ("from", from?.description), ("to", to?.description), ("before", isComparedWithPrevious ? "previous" : nil),
            ("before_from", beforeFrom?.description), ("before_to", beforeTo?.description),
            ("by", by.isEmpty ? nil : by.map(\.rawValue).joined(separator: ",")), ("where", slice.isEmpty ? nil : Slice.text(slice)),
            ("calendar", calendar), ("adjusted", isAdjusted ? "true" : nil), ("limit", limit.map { String($0) }),
        ]
        return words.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension RecourseClient {
    /// Every indicator there is, and what numbers can be cut by.
    public func listMeasures() async throws -> MeasureList { try await get("/v1/measures") }

    public func showMeasure(_ code: Indicator.Code, _ query: MeasureQuery = MeasureQuery()) async throws -> MeasureAnswer {
        try await get("/v1/measures/\(code.rawValue)", query.query)
    }

    /// The cases behind a number: of one cell, or of all.
    public func listMeasuredCases(_ code: Indicator.Code, _ query: MeasureQuery = MeasureQuery(), in cell: [String] = []) async throws -> CasesBehind {
        try await get("/v1/measures/\(code.rawValue)/cases", query.query + (cell.isEmpty ? [] : [("cell", cell.joined(separator: "|"))]))
    }
}
