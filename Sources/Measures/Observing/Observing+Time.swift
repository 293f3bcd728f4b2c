import Disputes
import Timekeeping

extension Observing {
    func firstReplies() -> Observations {
        let cases = columns.cases
        var seen = Observations(parts: ["to the side that claims", "to the other side"])
        for row in cases.opened.indices where isIn(cases.opened[row]) && !cases.marks[row].contains(.merged) {
            reply(row, 0, cases.repliedToFiler[row], cases.repliedToFilerNet[row], &seen)
            if cases.hasOther[row] { reply(row, 1, cases.repliedToOther[row], cases.repliedToOtherNet[row], &seen) }
        }
        return seen
    }

    private func reply(_ row: Int, _ side: UInt8, _ replied: Int64, _ net: Int64, _ seen: inout Observations) {
        let (opened, isOver) = (columns.cases.opened[row], replied <= now)
        seen.add(row)
        seen.start(opened)
        seen.value(max(0, (isOver ? replied : min(now, columns.cases.closed[row])) - opened))
        seen.other(isOver ? net : netNow(row))
        seen.hit(isOver)
        seen.mark(side)
    }

    func acknowledgements() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.openedItself.indices where isIn(cases.openedItself[row]) && !cases.marks[row].contains(.merged) {
            let isOver = cases.acknowledged[row] <= now
            seen.add(row)
            seen.start(cases.openedItself[row])
            seen.value(max(0, (isOver ? cases.acknowledged[row] : min(now, cases.closed[row])) - cases.openedItself[row]))
            seen.hit(isOver)
        }
        return seen
    }

    func firstResolutions() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.resolved.indices where isIn(cases.resolved[row]) && !cases.marks[row].contains(.merged) {
            seen.add(row)
            seen.start(cases.opened[row])
            seen.value(max(0, cases.resolved[row] - cases.opened[row]))
            seen.other(cases.resolvedNet[row])
        }
        return seen
    }

    func fullResolutions() -> Observations {
        let cases = columns.cases
        let (timedOut, staff, system) = (Stage.How.timedOut.lane, cases.held[0], cases.held[4])
        var seen = Observations(parts: ["resolved", "closed by timeout"])
        for row in cases.closed.indices where isIn(cases.closed[row]) && !cases.marks[row].contains(.merged) {
            seen.add(row)
            seen.start(cases.opened[row])
            seen.value(max(0, cases.closed[row] - cases.opened[row]))
            seen.other(staff[row] + system[row])
            seen.mark(cases.ending[row] == timedOut ? 1 : 0)
        }
        return seen
    }

    /// Of a reopened case all its lives count.
    func heldTimes(by holders: [Holder]) -> Observations {
        let cases = columns.cases
        var seen = Observations()
        let lanes = holders.map { cases.held[$0.lane] }
        for row in cases.closed.indices where isIn(cases.closed[row]) && !cases.marks[row].contains(.merged) {
            seen.add(row)
            var sum: Int64 = 0
            for lane in lanes { sum += lane[row] }
            seen.value(sum)
        }
        return seen
    }

    func partyWaits() -> Observations {
        let cases = columns.cases
        let (filer, other) = (cases.held[Holder.partyA.lane], cases.held[Holder.partyB.lane])
        var seen = Observations(parts: ["the side that claims", "the other side"])
        for row in cases.closed.indices where isIn(cases.closed[row]) && !cases.marks[row].contains(.merged) {
            seen.add(row)
            seen.value(filer[row])
            seen.mark(0)
            guard cases.hasOther[row] else { continue }
            seen.add(row)
            seen.value(other[row])
            seen.mark(1)
        }
        return seen
    }

    func escrowLocks() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.frozen.indices where isIn(cases.frozen[row]) {
            let isOver = cases.freed[row] <= now
            seen.add(row)
            seen.start(cases.frozen[row])
            seen.value(max(0, (isOver ? cases.freed[row] : now) - cases.frozen[row]))
            seen.hit(isOver)
        }
        return seen
    }

    func executionLags() -> Observations {
        let executions = columns.executions
        var seen = Observations()
        for index in executions.decided.indices where isIn(executions.decided[index]) {
            let end = min(executions.confirmed[index], executions.failed[index], now)
            seen.add(Int(executions.row[index]))
            seen.start(executions.decided[index])
            seen.value(max(0, end - executions.decided[index]))
            seen.hit(executions.confirmed[index] <= now)
        }
        return seen
    }

    func timesToResolve() -> Observations {
        let cases = columns.cases
        let timedOut = Stage.How.timedOut.lane
        var seen = Observations()
        for row in cases.opened.indices where isIn(cases.opened[row]) && !cases.marks[row].contains(.merged) {
            let isOver = cases.closed[row] <= now
            seen.add(row)
            seen.start(cases.opened[row])
            seen.value(max(0, min(cases.closed[row], now) - cases.opened[row]))
            seen.other(netNow(row))
            // What was only given up on was not resolved (trap 6): it had not been by then.
            seen.hit(isOver && cases.ending[row] != timedOut)
        }
        return seen
    }

    func timesToEvidence() -> Observations {
        let requests = columns.requests
        var seen = Observations(parts: ["the side that claims", "the other side"])
        for index in requests.asked.indices where isIn(requests.asked[index]) {
            seen.add(Int(requests.row[index]))
            seen.start(requests.asked[index])
            seen.value(max(0, min(requests.ended[index], now) - requests.asked[index]))
            seen.hit(requests.ending[index] == 1 && requests.ended[index] <= now)
            seen.mark(requests.side[index])
            seen.own(.evidence, requests.evidence[index])
        }
        return seen
    }
}
