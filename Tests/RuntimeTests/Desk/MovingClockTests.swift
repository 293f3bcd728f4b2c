import Chronicle
import Crypto
import Disputes
import EventStorage
import Runtime
import Synchronization
import TestKit
import Testing

@Suite("The desk while its clock moves")
struct MovingClockTests {
    @Test("A stored row says the same as the log, though time passes between deciding and writing")
    func rowAndLog() async throws {
        let folder = try Folder()
        let store = try MemoryStore(tables: CaseTables.all)
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        let vault = try EvidenceVault(opening: folder.path + "/evidence")
        let desk = Desk(store: store, keys: keys, vault: vault, surroundings: Ticking())
        let policy = try await desk.publish(DefaultPack.files, by: .machine("test")).policy

        let id = CaseID(at: Scene.start, randomness: 1)
        let performed = try await desk.perform(Props.escrowed(id: id), on: id, Request(by: .party(Cast.buyer.party)))
        var replayed = CaseFile()
        for event in try await desk.history(id) { replayed.apply(event) }

        #expect(performed.dispute == replayed.dispute)
        let row = try #require(try await store.rows(RowQuery(CaseTables.cases)).rows.first.flatMap(CaseRow.init))
        let dispute = try #require(replayed.dispute)
        #expect(row == CaseRow(dispute, tierRank: policy.tiers[dispute.tier]?.rank ?? 9))
    }
}

/// A clock that is a second later every time somebody looks at it.
private final class Ticking: Surroundings {
    private let looks = Mutex<Int64>(0)

    func now() -> Instant {
        looks.withLock { looks in
            looks += 1
            return Scene.start + .seconds(looks)
        }
    }
    func random() -> UInt128 { UInt128(now().milliseconds) }
    func salt() -> [UInt8] { [UInt8](repeating: 1, count: 16) }
}
