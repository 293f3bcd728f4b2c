import Chronicle
import Policies
import Runtime
import Wire

extension Operation {
    static let packs: [Operation] = [
        Operation("show-policy", .get, "/v1/policy", for: [.staff, .machine(.read), .machine(.administer)]) { visit in
            try await visit.show(try await visit.counter.desk.policyInForce(), unchanged: true)
        },
        Operation("show-vocabulary", .get, "/v1/policy/vocabulary", for: [.staff, .party, .machine(.read)]) { visit in
            let policy = try await visit.counter.desk.policyInForce()
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(Vocabulary(policy, asOf: asOf), asOf: asOf)
        },
        Operation("explain-policy", .get, "/v1/policy/rows/{code}", for: [.staff, .party, .machine(.read)]) { visit in
            let code = try visit.arrival.parameter("code")
            guard let text = PolicyExplain(try await visit.counter.desk.policyInForce()).explain(code) else {
                throw Problem(.notFound, "the policy pack has no row “\(code)”")
            }
            return try .of(PolicyWords(code: code, text: text), asOf: nil)
        },
        Operation("explain-procedure", .get, "/v1/policy/procedure", for: [.staff, .machine(.read)]) { visit in
            try .of(PolicyWords(code: nil, text: PolicyExplain(try await visit.counter.desk.policyInForce()).procedure()), asOf: nil)
        },
        Operation("publish-policy", .post, "/v1/policy", for: [.machine(.administer)], bringing: .json) { visit in
            let files = try visit.arrival.read(PackBody.self).files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) }
            try await visit.demandFirst(files)
            let (policy, isNew) = try await visit.counter.desk.publish(files, by: visit.who.requester)
            return try await visit.show(policy, unchanged: !isNew)
        },
        Operation("list-proposals", .get, "/v1/policy/proposals", for: [.staff, .machine(.read)]) { visit in
            let proposals = try await visit.counter.desk.proposals().reversed().map { ProposalView($0, changes: nil) }
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(ProposalList(proposals: proposals, asOf: asOf), asOf: asOf)
        },
        Operation("propose-policy", .post, "/v1/policy/proposals", for: [.staff], bringing: .json) { visit in
            let body = try visit.arrival.read(ProposalBody.self)
            let files = body.files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) }
            return try await visit.show(
                try await visit.counter.desk.propose(files, because: body.because, by: try visit.member()), status: 201)
        },
        Operation("show-proposal", .get, "/v1/policy/proposals/{proposal}", for: [.staff, .machine(.read)]) { visit in
            try await visit.show(try await visit.counter.desk.proposal(try visit.proposal()).proposal)
        },
        Operation("approve-proposal", .post, "/v1/policy/proposals/{proposal}/approval", for: [.staff]) { visit in
            try visit.demandFreshFactor()
            return try await visit.show(try await visit.counter.desk.approve(try visit.proposal(), by: try visit.member()))
        },
        Operation("decline-proposal", .post, "/v1/policy/proposals/{proposal}/refusal", for: [.staff], bringing: .json) { visit in
            let body = try visit.arrival.read(BecauseBody.self)
            return try await visit.show(try await visit.counter.desk.decline(try visit.proposal(), because: body.because, by: try visit.member()))
        },
    ]
}

extension Visit<Caller> {
    /// One alone puts a desk's first pack in force, or a rehearsal's.
    fileprivate func demandFirst(_ files: [PackFile]) async throws {
        guard !counter.isRehearsal else { return }
        do {
            let current = try await counter.desk.policyInForce()
            // Sending the same again is no change.
            guard PolicyLoader.load(files).policy?.hash == current.hash else { throw PolicyRefusal.twoNeeded }
        } catch let error as DeskError {
            guard case .noPolicyInForce = error else { throw error }
        }
    }

    fileprivate func proposal() throws -> Int {
        let text = try arrival.parameter("proposal")
        guard let number = Int(text), number > 0 else { throw Problem(.notFound, "there is no proposal “\(text)”") }
        return number
    }

    /// What it would change, in words, is told against the pack in force now.
    fileprivate func show(_ proposal: PolicyProposal, status: Int = 200) async throws -> Answer {
        let (current, proposed) = (try await counter.desk.policyInForce(), try await counter.desk.policies.policy(proposal.hash))
        let changes = PolicyDiff.between(current, proposed).map(\.sentence)
        let asOf = try await counter.desk.store.head().sequence
        return try .of(
            ProposalView(proposal, changes: changes), status: status, asOf: asOf, location: status == 201 ? "/v1/policy/proposals/\(proposal.number)" : nil)
    }

    fileprivate func show(_ policy: Policy, unchanged: Bool) async throws -> Answer {
        let asOf = try await counter.desk.store.head().sequence
        return try .of(PolicyView(policy, unchanged: unchanged, asOf: asOf), asOf: asOf)
    }
}

extension ProposalView {
    fileprivate init(_ proposal: PolicyProposal, changes: [String]?) {
        let (state, by, at, because): (State, Actor?, Instant?, String?) =
            switch proposal.outcome {
            case .waiting: (.waiting, nil, nil, nil)
            case .approved(let by, let at): (.approved, by, at, nil)
            case .declined(let by, let at, let because): (.declined, by, at, because)
            }
        self.init(
            number: proposal.number, hash: proposal.hash, title: proposal.title, version: proposal.version, effectiveFrom: proposal.effectiveFrom,
            by: proposal.by, at: proposal.at, because: proposal.reason, state: state, settledBy: by, settledAt: at, declinedBecause: because,
            changes: changes)
    }
}
