import Chronicle
import Disputes
import EventStorage
import Policies

extension Desk {
    /// Puts a checked pack in force for new cases, at once and by one alone: a desk's first pack, a rehearsal's. Publishing the pack that is in force
    /// already changes nothing.
    /// - Returns: the pack, and whether it is new.
    @discardableResult
    public func publish(_ files: [PackFile], by requester: Requester) async throws(DeskError) -> (policy: Policy, isNew: Bool) {
        let policy = try compiled(files)
        if let current = try? await policies.inForce(at: surroundings.now()), current.hash == policy.hash { return (policy, false) }
        let body = PolicyPublished(
            hash: policy.hash, title: policy.title, version: policy.version, effectiveFrom: policy.effectiveFrom, files: Desk.kept(files), proposal: nil)
        try await write(.published(body), expecting: .any, by: requester, under: policy.hash)
        return (policy, true)
    }

    /// The pack for new cases, now.
    public func policyInForce() async throws(DeskError) -> Policy { try await policies.inForce(at: surroundings.now()) }

    /// Proposes the next pack: checked, written down, and in force only once somebody else has approved it and its day has come.
    public func propose(_ files: [PackFile], because reason: String, by staff: StaffStanding) async throws -> PolicyProposal {
        try await demand(.proposePolicy, of: staff)
        try Desk.check(reason)
        let policy = try compiled(files)
        guard try await policyInForce().hash != policy.hash else { throw PolicyRefusal.unchanged }
        let body = PolicyProposed(
            hash: policy.hash, title: policy.title, version: policy.version, effectiveFrom: policy.effectiveFrom, reason: reason, files: Desk.kept(files))
        try await write(.proposed(body), expecting: .any, by: .staff(staff), under: policy.hash)
        // The same pack may have been proposed before; the last is the one just written.
        guard let proposal = try await proposals().last(where: { $0.hash == policy.hash && $0.by == .staff(staff.id) }) else { throw PolicyRefusal.unknown(0) }
        return proposal
    }

    /// Every pack that was proposed, the oldest first.
    public func proposals() async throws(DeskError) -> [PolicyProposal] { try await policies.proposals() }

    public func proposal(_ number: Int) async throws -> (proposal: PolicyProposal, policy: Policy) {
        guard let proposal = try await proposals().first(where: { $0.number == number }) else { throw PolicyRefusal.unknown(number) }
        return (proposal, try await policies.policy(proposal.hash))
    }

    /// Approves a pack somebody else proposed: it comes into force on its day, or at once where that has come.
    public func approve(_ number: Int, by staff: StaffStanding) async throws -> PolicyProposal {
        let (proposal, version) = try await settling(number, by: staff)
        let policy = try await policies.policy(proposal.hash)
        let files = try await policies.files(of: number)
        let body = PolicyPublished(
            hash: policy.hash, title: policy.title, version: policy.version, effectiveFrom: policy.effectiveFrom, files: files, proposal: number)
        try await write(.published(body), expecting: .exactly(version), by: .staff(staff), under: policy.hash)
        return try await self.proposal(number).proposal
    }

    public func decline(_ number: Int, because reason: String, by staff: StaffStanding) async throws -> PolicyProposal {
        try Desk.check(reason)
        let (_, version) = try await settling(number, by: staff)
        try await write(.declined(PolicyDeclined(proposal: number, reason: reason)), expecting: .exactly(version), by: .staff(staff), under: nil)
        return try await self.proposal(number).proposal
    }

    /// May they do this to the desk?
    public func demand(_ act: DeskAct, of staff: StaffStanding) async throws {
        let policy = try await policyInForce()
        guard staff.roles.contains(where: { policy.roles[$0]?.deskActs.contains(act) ?? false }) else { throw PolicyRefusal.notPermitted(act) }
    }

    /// The proposal, still waiting, for somebody who may settle it; with the version of the stream that was read.
    private func settling(_ number: Int, by staff: StaffStanding) async throws -> (PolicyProposal, Int) {
        try await demand(.approvePolicy, of: staff)
        let (proposals, version) = try await policies.proposalsAndVersion()
        guard let proposal = proposals.first(where: { $0.number == number }) else { throw PolicyRefusal.unknown(number) }
        guard proposal.outcome == .waiting else { throw PolicyRefusal.settled(number) }
        guard proposal.by != .staff(staff.id) else { throw PolicyRefusal.ownProposal }
        return (proposal, version)
    }

    private func compiled(_ files: [PackFile]) throws(DeskError) -> Policy {
        let loaded = PolicyLoader.load(files)
        guard let policy = loaded.policy else { throw .badPolicy(loaded.diagnostics.map { "\($0)" }) }
        policies.keep(policy)
        return policy
    }

    private static func kept(_ files: [PackFile]) -> [PolicyPublished.File] {
        files.map { PolicyPublished.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
    }

    private static func check(_ reason: String) throws { guard 1...500 ~= reason.count else { throw PolicyRefusal.reasonMissing } }

    private func write(_ event: PolicyEvent, expecting: ExpectedVersion, by requester: Requester, under hash: PolicyHash?) async throws(DeskError) {
        guard let stream = StreamID(PolicyEvent.stream) else { throw .noPolicyInForce }
        try await write(event.type, { try event.payload() }, of: stream, expecting: expecting, by: requester.actor, under: hash)
        try await policies.readLog()
    }
}
