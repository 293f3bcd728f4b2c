import Chronicle
import Policies
import Timekeeping

extension Deliberation {
    mutating func submit(_ submission: CaseCommand.Submission) throws(Refusal) {
        guard let type = policy.evidenceTypes[submission.type] else { throw .unknownCode(noun: EvidenceKind.noun, code: submission.type.text) }
        let dispute = try dispute()
        guard submission.bytes <= policy.limits.exhibitBytesMax else { throw .tooMany(what: "bytes in a file", max: Int(policy.limits.exhibitBytesMax)) }
        var side = submission.side
        if case .party(let id) = context.actor {
            guard !type.automatic else { throw .notYours("system-made evidence") }
            side = dispute.party(id)?.side
        }
        // What parties and what staff and machines put on file is counted apart: a party that gives all it may keeps no system's evidence out.
        let alike = dispute.exhibits.filter { $0.side == side && $0.by.isParty == context.actor.isParty }.count
        guard alike < policy.limits.exhibitsPerPartyMax else { throw .tooMany(what: "exhibits a side", max: policy.limits.exhibitsPerPartyMax) }
        if let request = submission.request {
            guard let asked = dispute.requests.first(where: { $0.id == request }) else { throw .noSuchThing("evidence request") }
            if case .party = context.actor, asked.side != side { throw .notYours("evidence request") }
        }
        let exhibit = Exhibit(
            id: context.ids.next(), type: type.code, side: side, by: context.actor, sha256: submission.sha256, bytes: submission.bytes,
            mediaType: submission.mediaType, request: submission.request, method: submission.method, fileName: submission.fileName)
        emit(ExhibitSubmitted(exhibit: exhibit))
        try answerWhatIsNowComplete(side)
    }

    /// A request is answered once every type it asked for is on file from that side since it was asked.
    private mutating func answerWhatIsNowComplete(_ side: Side?) throws(Refusal) {
        let dispute = try dispute()
        for request in dispute.openRequests where request.side == side {
            let given = dispute.given[request.id] ?? []
            guard request.types.allSatisfy(given.contains) else { continue }
            emit(EvidenceRequestEnded(request: request.id, how: .answered, statement: nil, reason: nil))
            try resumeClocks(for: request.id)
        }
        try evidenceMayBeSettled()
    }

    mutating func viewSensitive(_ exhibit: ExhibitID, _ purpose: String) throws(Refusal) {
        guard try dispute().exhibits.contains(where: { $0.id == exhibit }) else { throw .noSuchThing("exhibit") }
        guard !purpose.isEmpty else { throw .reasonMissing(part: "view") }
        emit(ExhibitViewed(exhibit: exhibit, purpose: purpose))
    }

    mutating func requestEvidence(of id: PartyID, _ types: [EvidenceCode]) throws(Refusal) {
        guard let party = try dispute().party(id) else { throw .noSuchThing("party on this case") }
        guard !types.isEmpty else { throw .reasonMissing(part: "evidence request") }
        for type in types where policy.evidenceTypes[type] == nil { throw .unknownCode(noun: EvidenceKind.noun, code: type.text) }
        for type in types {
            let asked = try dispute().requests.filter { $0.of == id && $0.types.contains(type) }.count
            guard asked < policy.limits.evidenceRequestsPerTypeMax else {
                throw .tooMany(what: "requests for \(type) to one party", max: policy.limits.evidenceRequestsPerTypeMax)
            }
        }
        try ask(party, types, due: try evidenceDue())
    }

    /// Asks each side for what the reason demands of it and it has not given, once, due when `clock` is.
    mutating func requestWhatReasonDemands(by clock: ClockCode) throws(Refusal) {
        guard !isImport else { return }
        try startClock(clock)
        let dispute = try dispute()
        guard let due = dispute.clock(clock)?.due, let reason = policy.reasons[dispute.reason] else { return }
        for side in Side.allCases {
            guard let party = dispute.principal(side) else { continue }
            let demands = side == .filer ? reason.fromFiler : reason.fromOther
            let given = Set(dispute.exhibits.filter { $0.side == side }.map(\.type))
            let alreadyAsked = Set(dispute.requests.filter { $0.side == side }.flatMap(\.types))
            let missing = demands.map(\.type).filter { type in
                policy.evidenceTypes[type]?.automatic == false && !given.contains(type) && !alreadyAsked.contains(type)
            }
            if !missing.isEmpty { try ask(party, missing, due: due) }
        }
    }

    private mutating func ask(_ party: Party, _ types: [EvidenceCode], due: Instant) throws(Refusal) {
        let request = EvidenceRequest(id: context.ids.next(), of: party.id, side: party.side, types: types, asked: now, due: due)
        emit(EvidenceRequested(request: request))
        try pauseClocks(for: request)
    }

    /// A further request runs as long as the pack's evidence window does, from now.
    private func evidenceDue() throws(Refusal) -> Instant {
        guard let code = ClockCode("evidence-window"), let rule = policy.clocks[code]?.rule(for: try dispute().facts(policy)) else {
            throw .packFault("clock evidence-window has no rule for this case")
        }
        return try due(RunningClock(rule, startedAt: now))
    }

    mutating func answerRequest(_ id: RequestID, _ statement: Sealed?) throws(Refusal) {
        let party = try actingParty()
        guard let request = try dispute().requests.first(where: { $0.id == id }) else { throw .noSuchThing("evidence request") }
        guard request.side == party.side else { throw .notYours("evidence request") }
        guard request.isOpen else { throw .alreadyDone("the request was \(request.ending?.rawValue ?? "ended")") }
        guard statement != nil else { throw .reasonMissing(part: "answer") }
        emit(EvidenceRequestEnded(request: id, how: .answered, statement: statement, reason: nil))
        try resumeClocks(for: id)
        try evidenceMayBeSettled()
    }

    mutating func waiveRequest(_ id: RequestID, _ reason: String) throws(Refusal) {
        guard let request = try dispute().requests.first(where: { $0.id == id }), request.isOpen else { throw .noSuchThing("open evidence request") }
        guard !reason.isEmpty else { throw .reasonMissing(part: "waiver") }
        emit(EvidenceRequestEnded(request: id, how: .waived, statement: nil, reason: reason))
        try resumeClocks(for: id)
        try evidenceMayBeSettled()
    }

    /// Lets go of everything still asked for, at a moment from which nobody waits for it any more.
    mutating func endOpenRequests(because reason: String) throws(Refusal) {
        for request in try dispute().openRequests {
            emit(EvidenceRequestEnded(request: request.id, how: .waived, statement: nil, reason: reason))
            try resumeClocks(for: request.id)
        }
    }

    /// When nothing asked for is outstanding the case may move on by itself.
    mutating func evidenceMayBeSettled() throws(Refusal) {
        let dispute = try dispute()
        guard dispute.openRequests.isEmpty, !dispute.requests.isEmpty else { return }
        try fire(.evidenceSettled)
    }

    mutating func giveNotice(to id: PartyID) throws(Refusal) {
        let dispute = try dispute()
        guard let party = dispute.party(id) else { throw .noSuchThing("party on this case") }
        guard dispute.requests.contains(where: { $0.side == party.side && ($0.isOpen || $0.ending == .lapsed) }) else {
            throw .nothingAsked(of: party.side)
        }
        // Counted and spaced by side: a notice to the representative is a notice to whom they speak for.
        let earlier = dispute.notices.filter { $0.side == party.side }
        if let last = earlier.last, now - last.at < policy.limits.noticeSpacing {
            throw .notBefore(last.at + policy.limits.noticeSpacing, what: "the next notice")
        }
        emit(NoticeGiven(to: id, side: party.side, number: earlier.count + 1, language: party.language))
    }
}

extension Actor {
    fileprivate var isParty: Bool { if case .party = self { true } else { false } }
}
