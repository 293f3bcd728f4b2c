/// One table of a read model in memory: rows by key, questions answered by looking at every row.
struct MemoryTable: Sendable {
    private let table: RowTable
    private let keyPositions: [Int]
    private var rows: [[ExactValue]: [RowValue]] = [:]

    init(_ table: RowTable) throws(StoreError) {
        try table.check()
        self.table = table
        keyPositions = try table.keyPositions()
    }

    mutating func apply(_ change: RowChange) throws(StoreError) {
        switch change {
        case .put(_, let values):
            rows[keyPositions.map { ExactValue(values[$0]) }] = values
        case .delete(_, let key):
            rows[key.map(ExactValue.init)] = nil
        case .add(_, let key, let column, let by):
            let position = try table.position(of: column)
            let exact = key.map(ExactValue.init)
            var row = rows[exact] ?? newRow(key)
            let (sum, overflow) = counted(row[position]).addingReportingOverflow(by)
            guard !overflow else { throw .malformed(reason: "\(table.name).\(column) cannot count beyond 64 bits") }
            row[position] = .integer(sum)
            rows[exact] = sum == 0 ? nil : row
        }
    }

    func page(_ query: RowQuery) throws(StoreError) -> (rows: [[RowValue]], next: [RowValue]?) {
        var order: [(position: Int, descending: Bool)] = []
        for part in query.totalOrder { order.append((try table.position(of: part.column), part.descending)) }
        var found: [(sorts: [ExactValue], row: [RowValue])] = []
        for row in rows.values where try matches(row, query.conditions) {
            found.append((order.map { ExactValue(row[$0.position]) }, row))
        }
        func precedes(_ a: [ExactValue], _ b: [ExactValue]) -> Bool {
            for (index, part) in order.enumerated() where a[index] != b[index] {
                return part.descending ? b[index] < a[index] : a[index] < b[index]
            }
            return false
        }
        if let after = query.after.map({ $0.map(ExactValue.init) }) { found.removeAll { !precedes(after, $0.sorts) } }
        found.sort { precedes($0.sorts, $1.sorts) }
        let shown = found.prefix(query.limit).map(\.row)
        let next = found.count > query.limit ? shown.last.map { last in order.map { last[$0.position] } } : nil
        return (shown, next)
    }

    func count(_ query: RowQuery) throws(StoreError) -> Int {
        var count = 0
        for row in rows.values where try matches(row, query.conditions) { count += 1 }
        return min(count, query.countMax ?? count)
    }

    private func newRow(_ key: [RowValue]) -> [RowValue] {
        var row = table.columns.map { $0.kind == .integer ? RowValue.integer(0) : .null }
        for (position, value) in zip(keyPositions, key) { row[position] = value }
        return row
    }

    private func counted(_ value: RowValue) -> Int64 {
        if case .integer(let count) = value { count } else { 0 }
    }

    private func matches(_ row: [RowValue], _ conditions: [RowQuery.Condition]) throws(StoreError) -> Bool {
        for condition in conditions {
            switch condition {
            case .isNull(let name):
                guard row[try table.position(of: name)] == .null else { return false }
            case .isNotNull(let name):
                guard row[try table.position(of: name)] != .null else { return false }
            case .anyOf(let name, let values):
                let value = ExactValue(row[try table.position(of: name)])
                guard value != .null, values.contains(where: { ExactValue($0) == value }) else { return false }
            case .compare(let name, let comparison, let wanted):
                let (value, wanted) = (ExactValue(row[try table.position(of: name)]), ExactValue(wanted))
                guard value != .null, wanted != .null, comparison.holds(value, wanted) else { return false }
            }
        }
        return true
    }
}

/// A value compared byte by byte, as engines do; Swift's `String` would find two spellings of é equal.
enum ExactValue: Hashable, Comparable {
    case null
    case integer(Int64)
    case text([UInt8])
    case blob([UInt8])

    init(_ value: RowValue) {
        switch value {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .text(let text): self = .text(Array(text.utf8))
        case .blob(let bytes): self = .blob(bytes)
        }
    }

    static func < (a: ExactValue, b: ExactValue) -> Bool {
        switch (a, b) {
        case (.integer(let a), .integer(let b)): a < b
        case (.text(let a), .text(let b)), (.blob(let a), .blob(let b)): a.lexicographicallyPrecedes(b)
        default: a.rank < b.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .integer: 1
        case .text: 2
        case .blob: 3
        }
    }
}

extension RowQuery.Comparison {
    fileprivate func holds(_ a: ExactValue, _ b: ExactValue) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }
}
