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
        let lock = try #require(StoreLockTests.descriptor(of: path + "-lock"))
        let copy = dup(lock)
        defer { Glibc.close(copy) }
        try store.close()
        try SQLiteStore(path: path).close()
    }

    /// The open descriptor that stands for a file of this process.
    private static func descriptor(of path: String) -> Int32? {
        guard let all = opendir("/proc/self/fd") else { return nil }
        defer { closedir(all) }
        while let entry = readdir(all) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            var target = [UInt8](repeating: 0, count: 4_096)
            let count = target.withUnsafeMutableBytes { bytes in
                bytes.withMemoryRebound(to: CChar.self) { buffer in buffer.baseAddress.map { readlink("/proc/self/fd/" + name, $0, buffer.count) } ?? -1 }
            }
            if count > 0, String(decoding: target.prefix(count), as: UTF8.self) == path { return Int32(name) }
        }
        return nil
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
