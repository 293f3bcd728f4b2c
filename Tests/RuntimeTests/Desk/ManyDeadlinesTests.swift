import Chronicle
import Crypto
import Disputes
import EventStorage
import Runtime
import TestKit
import Testing

@Suite("Many deadlines at once")
struct ManyDeadlinesTests {
    @Test("Whoever ends the desk does not wait for all that is due; what did not ring rings when it is back")
    func cancelled() async throws {
        let folder = try Folder()
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        let vault = try EvidenceVault(opening: folder.path + "/evidence")
        let desk = Desk(store: try MemoryStore(tables: CaseTables.all), keys: keys, vault: vault)
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        let count = 300
        for number in 1...UInt128(count) {
            let id = CaseID(at: Scene.start, randomness: number)
            _ = try await desk.perform(Props.oneSided("DEP", "DEP-01", id: id), on: id, Request(by: .machine("exchange"), occurred: Scene.start))
        }
        let later = Scene.start + .days(400)
        let ringing = Task { try await DeadlineTimer(desk).ring(at: later) }
        ringing.cancel()
        let before = try await ringing.value
        #expect(before < count, "all \(count) rang after the desk was told to end")
        let after = try await DeadlineTimer(desk).ring(at: later)
        #expect(before + after >= count)
        #expect(try await DeadlineTimer(desk).ring(at: later) == 0)
    }
}
