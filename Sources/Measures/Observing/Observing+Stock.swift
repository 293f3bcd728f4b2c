import Disputes
import Policies
import Timekeeping

extension Observing {
    func promisesDue() -> Observations {
        let promises = columns.promises
        var seen = Observations()
        for index in promises.due.indices {
            let due = promises.due[index]
            guard isIn(due), ClockSpec.Bound.isOurs(promises.bound[index]) else { continue }
            // What was called off before it was due was neither kept nor broken.
            guard promises.cancelled[index] >= due else { continue }
            seen.add(Int(promises.row[index]))
            seen.hit(promises.met[index] < due)
            seen.grossHit(promises.met[index] < promises.dueGross[index])
            seen.own(.clock, promises.clock[index])
        }
        return seen
    }

    func promisesStarted() -> Observations {
        let promises = columns.promises
        var seen = Observations()
        for index in promises.started.indices where isIn(promises.started[index]) && ClockSpec.Bound.isOurs(promises.bound[index]) {
            let limit = max(1, promises.due[index] - promises.started[index])
            let met = promises.met[index] <= now
            let ran = max(0, min(promises.met[index], promises.cancelled[index], now) - promises.started[index])
            let (scaled, overflow) = ran.multipliedReportingOverflow(by: Observing.wholeLimit)
            seen.add(Int(promises.row[index]))
            seen.value(overflow ? Int64.max / 4 : scaled / limit)
            seen.hit(met)
            seen.own(.clock, promises.clock[index])
        }
        return seen
    }

    /// The instant a stock is counted at: the end of the period, as far as anything is known.
    private var counted: Int64 { min(to, now) }

    private func openIntervals(_ body: (_ row: Int, _ interval: Int) -> Void) {
        let intervals = columns.intervals
        let instant = counted
        for index in intervals.start.indices where intervals.start[index] <= instant && instant < intervals.end[index] {
            let row = Int(intervals.row[index])
            if !columns.cases.marks[row].contains(.merged) { body(row, index) }
        }
    }

    func backlog() -> Observations {
        var seen = Observations(parts: ["staff", "the side that claims", "the other side", "third parties", "system", "legal hold"])
        openIntervals { row, interval in
            seen.add(row)
            seen.mark(columns.intervals.holder[interval])
        }
        return seen
    }

    func backlogAges() -> Observations {
        let promises = columns.promises
        let instant = counted
        var isLate = [Bool](repeating: false, count: columns.cases.count)
        for index in promises.due.indices
        where promises.due[index] <= instant && promises.met[index] > instant && promises.cancelled[index] > instant
            && ClockSpec.Bound.isOurs(promises.bound[index])
        {
            isLate[Int(promises.row[index])] = true
        }
        var seen = Observations(parts: ["in time", "past due"])
        openIntervals { row, _ in
            seen.add(row)
            seen.start(columns.cases.opened[row])
            seen.value(max(0, instant - columns.cases.opened[row]))
            seen.mark(isLate[row] ? 1 : 0)
        }
        return seen
    }

    func clearance() -> Observations {
        let spells = columns.spells
        let timedOut = Stage.How.timedOut.lane
        var seen = Observations(parts: ["opened", "closed", "closed by timeout"])
        for index in spells.row.indices {
            let row = Int(spells.row[index])
            guard !columns.cases.marks[row].contains(.merged) else { continue }
            if isIn(spells.opened[index]) {
                seen.add(row)
                seen.value(0)
                seen.other(1)
                seen.mark(0)
            }
            if isIn(spells.closed[index]) {
                seen.add(row)
                seen.value(1)
                seen.other(0)
                seen.mark(spells.ending[index] == timedOut ? 2 : 1)
            }
        }
        return seen
    }

    func recoveries() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.closed.indices where isIn(cases.closed[row]) && cases.value[row] > 0 && !cases.marks[row].contains(.merged) {
            seen.add(row)
            seen.value(cases.recovered[row])
            seen.other(cases.value[row])
        }
        return seen
    }
}
