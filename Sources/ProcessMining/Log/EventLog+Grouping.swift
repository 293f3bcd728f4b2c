extension EventLog {
    /// Groups by a counting sort: one pass to count, one to place, and a sort only where the file disagrees with the clock.
    init(_ columns: consuming EventColumns, _ disorder: inout Disorder) {
        let caseCount = columns.caseTable.count
        let count = columns.count
        var offsets = [Int32](repeating: 0, count: caseCount + 1)
        columns.cases.withUnsafeBufferPointer { cases in
            offsets.withUnsafeMutableBufferPointer { offsets in
                for index in 0..<count { offsets[Int(cases[index]) + 1] &+= 1 }
                for index in 0..<caseCount { offsets[index + 1] &+= offsets[index] }
            }
        }
        var next = offsets
        let times = [Int64](unsafeUninitializedCapacity: count) { times, filled in
            columns.cases.withUnsafeBufferPointer { cases in
                columns.times.withUnsafeBufferPointer { arrived in
                    next.withUnsafeMutableBufferPointer { next in
                        for index in 0..<count {
                            let slot = Int(next[Int(cases[index])])
                            next[Int(cases[index])] = Int32(truncatingIfNeeded: slot &+ 1)
                            times[slot] = arrived[index]
                        }
                    }
                }
            }
            filled = count
        }
        let activities = EventLog.placed(columns.activities, columns.cases, offsets)
        let starts = columns.starts.count == count ? EventLog.placed(columns.starts, columns.cases, offsets) : []
        let actors = columns.resources.count == count ? EventLog.placed(columns.resources, columns.cases, offsets) : []
        var grouped = Grouped(times: times, activities: activities, starts: starts, actors: actors)
        disorder = grouped.putInOrder(offsets, columns)
        self.init(
            offsets: offsets, activities: grouped.activities, times: grouped.times, starts: grouped.starts, actors: grouped.actors,
            activityNames: columns.activityNames, cases: columns.caseTable, resources: columns.resourceTable)
    }

    /// A column brought into the order of the cases.
    private static func placed<Value>(_ column: [Value], _ cases: [UInt32], _ offsets: [Int32]) -> [Value] {
        var next = offsets
        return [Value](unsafeUninitializedCapacity: column.count) { placed, filled in
            column.withUnsafeBufferPointer { column in
                cases.withUnsafeBufferPointer { cases in
                    next.withUnsafeMutableBufferPointer { next in
                        for index in 0..<column.count {
                            let slot = Int(next[Int(cases[index])])
                            next[Int(cases[index])] = Int32(truncatingIfNeeded: slot &+ 1)
                            placed.baseAddress.map { ($0 + slot).initialize(to: column[index]) }
                        }
                    }
                }
            }
            filled = column.count
        }
    }
}

/// The columns between placing and ordering.
private struct Grouped {
    var times: [Int64]
    var activities: [UInt16]
    var starts: [Int64]
    var actors: [UInt32]

    /// Sorts the cases whose events do not stand in the order of time; stable, as the place decides between equals.
    mutating func putInOrder(_ offsets: [Int32], _ columns: borrowing EventColumns) -> EventLog.Disorder {
        var disorder = EventLog.Disorder()
        let wrong = times.withUnsafeBufferPointer { times in
            offsets.withUnsafeBufferPointer { offsets in
                var wrong: [Int] = []
                for index in 0..<(offsets.count - 1) {
                    var event = Int(offsets[index]) + 1
                    let end = Int(offsets[index + 1])
                    while event < end {
                        if times[event] < times[event - 1] {
                            wrong.append(index)
                            break
                        }
                        event += 1
                    }
                }
                return wrong
            }
        }
        guard !wrong.isEmpty else { return disorder }
        let places = placesOfWrong(wrong, columns)
        for index in wrong {
            let range = Int(offsets[index])..<Int(offsets[index + 1])
            var latest = Int64.min
            for (step, event) in range.enumerated() {
                if times[event] < latest {
                    disorder.events += 1
                    if disorder.firstPlaces.count < 20, let place = places[index]?[step] { disorder.firstPlaces.append(place) }
                }
                latest = max(latest, times[event])
            }
            let order = range.sorted { (times[$0], $0) < (times[$1], $1) }
            reorder(&times, order, range)
            reorder(&activities, order, range)
            if !starts.isEmpty { reorder(&starts, order, range) }
            if !actors.isEmpty { reorder(&actors, order, range) }
        }
        disorder.firstPlaces.sort()
        return disorder
    }

    private func placesOfWrong(_ wrong: [Int], _ columns: borrowing EventColumns) -> [Int: [UInt32]] {
        guard columns.places.count == columns.count else { return [:] }
        let first = Set(wrong.prefix(20))
        var places: [Int: [UInt32]] = [:]
        for event in 0..<columns.count where first.contains(Int(columns.cases[event])) {
            places[Int(columns.cases[event]), default: []].append(columns.places[event])
        }
        return places
    }

    private func reorder<Value>(_ column: inout [Value], _ order: [Int], _ range: Range<Int>) {
        let sorted = order.map { column[$0] }
        for (slot, value) in zip(range, sorted) { column[slot] = value }
    }
}
