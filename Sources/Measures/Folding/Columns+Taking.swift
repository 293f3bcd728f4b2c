import Chronicle
import Disputes
import Policies
import Timekeeping

extension Columns {
    /// What one more event of the log does to the columns.
    ///
    /// Nothing about a case is worked out here a second time: who has the next move, which ruling is in force and what stands open is read off the
    /// case as its own fold left it.
    ///
    /// - Parameter dispute: the case after this event.
    public mutating func take(_ event: Recorded<CaseEvent>, _ dispute: Case, _ glossary: Glossary) {
        sequence = max(sequence, event.envelope.sequence)
        asOf = max(asOf, event.envelope.recorded)
        let body = event.body.body
        let happening = Happening.of[ObjectIdentifier(type(of: body))]
        if happening == .opened, index.row[dispute.id] == nil { open(dispute) }
        guard let row = index.row[dispute.id] else { return }
        let now = event.envelope.occurred
        if case .staff = event.envelope.actor { cases.marks[Int(row)].insert(.touchedByStaff) }
        if let happening { take(happening, body, Place(row: row, at: now, actor: event.envelope.actor), dispute, glossary) }
        hand(row, at: now, dispute)
    }

    /// Where somebody on staff works from now on, as the staff's own events say.
    public mutating func take(_ standing: StaffStanding) {
        let agent = code(.agent, standing.id.description)
        index.siteOfAgent[agent] = code(.site, standing.site)
    }

    /// An event that is no case's was read, so that the columns say how far they are.
    public mutating func pass(_ envelope: Envelope) {
        sequence = max(sequence, envelope.sequence)
        asOf = max(asOf, envelope.recorded)
    }

    struct Place {
        let row: Int32
        let at: Instant
        let actor: Actor
        var ms: Int64 { at.milliseconds }
        var i: Int { Int(row) }
    }

    private mutating func take(_ happening: Happening, _ body: any CaseHappening, _ place: Place, _ dispute: Case, _ glossary: Glossary) {
        switch (happening, body) {
        case (.stepEntered, let body as StepEntered): enterStep(body, place, dispute)
        case (.refused, _): resolve(place, dispute)
        case (.acknowledged, _): if cases.acknowledged[place.i] == never { cases.acknowledged[place.i] = place.ms }
        case (.message, let body as MessageSent): hear(body, place, dispute)
        case (.response, let body as ResponseSent): respond(body, place, dispute)
        case (.assigned, let body as CaseAssigned): assign(body.to, place)
        case (.tierSet, let body as TierSet): setCode(.tier, body.tier.text, place.row)
        case (.requested, let body as EvidenceRequested): ask(body.request, place)
        case (.requestEnded, let body as EvidenceRequestEnded): endRequest(body, place)
        case (.agreed, _):
            resolve(place, dispute)
            cases.decidedLast[place.i] = place.ms
        case (.holdPlaced, _): if cases.frozen[place.i] == never { cases.frozen[place.i] = place.ms }
        case (.holdLifted, _), (.escrowMoved, _): free(place)
        case (.clockStarted, let body as ClockStarted): promise(body, place, dispute, glossary)
        case (.clockMoved, let body as ClockPaused): movePromise(body.clock, to: body.due, place)
        case (.clockMoved, let body as ClockResumed): movePromise(body.clock, to: body.due, place)
        case (.clockExtended, let body as ClockExtended): movePromise(body.clock, to: body.due, place, isGranted: true)
        case (.clockMet, let body as ClockMet): endPromise(body.clock, place) { $0.met[$1] = $2 }
        case (.clockCancelled, let body as ClockCancelled): endPromise(body.clock, place) { $0.cancelled[$1] = $2 }
        case (.ruled, let body as RulingMade): if !body.needsSecondKey { decide(body.ruling, by: body.by, place, dispute, glossary) }
        case (.approved, let body as RulingApproved): approve(body, place, dispute, glossary)
        case (.instructed, let body as SettlementInstructed): instruct(body.instruction, place)
        case (.confirmed, let body as SettlementConfirmed): confirm(body.instruction, place, dispute)
        case (.failed, let body as SettlementFailed): fail(body.instruction, place)
        case (.appealed, let body as AppealFiled): appeal(body.appeal, place)
        case (.appealDecided, let body as AppealDecided): decideAppeal(body, place, dispute, glossary)
        case (.closed, let body as CaseClosed): close(body.how, place, dispute)
        case (.reopened, _): reopen(place, dispute)
        case (.merged, _): cases.marks[place.i].insert(.merged)
        case (.unmerged, _): cases.marks[place.i].remove(.merged)
        case (.absorbed, _): absorb(place, dispute)
        case (.policyMoved, let body as PolicyMoved): setCode(.policy, body.to.short, place.row)
        case (.imported, let body as HistoryImported):
            if let group = body.group { setCode(.team, group, place.row) }
            if let assignee = body.assignee { assign(assignee, place) }
        default: break
        }
    }

    mutating func code(_ dimension: Dimension, _ word: String?) -> UInt16 { words[dimension]?.code(of: word) ?? 0 }

    mutating func setCode(_ dimension: Dimension, _ word: String?, _ row: Int32) {
        guard let place = Dimension.placeOfCases[dimension] else { return }
        cases.codes[place][Int(row)] = code(dimension, word)
    }

    func code(_ dimension: Dimension, of row: Int32) -> UInt16 {
        Dimension.placeOfCases[dimension].map { cases.codes[$0][Int(row)] } ?? 0
    }
}

extension Dimension {
    static let placeOfCases: [Dimension: Int] = Dictionary(uniqueKeysWithValues: ofCases.enumerated().map { ($1, $0) })
}
