import Chronicle
import Policies

extension Deliberation {
    mutating func open(_ opening: CaseCommand.Opening) throws(Refusal) {
        guard file.dispute == nil else { throw .alreadyOpen }
        guard let type = policy.caseTypes[opening.type] else { throw .unknownCode(noun: CaseTypeKind.noun, code: opening.type.text) }
        let reason = try checkClaim(opening.claim, type: type, parties: opening.parties, machine: isMachine)
        try checkParties(opening, type)
        for stake in [opening.order?.amount, opening.amount, opening.value].compactMap(\.self) where stake.minorUnits <= 0 { throw .nothingAtStake(stake) }
        if let value = opening.value {
            guard value.asset == policy.authority.valueAsset else { throw .valueMissing(policy.authority.valueAsset) }
            // What the filer says it is worth is compared with what is known of it.
            for known in [opening.order?.amount, opening.amount] {
                guard let known, known.asset == value.asset, value.minorUnits < known.minorUnits else { continue }
                throw .valueTooLow(value, least: known)
            }
        } else if opening.order != nil {
            throw .valueMissing(policy.authority.valueAsset)
        }
        if let rail = opening.order?.rail, policy.rails[rail] == nil { throw .unknownCode(noun: RailKind.noun, code: rail.text) }
        if let scheme = opening.scheme, policy.schemes[scheme] == nil { throw .unknownCode(noun: SchemeKind.noun, code: scheme.text) }
        guard let workflow = policy.workflows[type.workflow] else { throw .packFault("no workflow \(type.workflow)") }

        let regimes = try regimes(for: opening, type)
        emit(
            CaseOpened(
                case: opening.id, caseType: type.code, workflow: workflow.code, start: workflow.start, claim: opening.claim,
                parties: opening.parties, order: opening.order, amount: opening.amount ?? opening.order?.amount, value: opening.value,
                tier: reason.tier, language: opening.language, jurisdiction: opening.jurisdiction, regimes: regimes, scheme: opening.scheme,
                channel: opening.channel, reference: opening.reference, about: opening.about,
                simulated: opening.simulated))
        for text in opening.points {
            emit(PointRaised(point: Point(number: try dispute().points.count + 1, by: opening.claim.by, text: text)))
        }
        // A rule that names no number (“promptly”) has the case, but only sets a date where no other does: then the fallback's.
        let numbered = regimes.filter { policy.regimes[$0]?.final != nil }
        for regime in numbered.isEmpty ? Array(regimes.prefix(1)) : numbered { try startRegime(regime) }
        try enter(workflow.start, on: nil, closing: nil)
    }

    /// The complaint regimes a case comes under: those named, and those of its jurisdiction, or the fallback where it has none of its own.
    private func regimes(for opening: CaseCommand.Opening, _ type: CaseType) throws(Refusal) -> [RegimeCode] {
        for code in opening.regimes where policy.regimes[code] == nil { throw .unknownCode(noun: RegimeKind.noun, code: code.text) }
        guard type.code.text == "COMPLAINT", opening.regimes.isEmpty, let place = opening.jurisdiction else { return opening.regimes }
        // A part of a country (US-TX) that has no regime of its own comes under the country's.
        let country = Jurisdiction(String(place.text.prefix { $0 != "-" })) ?? place
        func regimes(of place: Jurisdiction) -> [Regime] {
            policy.regimes.values.filter { $0.jurisdictions.contains(place) && !$0.isFallback }
        }
        let exact = regimes(of: place)
        let own = exact.isEmpty ? regimes(of: country) : exact
        let found = own.isEmpty ? policy.regimes.values.filter(\.isFallback) : own
        return found.map(\.code).sorted()
    }

    private func checkClaim(_ claim: Claim, type: CaseType, parties: [Party], machine: Bool) throws(Refusal) -> Reason {
        guard let reason = policy.reasons[claim.reason] else { throw .unknownCode(noun: ReasonKind.noun, code: claim.reason.text) }
        guard reason.caseType == type.code else { throw .reasonNotOfType(reason.code, type.code) }
        guard let party = parties.first(where: { $0.id == claim.by }) else { throw .partiesMissing("whoever claims must be one of the parties") }
        guard machine || reason.filer == .any || party.capacity == reason.filer || (party.capacity == .merchant && reason.filer == .seller) else {
            throw .wrongFiler(expected: reason.filer, was: party.capacity)
        }
        if let wanted = claim.wanted, !reason.outcomes.contains(wanted) { throw .outcomeNotAllowed(wanted, reason: reason.code) }
        return reason
    }

    private func checkParties(_ opening: CaseCommand.Opening, _ type: CaseType) throws(Refusal) {
        let filers = opening.parties.filter { $0.side == .filer && $0.represents == nil }
        let others = opening.parties.filter { $0.side == .other && $0.represents == nil }
        guard filers.count == 1, filers[0].id == opening.claim.by else { throw .partiesMissing("exactly one party must file the claim") }
        switch type.sides {
        case .two: guard others.count == 1 else { throw .partiesMissing("a case of type \(type.code) needs exactly one other side") }
        case .one: guard others.isEmpty else { throw .partiesMissing("a case of type \(type.code) has no other side") }
        }
        guard Set(opening.parties.map(\.id)).count == opening.parties.count else { throw .partiesMissing("the same person cannot be two parties") }
        for party in opening.parties {
            guard let principal = party.represents else { continue }
            // Anybody could say they speak for somebody; whoever has seen the power of attorney puts them on the case.
            if case .party = context.actor {
                throw .partiesMissing("a representative is put on a case by staff, who have seen the power of attorney")
            }
            guard opening.parties.contains(where: { $0.id == principal && $0.side == party.side }) else {
                throw .partiesMissing("a representative must speak for a party of the same side")
            }
        }
    }

    /// Does a machine bring this in? Then what a person would have to be (a buyer, say) is the source's word.
    var isMachine: Bool { if case .machine = context.actor { true } else { false } }

    /// History taken over from elsewhere must not send letters or start promises today.
    var isImport: Bool { if case .machine(let name) = context.actor { name.hasPrefix("import-") } else { false } }

    mutating func admit() throws(Refusal) {
        emit(ClaimAdmitted())
        try mustFire(.admitted, for: .admit)
    }

    mutating func refuse(_ ground: String, _ reason: Sealed?) throws(Refusal) {
        guard reason != nil else { throw .reasonMissing(part: "refusal") }
        emit(ClaimRefused(ground: ground, reason: reason))
        try mustFire(.refused, for: .refuse, closing: .inadmissible)
    }

    mutating func withdraw() throws(Refusal) {
        let party = try actingParty()
        guard party.side == .filer else { throw .notYours("claim") }
        // The other side asked for a decision, too; letting go of one claim does not end the other.
        guard try dispute().claims.count == 1 else { throw .counterclaimStands }
        emit(ClaimWithdrawn(by: party.id))
        try mustFire(.withdrawn, for: .withdraw, closing: .withdrawn)
    }

    mutating func answer(_ disputes: Bool, _ statement: Sealed?) throws(Refusal) {
        let party = try actingParty()
        guard party.side == .other else { throw .notYours("answer to the claim") }
        emit(ClaimAnswered(by: party.id, disputes: disputes, statement: statement))
        guard !disputes else {
            try fire(.answered)
            return
        }
        if let total = try dispute().order?.amount {
            let nothing = Amount.zero(of: total.asset)
            let filer = try dispute().principal(.filer)?.capacity
            let filerBuys = filer == .buyer || filer == .payer
            emit(AgreementReached(terms: Terms(toBuyer: filerBuys ? total : nothing, toSeller: filerBuys ? nothing : total)))
        }
        try mustFire(.conceded, for: .answer, closing: .settledByParties)
    }

    mutating func counterclaim(_ claim: Claim) throws(Refusal) {
        let party = try actingParty()
        guard party.side == .other, claim.by == party.id else { throw .notYours("counterclaim") }
        let dispute = try dispute()
        guard let type = policy.caseTypes[dispute.type] else { throw .unknownCode(noun: CaseTypeKind.noun, code: dispute.type.text) }
        guard dispute.claims.count < 4 else { throw .tooMany(what: "claims", max: 4) }
        _ = try checkClaim(claim, type: type, parties: dispute.parties, machine: false)
        emit(CounterclaimMade(claim: claim))
    }

    mutating func raisePoint(_ text: Sealed) throws(Refusal) {
        let party = try actingParty()
        // A point raised while a ruling waits for its second key, or after it, would be one the ruling does not answer.
        switch try dispute().phase {
        case .intake, .negotiation, .investigation, .decision, .appeal, .referred: break
        case .approval, .execution, .appealWindow, .closed: throw .notNow(act: .message, step: try step().title, phase: try step().phase)
        }
        let number = try dispute().points.count + 1
        guard number <= 50 else { throw .tooMany(what: "points", max: 50) }
        emit(PointRaised(point: Point(number: number, by: party.id, text: text)))
    }

    /// The party behind the actor; staff and machines are not parties.
    func actingParty() throws(Refusal) -> Party {
        guard case .party(let id) = context.actor, let party = try dispute().party(id) else { throw .notYourCase }
        return party
    }
}
