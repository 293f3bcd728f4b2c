import Chronicle

/// What a span was counted in. Disputes run day and night, regulators count working time: the two are never added up.
public enum TimeBasis: Hashable, Sendable {
    /// Every minute counts.
    case clock
    /// Only the working hours of this calendar.
    case working(CalendarName)
}

extension TimeBasis: CustomStringConvertible {
    public var description: String {
        switch self {
        case .clock: "clock time"
        case .working(let calendar): "working time of \(calendar)"
        }
    }
}

/// A length of time together with what it was counted in.
public struct Elapsed: Hashable, Sendable, CustomStringConvertible {
    public let span: Span
    public let basis: TimeBasis

    public init(_ span: Span, in basis: TimeBasis) {
        (self.span, self.basis) = (span, basis)
    }

    /// Refuses to add what was counted differently.
    public func adding(_ other: Elapsed) throws(BasisMismatch) -> Elapsed {
        guard basis == other.basis else { throw BasisMismatch(basis, other.basis) }
        return Elapsed(span + other.span, in: basis)
    }

    public var description: String { "\(span) of \(basis)" }
}

/// Clock time and working time, or the working times of two calendars, were to be added.
public struct BasisMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    public let first: TimeBasis
    public let second: TimeBasis

    init(_ first: TimeBasis, _ second: TimeBasis) { (self.first, self.second) = (first, second) }

    public var description: String { "\(first) and \(second) cannot be added up" }
}

/// Time by holder, in one basis.
public struct HolderTotals: Hashable, Sendable {
    public let basis: TimeBasis
    private var spans: [Span]

    public init(basis: TimeBasis) {
        self.basis = basis
        spans = Array(repeating: .zero, count: Holder.allCases.count)
    }

    public subscript(holder: Holder) -> Span { spans[Self.lane(holder)] }

    /// All of it, whoever held the case: what the customer lived through.
    public var gross: Elapsed { total { _ in true } }
    /// What the desk answers for: staff and system. Shown beside `gross`, never instead of it.
    public var net: Elapsed { total(where: \.isAccountable) }

    public func total(where counts: (Holder) -> Bool) -> Elapsed {
        Elapsed(Holder.allCases.reduce(.zero) { counts($1) ? $0 + self[$1] : $0 }, in: basis)
    }

    /// Refuses totals counted differently.
    public func adding(_ other: HolderTotals) throws(BasisMismatch) -> HolderTotals {
        guard basis == other.basis else { throw BasisMismatch(basis, other.basis) }
        var sum = self
        for holder in Holder.allCases { sum.add(other[holder], to: holder) }
        return sum
    }

    mutating func add(_ span: Span, to holder: Holder) { spans[Self.lane(holder)] += span }

    private static func lane(_ holder: Holder) -> Int {
        switch holder {
        case .staff: 0
        case .partyA: 1
        case .partyB: 2
        case .third: 3
        case .system: 4
        case .legalHold: 5
        }
    }
}
