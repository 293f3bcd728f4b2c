import Chronicle
import Crypto
import Disputes
import EventStorage
import Policies
import Runtime
import Synchronization
import TestKit
import Testing

@Suite("The next policy pack takes two")
struct NextPackTests {
    private let folder: Folder
    private let clock = SetClock("2026-11-26T09:00:00Z")
    private let desk: Desk
    private let store: MemoryStore
    private let petra: StaffStanding
    private let omid: StaffStanding
    private let lee: StaffStanding

    init() async throws {
        folder = try Folder()
        store = try MemoryStore(tables: CaseTables.all)
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        desk = Desk(store: store, keys: keys, vault: try EvidenceVault(opening: folder.path + "/evidence"), surroundings: clock)
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        let now = clock.now()
        func someone(_ number: UInt128, _ role: String) throws -> StaffStanding {
            StaffStanding(id: StaffID(at: now, randomness: number), roles: [try #require(RoleCode(role))], level: .l5)
        }
        petra = try someone(1, "R7")
        omid = try someone(2, "R7")
        lee = try someone(3, "R3")
    }

    private func notices() async throws -> Int { try await desk.policyInForce().limits.noticesBeforeDefault }

    @Test("Approved by another, it is in force at once where its day has come; the pack before it stays for old cases")
    func approved() async throws {
        let before = try await desk.policyInForce().hash
        let proposal = try await desk.propose(DefaultPack.changed(), because: "two were too few", by: petra)
        #expect(proposal.outcome == .waiting && proposal.by == .staff(petra.id))
        #expect(try await notices() == 2, "a proposal changes nothing")
        let approved = try await desk.approve(proposal.number, by: omid)
        #expect(approved.outcome == .approved(by: .staff(omid.id), at: clock.now()))
        #expect(try await notices() == 3)
        #expect(try await desk.policies.policy(before).limits.noticesBeforeDefault == 2)
    }

    @Test("Before its day the old pack is in force; on its day, UTC, the new one; and a desk opened later reads the same from the log")
    func effectiveDate() async throws {
        let proposal = try await desk.propose(DefaultPack.changed(from: "2026-12-01"), because: "from December", by: petra)
        _ = try await desk.approve(proposal.number, by: omid)
        let other = Desk(store: store, keys: desk.keys, vault: desk.vault, surroundings: clock)
        for (instant, count) in [("2026-11-26T09:00:00Z", 2), ("2026-11-30T23:59:59Z", 2), ("2026-12-01T00:00:00Z", 3), ("2026-11-30T12:00:00Z", 2)] {
            clock.set(instant)
            #expect(try await notices() == count, "\(instant)")
            #expect(try await other.policyInForce().limits.noticesBeforeDefault == count, "\(instant), from the log")
        }
    }

    @Test("Not by the one who proposed it, nor by a role without it, nor twice, nor what is in force already, nor without a reason")
    func refused() async throws {
        let proposal = try await desk.propose(DefaultPack.changed(), because: "two were too few", by: petra)
        await #expect(throws: PolicyRefusal.ownProposal) { try await desk.approve(proposal.number, by: petra) }
        await #expect(throws: PolicyRefusal.ownProposal) { try await desk.decline(proposal.number, because: "x", by: petra) }
        await #expect(throws: PolicyRefusal.notPermitted(.approvePolicy)) { try await desk.approve(proposal.number, by: lee) }
        await #expect(throws: PolicyRefusal.notPermitted(.proposePolicy)) { try await desk.propose(DefaultPack.changed(), because: "x", by: lee) }
        await #expect(throws: PolicyRefusal.unchanged) { try await desk.propose(DefaultPack.files, because: "x", by: petra) }
        await #expect(throws: PolicyRefusal.reasonMissing) { try await desk.propose(DefaultPack.changed(), because: "", by: petra) }
        await #expect(throws: PolicyRefusal.unknown(99)) { try await desk.approve(99, by: omid) }
        let declined = try await desk.decline(proposal.number, because: "say why", by: omid)
        #expect(declined.outcome == .declined(by: .staff(omid.id), at: clock.now(), because: "say why"))
        await #expect(throws: PolicyRefusal.settled(proposal.number)) { try await desk.approve(proposal.number, by: omid) }
        #expect(try await notices() == 2)
    }

    @Test("A pack with errors is not proposed")
    func broken() async throws {
        let files = [PackFile(path: "pack.yaml", bytes: Array("title: x\n".utf8))]
        await #expect(throws: DeskError.self) { try await desk.propose(files, because: "x", by: petra) }
        #expect(try await desk.proposals().isEmpty)
    }

    @Test("Two who settle one proposal at once: one of them is told it was settled, or overtaken")
    func atOnce() async throws {
        let proposal = try await desk.propose(DefaultPack.changed(), because: "two were too few", by: petra)
        let third = StaffStanding(id: StaffID(at: clock.now(), randomness: 4), roles: omid.roles, level: .l5)
        async let approving = Result { try await desk.approve(proposal.number, by: omid) }
        async let declining = Result { try await desk.decline(proposal.number, because: "x", by: third) }
        let outcomes = await [approving, declining]
        #expect(outcomes.filter { if case .success = $0 { true } else { false } }.count == 1)
        let settled = try await desk.proposals().filter { $0.outcome != .waiting }
        #expect(settled.count == 1)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// A clock that is set.
private final class SetClock: Surroundings {
    private let state: Mutex<(now: Instant, drawn: UInt128)>

    init(_ text: String) { state = Mutex((Instant(text) ?? .epoch, 0)) }

    func set(_ text: String) { state.withLock { $0.now = Instant(text) ?? $0.now } }
    func now() -> Instant { state.withLock { $0.now } }
    func random() -> UInt128 {
        state.withLock {
            $0.drawn += 1
            return $0.drawn
        }
    }
    func salt() -> [UInt8] { [UInt8](repeating: 1, count: 16) }
}
