import Disputes

extension Observing {
    private static let week: Int64 = 7 * 86_400_000

    /// Endings that solved something; a withdrawal, a timeout and a merge did not.
    private static let solving: Set<UInt8> = Set(
        [Stage.How.ruled, .settledByParties, .escrowMovedByParties, .responded, .byStaff, .schemeDecided, .imported].map(\.lane))

    func firstContacts() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.firstClosed.indices where isIn(cases.firstClosed[row]) && !cases.marks[row].contains(.merged) {
            // Whoever may still come back is not counted yet (trap 10).
            guard cases.firstClosed[row] + Observing.week <= now, Observing.solving.contains(cases.firstEnding[row]) else { continue }
            seen.add(row)
            seen.hit(cases.contactedAgain[row] == never || cases.contactedAgain[row] - cases.firstClosed[row] > Observing.week)
        }
        return seen
    }

    func reopenings() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.firstClosed.indices where isIn(cases.firstClosed[row]) && !cases.marks[row].contains(.merged) {
            guard cases.firstClosed[row] + 2 * Observing.week <= now else { continue }
            seen.add(row)
            seen.hit(cases.firstReopened[row] != never && cases.firstReopened[row] - cases.firstClosed[row] <= 2 * Observing.week)
        }
        return seen
    }

    func decisionsAppealed() -> Observations {
        let decisions = columns.decisions
        var seen = Observations()
        for index in decisions.row.indices where isIn(decisions.windowClosed[index]) {
            seen.add(Int(decisions.row[index]))
            seen.hit(decisions.appealed[index] != never)
            ownDecision(index, &seen)
        }
        return seen
    }

    func appealsOverturned() -> Observations {
        let appeals = columns.appeals
        var seen = Observations(parts: ["upheld", "changed for another cause", "the handler's error"])
        for index in appeals.row.indices where isIn(appeals.decided[index]) {
            seen.add(Int(appeals.row[index]))
            seen.hit(appeals.result[index] >= 2)
            seen.mark(appeals.result[index] < 2 ? 0 : appeals.isHandlersError[index] ? 2 : 1)
            ownDecision(Int(appeals.decision[index]), &seen)
        }
        return seen
    }

    /// A decision belongs to whoever made it, whoever has the case now.
    private func ownDecision(_ index: Int, _ seen: inout Observations) {
        let decisions = columns.decisions
        let isThere = decisions.row.indices.contains(index)
        seen.own(.agent, isThere ? decisions.agent[index] : 0)
        seen.own(.site, isThere ? decisions.site[index] : 0)
        seen.own(.outcome, isThere ? decisions.outcome[index] : 0)
    }

    func autoResolutions() -> Observations {
        let cases = columns.cases
        let parties = Set([Stage.How.settledByParties, .escrowMovedByParties, .withdrawn].map(\.lane))
        let timedOut = Stage.How.timedOut.lane
        var seen = Observations(parts: ["with staff", "by the parties", "by timeout", "by a rule"])
        for row in cases.closed.indices where isIn(cases.closed[row]) && !cases.marks[row].contains(.merged) {
            let isAlone = !cases.marks[row].contains(.touchedByStaff)
            seen.add(row)
            seen.hit(isAlone)
            seen.mark(!isAlone ? 0 : parties.contains(cases.ending[row]) ? 1 : cases.ending[row] == timedOut ? 2 : 3)
        }
        return seen
    }

    func evidenceSufficiencies() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.decided.indices where isIn(cases.decided[row]) && !cases.marks[row].contains(.merged) {
            seen.add(row)
            seen.hit(!cases.marks[row].contains(.askedAgain))
        }
        return seen
    }

    func malicious() -> Observations {
        let cases = columns.cases
        var seen = Observations()
        for row in cases.opened.indices where isIn(cases.opened[row]) && !cases.marks[row].contains(.merged) {
            seen.add(row)
            seen.hit(cases.marks[row].contains(.malicious))
        }
        return seen
    }
}
