import Chronicle
import EventStorage
import Foundation
import SQLiteStorage
import Testing

@Suite("A full disk")
struct DiskFullTests {
    /// A disk of 2 MiB can only be had by root.
    static let canMount = geteuid() == 0

    @Test(
        "A full disk is said so, loses nothing acknowledged, and is forgotten once there is room again",
        .enabled(if: canMount, "mounting a small disk needs root"))
    func full() async throws {
        let folder = try Folder()
        let mounted = try Program.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.path], with: "/usr/bin/env")
        guard mounted.status == 0 else { return print("NOTE: no small disk can be mounted here: \(mounted.errors)") }
        defer { _ = try? Program.run(["umount", folder.path], with: "/usr/bin/env") }
        let filler = folder.path + "/filler"
        try Data(count: 1 << 20).write(to: URL(fileURLWithPath: filler))
        let store = try SQLiteStore(path: folder.path + "/store.sqlite")
        let stream = try #require(StreamID("full"))

        // given a desk that writes until the disk is full
        var version = 0
        var refusal: StoreError?
        while refusal == nil, version < 10_000 {
            do throws(StoreError) { version = try await store.append(append(to: stream, after: version)).version } catch { refusal = error }
        }
        // then it says so and writes no half event
        #expect(version > 0)
        #expect(refusal.map { "\($0)" }?.hasPrefix("the disk is full; try again") == true, "\(String(describing: refusal))")
        #expect(try await verify(store).events == Int64(version))
        // and when there is room again it goes on, and all of it is there after a new opening
        try FileManager.default.removeItem(atPath: filler)
        for _ in 0..<5 { version = try await store.append(append(to: stream, after: version)).version }
        try store.close()
        let reopened = try SQLiteStore(path: folder.path + "/store.sqlite")
        #expect(try await verify(reopened).events == Int64(version))
        try reopened.close()
    }

    private func append(to stream: StreamID, after version: Int) -> Append {
        let at = Instant(seconds: 1_795_000_000)
        let event = ProposedEvent(
            type: EventType("filled"), payload: [UInt8](repeating: 120, count: 4_000), salt: [UInt8](repeating: 1, count: 16), occurred: at,
            recorded: at, actor: .clock, policy: nil, causation: nil, correlation: CorrelationID(bits: UInt128(version + 1)))
        return Append(to: stream, expecting: version == 0 ? .none : .exactly(version), [event])
    }
}
