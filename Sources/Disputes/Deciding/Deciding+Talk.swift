import Chronicle
import Policies
import Timekeeping

extension Deliberation {
    mutating func message(_ audience: Audience, _ body: Sealed, _ language: Language) throws(Refusal) {
        if case .party = context.actor, audience != .parties, audience != .staff { throw .notYours("message to \(audience.rawValue)") }
        emit(MessageSent(id: context.ids.next(), by: context.actor, audience: audience, body: body, language: language))
        if case .staff = context.actor, audience != .staff, let firstReply = ClockCode("first-reply") { try meetClock(firstReply) }
    }

    mutating func acknowledge() throws(Refusal) {
        emit(AcknowledgementSent())
        for clock in try dispute().clocks where clock.isRunning {
            if let regime = clock.regime, clock.code == (try Deliberation.clockCode(regime, "ack")) { emit(ClockMet(clock: clock.code)) }
        }
        if let own = ClockCode("acknowledgement") { try meetClock(own) }
    }

    mutating func callStaff() throws(Refusal) {
        let party = try actingParty()
        emit(StaffCalled(by: party.id))
        try mustFire(.staffCalled, for: .callStaff)
    }

    mutating func respond(
        _ kind: ResponseSent.Kind, _ outcome: OutcomeCode?, _ body: Sealed?, _ category: String?, _ timely: Bool?
    ) throws(Refusal) {
        if let outcome, policy.outcomes[outcome] == nil { throw .unknownCode(noun: OutcomeKind.noun, code: outcome.text) }
        guard isMachine || body != nil else { throw .reasonMissing(part: "response") }
        let dispute = try dispute()
        if timely == false, isMachine {
            // The source says the deadline was missed but not by how much: record that it passed.
            for clock in dispute.clocks where clock.isArmed && clock.regime != nil {
                emit(DeadlinePassed(key: .clock(clock.code), due: clock.due))
            }
        }
        emit(ResponseSent(kind: kind, regime: dispute.regimes.first, outcome: outcome, body: body, sourceCategory: category, timely: timely))
        for clock in dispute.clocks where clock.isRunning {
            guard let regime = clock.regime else { continue }
            let acknowledges = clock.code == (try Deliberation.clockCode(regime, "ack"))
            if acknowledges || kind != .holding { emit(ClockMet(clock: clock.code)) }
        }
        if kind != .holding { try fire(.responded, closing: .responded) }
    }

    mutating func recordScheme(
        _ what: SchemeEventRecorded.What, _ stage: Code<SchemeStageKind>?, _ reference: String
    ) throws(Refusal) {
        guard let code = try dispute().scheme, let scheme = policy.schemes[code] else { throw .noSuchThing("card scheme on this case") }
        var networkDue: Instant?
        if let stage {
            guard let row = scheme.stages.first(where: { $0.code == stage }) else { throw .unknownCode(noun: SchemeStageKind.noun, code: stage.text) }
            networkDue = now + .days(Int64(row.networkDays))
        }
        emit(SchemeEventRecorded(what: what, stage: stage, reference: reference, networkDue: networkDue))
        switch what {
        case .advanced: try fire(.schemeAdvanced)
        case .won: try mustFire(.schemeWon, for: .recordScheme, closing: .schemeDecided)
        case .lost: try mustFire(.schemeLost, for: .recordScheme, closing: .schemeDecided)
        }
    }
}
