import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

extension Visit<Caller> {
    /// The case the path names, as it stands: by its id, its last eight characters, the order's number, or `source:number`. A party who is none
    /// of its parties is told there is no such case, which is all they may know.
    func dispute() async throws -> Case {
        let named = try arrival.parameter("case")
        guard let dispute = try await counter.desk.dispute(try await counter.desk.find(named)) else { throw DeskError.unknownCase(named) }
        if case .party(let context) = who {
            guard dispute.party(context.party) != nil, context.onlyCase ?? dispute.id == dispute.id else { throw DeskError.unknownCase(named) }
        }
        return dispute
    }

    /// The same for whoever is about to act on it: not on a version they did not see.
    func disputeToChange() async throws -> Case {
        let dispute = try await dispute()
        if let expecting = arrival.expecting, expecting != dispute.version {
            throw StoreError.conflict(stream: StreamID(dispute.id), actual: dispute.version)
        }
        return dispute
    }

    /// The party who reads; `nil` for staff and machines.
    func reader(of dispute: Case) -> Party? {
        if case .party(let context) = who { dispute.party(context.party) } else { nil }
    }

    /// How the desk is told what to do: by whom, under which key, on which version.
    func request() throws(Problem) -> Request {
        var request = Request(by: who.requester, occurred: counter.occurred, expecting: arrival.expecting)
        if let key = arrival.idempotencyKey {
            // One caller's keys are none of another's.
            let owned = Digest(hashing: Array("\(who.requester.actor)\n\(key)".utf8)).description
            guard 1...255 ~= key.utf8.count, let name = IdempotencyKey(owned) else {
                throw Problem(.malformed, "an idempotency key has 1 to 255 characters", field: "Idempotency-Key")
            }
            request.idempotency = (name, Digest(hashing: Array(arrival.line.utf8) + [10] + arrival.body))
        }
        return request
    }

    /// Carries commands out on a case and answers with what came of it.
    func carryOut(_ commands: [CaseCommand], on id: CaseID, status: Int = 200) async throws -> Answer {
        try await answer(to: try await counter.desk.perform(commands, on: id, try request()), status: status)
    }

    /// The same for what is between two cases.
    func carryOut(_ commands: [CaseCommand], on id: CaseID, and others: [CaseCommand], on other: CaseID) async throws -> Answer {
        try await answer(to: try await counter.desk.performBoth(commands, on: id, and: others, on: other, try request()), status: 200)
    }

    /// - Parameter aboutTold: whether the case this one is about heard of it.
    func answer(to performed: Performed, status: Int, aboutTold: Bool? = nil) async throws -> Answer {
        let change = try await change(by: performed, aboutTold: aboutTold)
        return try .of(change, status: performed.repeated ? 200 : status, asOf: change.asOf, version: change.version, location: "/v1/cases/\(change.id)")
    }

    /// What came of it, and of what followed from it where that is waited for.
    func change(by performed: Performed, aboutTold: Bool? = nil) async throws -> CaseChange {
        var (dispute, events) = (performed.dispute, performed.events.map(\.type.name))
        if try await counter.afterwards(), let first = performed.receipt?.firstSequence, let now = try await counter.desk.dispute(dispute.id) {
            dispute = now
            if !performed.repeated { events = try await counter.desk.history(now.id).filter { $0.sequence >= first }.map(\.body.type.name) }
        }
        let policy = try await counter.policy(of: dispute)
        let title = policy.workflows[dispute.workflow]?.steps[dispute.step]?.title
        let head = try await counter.desk.store.head().sequence
        return CaseChange(
            dispute, stepTitle: title ?? dispute.step.text, events: events, repeated: performed.repeated, aboutTold: aboutTold,
            asOf: max(head, performed.receipt?.lastSequence ?? 0))
    }

    /// Seals what was said in a case, by whoever says it.
    func sealed(_ text: String, in dispute: Case) async throws -> Sealed {
        try await counter.desk.seal(text, in: dispute.id, limits: try await counter.policy(of: dispute).limits, by: who.requester)
    }

    func sealed(ifSaid text: String?, in dispute: Case) async throws -> Sealed? {
        guard let text else { return nil }
        return try await sealed(text, in: dispute)
    }

    /// The party the body names.
    func party(_ named: String, in dispute: Case) throws(Problem) -> Party {
        guard let found = dispute.party(named: named) else {
            let known = dispute.parties.map(\.capacity.rawValue).joined(separator: ", ")
            throw Problem(.refused, "“\(named)” is not a party of this case; its parties are: \(known)")
        }
        return found
    }

    /// An amount as the case counts it: the wire's number, at the precision of the case's own asset.
    func amount(_ amount: Amount, as asset: Asset) throws -> Amount {
        guard amount.asset.code == asset.code else { throw Problem(.refused, "“\(amount)” is not in \(asset.code)") }
        return try Amount(number: amount.number, of: asset)
    }
}

extension Operation {
    /// An act on a case that needs a body.
    static func act<Body: WireBody>(
        _ id: String, _ path: String, by method: Method = .post, for audience: Set<Audience> = anyone,
        _ commands: @escaping @Sendable (Body, Case, Visit<Caller>) async throws -> [CaseCommand]
    ) -> Operation {
        Operation(id, method, "/v1/cases/{case}/" + path, for: audience, bringing: .json) { visit in
            let body = try visit.arrival.read(Body.self)
            let dispute = try await visit.disputeToChange()
            return try await visit.carryOut(try await commands(body, dispute, visit), on: dispute.id)
        }
    }

    /// An act that says everything in its path.
    static func act(
        _ id: String, _ path: String, by method: Method = .post, for audience: Set<Audience> = anyone,
        _ commands: @escaping @Sendable (Case, Visit<Caller>) async throws -> [CaseCommand]
    ) -> Operation {
        Operation(id, method, "/v1/cases/{case}/" + path, for: audience) { visit in
            let dispute = try await visit.disputeToChange()
            return try await visit.carryOut(try await commands(dispute, visit), on: dispute.id)
        }
    }

    /// Whoever was let in; the rules decide what they may do to which case.
    static let anyone: Set<Audience> = [.staff, .party, .machine(.act)]
    static let staffAndMachines: Set<Audience> = [.staff, .machine(.act)]
    static let staffOnly: Set<Audience> = [.staff]
}
