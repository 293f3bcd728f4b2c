import Chronicle
import EventStorage
import SQLiteStorage
import Testing

@Suite("A clock set back")
struct ClockSetBackTests {
    @Test("The log never goes back in time, though the machine's clock does between two lives")
    func setBack() async throws {
        let folder = try Folder()
        let desk = folder.path + "/desk"
        let later: Int64 = 1_795_000_000_000, earlier = later - 86_400_000
        var sizes: [Int64] = []
        for clock in [later, earlier] {
            _ = try Program.run(["writer", "--store", desk, "--policy", Program.policy, "--clock", "\(clock)"], killAfter: 3)
            let store = try SQLiteStore(path: desk + "/store.sqlite")
            sizes.append(try await verify(store).events)
            try store.close()
        }
        #expect(sizes[1] > sizes[0], "the second life wrote nothing")
        let store = try SQLiteStore(path: desk + "/store.sqlite")
        let events = try await store.read(after: 0, limit: Int(sizes[1]))
        try store.close()
        for (before, after) in zip(events, events.dropFirst()) { #expect(before.envelope.recorded <= after.envelope.recorded) }
        let first = try #require(events.first?.envelope.recorded)
        let last = try #require(events.last)
        #expect(last.envelope.recorded >= first)
        #expect(last.envelope.occurred < first, "what happened keeps the clock it happened by")
    }
}
