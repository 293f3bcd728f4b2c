extension KeptCheckpoint {
    /// Refuses a checkpoint of a log that is not this long, or one older than the last.
    package func check(after last: KeptCheckpoint?, head: Int64) throws(StoreError) {
        guard 0...head ~= sequence else {
            throw .malformed(reason: "a checkpoint at event \(sequence) cannot be kept: the log ends at \(head)")
        }
        if let last, last.sequence > sequence {
            throw .malformed(reason: "a checkpoint at event \(sequence) comes after one at \(last.sequence)")
        }
    }
}

extension ProjectionPosition {
    /// Refuses a step that starts elsewhere than where the projection stands, goes back, or runs ahead of the log.
    package func check(actual: Int64, head: Int64) throws(StoreError) {
        guard actual == start else { throw .overtaken(projection: projection, actual: actual) }
        guard start...max(start, head) ~= sequence else {
            throw .malformed(reason: "\(projection) cannot step from event \(start) to \(sequence): the log ends at \(head)")
        }
    }
}

extension RowTable {
    /// The tables an engine is opened with, by name; each a sound declaration, no name twice.
    package static func byName(_ tables: [RowTable]) throws(StoreError) -> [String: RowTable] {
        var byName: [String: RowTable] = [:]
        for table in tables {
            try table.check()
            guard byName.updateValue(table, forKey: table.name) == nil else {
                throw .malformed(reason: "the table \(table.name) is declared twice")
            }
        }
        return byName
    }
}
