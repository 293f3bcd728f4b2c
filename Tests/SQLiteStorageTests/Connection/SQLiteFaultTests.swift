import EventStorage
import Glibc
import GRDBSQLite
import SQLiteStorage
import Synchronization
import TestKit
import Testing

@Suite("Faults of the disk", .serialized)
struct SQLiteFaultTests {
    @Test("A full disk is unavailable, writes nothing of the append, and is forgotten when there is room again")
    func fullDisk() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"), tables: EventStoreConformance.tables)
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(3)))
        let head = try await store.head()

        FaultyDisk.fail(below: folder.path, with: ENOSPC)
        let append = Append(to: SampleEvents.stream(1), expecting: .exactly(3), samples.events(2), idempotency: SampleEvents.key("k"))
        let error = await #expect(throws: StoreError.self) { try await store.append(append) }
        FaultyDisk.mend(folder.path)
        #expect(error.map { "\($0)" } == "the disk is full; try again in 1 min")

        #expect(try await store.head() == head)
        #expect(try await store.read(after: 0, limit: 9).count == 3)
        #expect(try await store.append(append).lastSequence == 5)
        #expect(try await verify(store).events == 5)
        try store.close()
    }

    @Test("After a failed write nothing more is acknowledged until the store is opened again; what was acknowledged is there")
    func failedWrite() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(3)))

        FaultyDisk.fail(below: folder.path, with: EIO)
        let first = await #expect(throws: StoreError.self) {
            try await store.append(Append(to: SampleEvents.stream(1), expecting: .exactly(3), samples.events(2)))
        }
        FaultyDisk.mend(folder.path)
        guard case .fatal = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        let second = await #expect(throws: StoreError.self) {
            try await store.append(Append(to: SampleEvents.stream(2), expecting: .none, samples.events(1)))
        }
        guard case .fatal = second else {
            Issue.record("\(String(describing: second))")
            return
        }
        await #expect(throws: StoreError.self) { try await store.write([], position: ProjectionPosition("p/1", from: 0, to: 1)) }
        #expect(try await store.read(after: 0, limit: 9).count == 3)
        try store.close()

        let reopened = try SQLiteStore(path: folder.path("store.sqlite"))
        #expect(try await verify(reopened).events == 3)
        _ = try await reopened.append(Append(to: SampleEvents.stream(1), expecting: .exactly(3), samples.events(1)))
        try reopened.close()
    }

    @Test("A full disk during a group fails the group and no one else")
    func fullDiskUnderFire() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        let acknowledged = await withTaskGroup(of: Int64.self) { group in
            for stream in 0..<16 {
                group.addTask {
                    var samples = SampleEvents(seed: UInt64(stream))
                    var version = 0
                    for number in 0..<30 {
                        if stream == 0, number == 10 { FaultyDisk.fail(below: folder.path, with: ENOSPC) }
                        if stream == 0, number == 12 { FaultyDisk.mend(folder.path) }
                        do throws(StoreError) {
                            version = try await store.append(Append(to: SampleEvents.stream(stream), expecting: .exactly(version), samples.events(1))).version
                        } catch .unavailable { continue } catch { Issue.record("\(error)") }
                    }
                    return Int64(version)
                }
            }
            return await group.reduce(0, +)
        }
        FaultyDisk.mend(folder.path)
        #expect(acknowledged < 480)
        #expect(try await verify(store).events == acknowledged)
        try store.close()
    }
}

/// Makes SQLite's writes fail for the files of one folder, through the system calls SQLite lets a test replace.
enum FaultyDisk {
    static func fail(below folder: String, with code: Int32) {
        _ = installed
        faults.withLock { $0[folder] = code }
    }

    static func mend(_ folder: String) { faults.withLock { $0[folder] = nil } }

    fileprivate static let faults = Mutex<[String: Int32]>([:])

    /// Whether a write to this file must fail; sets `errno` then.
    fileprivate static func fails(_ descriptor: Int32) -> Bool {
        let faults = faults.withLock { $0 }
        guard !faults.isEmpty else { return false }
        var name = [CChar](repeating: 0, count: 512)
        let count = readlink("/proc/self/fd/\(descriptor)", &name, name.count)
        let path = String(decoding: name.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let fault = faults.first(where: { path.hasPrefix($0.key) }) else { return false }
        errno = fault.value
        return true
    }

    private static let installed: Bool = {
        guard let files = sqlite3_vfs_find(nil), let replace = files.pointee.xSetSystemCall else { return false }
        let positioned: @convention(c) (Int32, UnsafeRawPointer, Int, off_t) -> Int = { descriptor, bytes, count, offset in
            FaultyDisk.fails(descriptor) ? -1 : pwrite(descriptor, bytes, count, offset)
        }
        let plain: @convention(c) (Int32, UnsafeRawPointer, Int) -> Int = { descriptor, bytes, count in
            FaultyDisk.fails(descriptor) ? -1 : write(descriptor, bytes, count)
        }
        for name in ["pwrite", "pwrite64"] where files.pointee.xGetSystemCall?(files, name) != nil {
            _ = replace(files, name, unsafeBitCast(positioned, to: sqlite3_syscall_ptr.self))
        }
        if files.pointee.xGetSystemCall?(files, "write") != nil { _ = replace(files, "write", unsafeBitCast(plain, to: sqlite3_syscall_ptr.self)) }
        return true
    }()
}
