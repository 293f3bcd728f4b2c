import EventStorage
import Glibc
import SQLiteStorage
import TestKit
import Testing

@Suite("One writer")
struct StoreLockTests {
    @Test("A second opening is refused and names the holder; after closing it succeeds")
    func secondOpening() throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        let first = try SQLiteStore(path: path)
        let refusal = #expect(throws: OpeningRefusal.self) { try SQLiteStore(path: path) }
        #expect(refusal == .inUse(path: path, holder: "process \(getpid())"))
        #expect(refusal?.description == "\(path) is open already, by process \(getpid()); close it there first")
        try first.close()
        try SQLiteStore(path: path).close()
    }

    @Test("A closed store is free at once, also while a child being spawned still holds a copy of its lock")
    func copiedDescriptor() throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        let store = try SQLiteStore(path: path)
        let lock = try #require((0..<Int32(1_024)).first { StoreLockTests.target(of: $0) == path + "-lock" })
        let copy = dup(lock)
        defer { Glibc.close(copy) }
        try store.close()
        try SQLiteStore(path: path).close()
    }

    /// The file an open descriptor stands for; `nil` when it is not open.
    private static func target(of descriptor: Int32) -> String? {
        var name = [UInt8](repeating: 0, count: 4_096)
        let count = name.withUnsafeMutableBytes { readlink("/proc/self/fd/\(descriptor)", $0.baseAddress, $0.count) }
        return count < 0 ? nil : String(decoding: name.prefix(count), as: UTF8.self)
    }

    @Test("A store in a folder that does not exist is refused with the reason")
    func noFolder() throws {
        let refusal = #expect(throws: OpeningRefusal.self) { try SQLiteStore(path: "/nonexistent/store.sqlite") }
        #expect(refusal == .unreadable(path: "/nonexistent/store.sqlite-lock", reason: "No such file or directory"))
    }

    @Test("A closed store answers every call with unavailable")
    func closed() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        try store.close()
        var samples = SampleEvents()
        let append = Append(to: SampleEvents.stream(1), expecting: .any, samples.events(1))
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await store.append(append) }, { _ = try await store.read(after: 0, limit: 1) }, { try await store.write([], position: nil) },
        ]
        for call in calls {
            let error = await #expect(throws: StoreError.self) { try await call() }
            guard case .unavailable("the store is closed", _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }
}
