import Chronicle
import Disputes

/// Something that takes the arrays of the columns one after the other: writes them down, reads them back, hands them out.
public protocol ColumnTransfer {
    mutating func array<Value: BitwiseCopyable>(_ name: String, _ values: inout [Value]) throws
    mutating func words(_ name: String, _ words: inout [String]) throws
}

extension Columns {
    /// All of it, array by array, each by its name: the one list that writing and reading share, so that they cannot disagree.
    public mutating func transfer(through taker: inout some ColumnTransfer) throws {
        var head = [sequence, asOf.milliseconds]
        try taker.array("head", &head)
        if head.count == 2 { (sequence, asOf) = (head[0], Instant(milliseconds: head[1])) }
        for dimension in Dimension.allCases {
            var words = words[dimension]?.words ?? []
            try taker.words("words.\(dimension.rawValue)", &words)
            self.words[dimension] = Lexicon(words: words)
        }
        try transferCases(&taker)
        try transferStory(&taker)
        try transferIndex(&taker)
    }

    private mutating func transferCases(_ taker: inout some ColumnTransfer) throws {
        var ids = cases.id.map(\.bits)
        try taker.array("case.id", &ids)
        if ids.count != cases.id.count { cases.id = ids.map { CaseID(bits: $0) } }
        for (place, dimension) in Dimension.ofCases.enumerated() { try taker.array("case.code.\(dimension.rawValue)", &cases.codes[place]) }
        try taker.array("case.opened", &cases.opened)
        try taker.array("case.openedItself", &cases.openedItself)
        try taker.array("case.closed", &cases.closed)
        try taker.array("case.firstClosed", &cases.firstClosed)
        try taker.array("case.firstReopened", &cases.firstReopened)
        try taker.array("case.firstEnding", &cases.firstEnding)
        try taker.array("case.contactedAgain", &cases.contactedAgain)
        try taker.array("case.acknowledged", &cases.acknowledged)
        try taker.array("case.repliedToFiler", &cases.repliedToFiler)
        try taker.array("case.repliedToOther", &cases.repliedToOther)
        try taker.array("case.repliedToFilerNet", &cases.repliedToFilerNet)
        try taker.array("case.repliedToOtherNet", &cases.repliedToOtherNet)
        try taker.array("case.hasOther", &cases.hasOther)
        try taker.array("case.resolved", &cases.resolved)
        try taker.array("case.resolvedNet", &cases.resolvedNet)
        try taker.array("case.decided", &cases.decided)
        try taker.array("case.decidedLast", &cases.decidedLast)
        try taker.array("case.frozen", &cases.frozen)
        try taker.array("case.freed", &cases.freed)
        for lane in cases.held.indices { try taker.array("case.held.\(lane)", &cases.held[lane]) }
        try taker.array("case.openInterval", &cases.openInterval)
        try taker.array("case.openSpell", &cases.openSpell)
        try taker.array("case.lastDecision", &cases.lastDecision)
        try taker.array("case.lastAppeal", &cases.lastAppeal)
        try taker.array("case.value", &cases.value)
        try taker.array("case.recovered", &cases.recovered)
        try taker.array("case.ending", &cases.ending)
        try taker.array("case.marks", &cases.marks)
        try taker.array("case.orderPrint", &cases.orderPrint)
        try taker.array("case.claimPrint", &cases.claimPrint)
    }

    private mutating func transferStory(_ taker: inout some ColumnTransfer) throws {
        try taker.array("interval.row", &intervals.row)
        try taker.array("interval.start", &intervals.start)
        try taker.array("interval.end", &intervals.end)
        try taker.array("interval.holder", &intervals.holder)
        try taker.array("interval.waitClass", &intervals.waitClass)
        try taker.array("interval.phase", &intervals.phase)
        try taker.array("interval.agent", &intervals.agent)
        try taker.array("interval.site", &intervals.site)
        try taker.array("spell.row", &spells.row)
        try taker.array("spell.opened", &spells.opened)
        try taker.array("spell.closed", &spells.closed)
        try taker.array("spell.ending", &spells.ending)
        try taker.array("decision.row", &decisions.row)
        try taker.array("decision.signed", &decisions.signed)
        try taker.array("decision.agent", &decisions.agent)
        try taker.array("decision.site", &decisions.site)
        try taker.array("decision.outcome", &decisions.outcome)
        try taker.array("decision.windowOpened", &decisions.windowOpened)
        try taker.array("decision.windowClosed", &decisions.windowClosed)
        try taker.array("decision.appealed", &decisions.appealed)
        try taker.array("appeal.row", &appeals.row)
        try taker.array("appeal.decision", &appeals.decision)
        try taker.array("appeal.filed", &appeals.filed)
        try taker.array("appeal.decided", &appeals.decided)
        try taker.array("appeal.result", &appeals.result)
        try taker.array("appeal.isHandlersError", &appeals.isHandlersError)
        try taker.array("request.row", &requests.row)
        try taker.array("request.side", &requests.side)
        try taker.array("request.evidence", &requests.evidence)
        try taker.array("request.asked", &requests.asked)
        try taker.array("request.ended", &requests.ended)
        try taker.array("request.ending", &requests.ending)
        try taker.array("promise.row", &promises.row)
        try taker.array("promise.clock", &promises.clock)
        try taker.array("promise.bound", &promises.bound)
        try taker.array("promise.started", &promises.started)
        try taker.array("promise.dueGross", &promises.dueGross)
        try taker.array("promise.due", &promises.due)
        try taker.array("promise.met", &promises.met)
        try taker.array("promise.cancelled", &promises.cancelled)
        try taker.array("execution.row", &executions.row)
        try taker.array("execution.decided", &executions.decided)
        try taker.array("execution.confirmed", &executions.confirmed)
        try taker.array("execution.failed", &executions.failed)
    }

    private mutating func transferIndex(_ taker: inout some ColumnTransfer) throws {
        try transfer("index.siteOfAgent", &index.siteOfAgent, through: &taker)
        try transferIDs("index.openRequests", &index.openRequests, through: &taker)
        try transferIDs("index.openExecutions", &index.openExecutions, through: &taker)
        try transfer("index.openPromises", &index.openPromises, through: &taker)
        try transfer("index.lastByOrder", &index.lastByOrder, through: &taker)
        try transfer("index.lastByClaim", &index.lastByClaim, through: &taker)
        guard index.row.count != cases.count else { return }
        index.row = Dictionary(cases.id.enumerated().map { ($1, Int32($0)) }) { $1 }
    }

    private func transfer<Key: Hashable & BitwiseCopyable, Value: BitwiseCopyable>(
        _ name: String, _ table: inout [Key: Value], through taker: inout some ColumnTransfer
    ) throws {
        var (keys, values) = (Array(table.keys), Array(table.values))
        try taker.array(name + ".keys", &keys)
        try taker.array(name + ".values", &values)
        guard keys.count == values.count else { return }
        table = Dictionary(zip(keys, values)) { $1 }
    }

    private func transferIDs<Kind>(_ name: String, _ table: inout [ID<Kind>: Int32], through taker: inout some ColumnTransfer) throws {
        var bits = Dictionary(table.map { ($0.key.bits, $0.value) }) { $1 }
        try transfer(name, &bits, through: &taker)
        table = Dictionary(bits.map { (ID(bits: $0.key), $0.value) }) { $1 }
    }
}
