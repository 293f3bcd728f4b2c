import Foundation
import Glibc
import TestKit
import Testing

@testable import Runtime

@Suite struct RecordFileTests {
    private func read(_ path: String, files: any FileSystemCalls = SystemFiles()) throws -> (file: RecordFile, records: [[UInt8]], damaged: [Int64]) {
        var records: [[UInt8]] = []
        var damaged: [Int64] = []
        let file = try RecordFile(opening: path, files: files) { found throws(RecordFileError) in
            switch found {
            case .record(_, let payload): records.append(Array(payload))
            case .damaged(let offset): damaged.append(offset)
            }
        }
        return (file, records, damaged)
    }

    @Test("What was appended is there after reopening, in order") func reopens() async throws {
        let folder = try Folder()
        let path = folder.path + "/deep/er/records"
        let first = try read(path).file
        var random = Seeded(7)
        let payloads = (0..<50).map { _ in random.bytes(Int.random(in: 1...300, using: &random)) }
        let offsets = try await first.append(Array(payloads[..<20])) + first.append(Array(payloads[20...]))
        for (payload, offset) in zip(payloads, offsets) { #expect(try await first.payload(at: offset, payloadBytes: payload.count) == payload) }
        await first.close()
        let again = try read(path)
        #expect(again.records == payloads)
        #expect(again.damaged.isEmpty)
    }

    @Test("A second opening is refused while the first lasts") func busy() async throws {
        let folder = try Folder()
        let path = folder.path + "/records"
        let first = try read(path).file
        #expect(throws: RecordFileError.busy(path: path)) { try read(path) }
        await first.close()
        #expect(throws: Never.self) { try read(path) }
    }

    @Test("A closed file is free at once, also while a child being spawned still holds a copy of its descriptor") func copiedDescriptor() throws {
        let folder = try Folder()
        let files = SystemFiles()
        let first = try files.open(folder.path + "/records", .updating)
        #expect(try files.lock(first))
        let copy = dup(first.descriptor)
        defer { close(copy) }
        files.close(first)
        let second = try files.open(folder.path + "/records", .updating)
        #expect(try files.lock(second))
        files.close(second)
    }

    @Test("Wherever the file is cut, every record before the cut is there, and the next append is read back")
    func cutAnywhere() async throws {
        let folder = try Folder()
        let path = folder.path + "/records"
        let payloads: [[UInt8]] = [[1], Array(repeating: 2, count: 16), Array(repeating: 3, count: 33), [4, 4]]
        let file = try read(path).file
        var ends: [Int] = []
        for payload in payloads {
            _ = try await file.append([payload])
            ends.append(try folder.bytes("records").count)
        }
        await file.close()
        let whole = try folder.bytes("records")
        for cut in 0...whole.count {
            try folder.write(Array(whole[..<cut]), to: "records")
            let torn = try read(path)
            #expect(torn.records == Array(payloads.prefix(ends.count { $0 <= cut })), "cut at \(cut)")
            #expect(torn.damaged.isEmpty)
            _ = try await torn.file.append([[9, 9]])
            await torn.file.close()
            let after = try read(path)
            #expect(after.records == torn.records + [[9, 9]])
            await after.file.close()
        }
    }

    @Test("A flipped bit in a record that later ones call durable is damage; in the last one it is a torn end")
    func rotOrTear() async throws {
        let folder = try Folder()
        let path = folder.path + "/records"
        let file = try read(path).file
        for payload in [[1, 1], [2, 2], [3, 3]] as [[UInt8]] { _ = try await file.append([payload]) }
        await file.close()
        let whole = try folder.bytes("records")
        for byte in 0..<whole.count where byte % 32 < 18 {
            try folder.write(whole, to: "records")
            try folder.flip("records", byte: byte, bit: 4)
            let read = try read(path)
            let hit = byte / 32
            #expect(read.damaged == (hit < 2 ? [Int64(hit * 32)] : []), "byte \(byte)")
            #expect(read.records.count == 2)
            await read.file.close()
        }
    }

    @Test("A group torn in its middle is cut off whole: nobody was told of it")
    func tornGroup() async throws {
        let folder = try Folder()
        let path = folder.path + "/records"
        let file = try read(path).file
        _ = try await file.append([[1]])
        _ = try await file.append([[2], [3], [4]])
        await file.close()
        // Pages of one write may reach the disk in any order: here the second record of the group did not.
        try folder.flip("records", byte: 64 + 16)
        let read = try read(path)
        #expect(read.records == [[1], [2]])
        #expect(read.damaged.isEmpty)
    }

    @Test("Appends made together share their fsync") func groupCommit() async throws {
        let folder = try Folder()
        let files = RecordedFiles()
        let file = try read(folder.path + "/records", files: files).file
        files.forget()
        try await withThrowingTaskGroup { group in
            for index in 0..<200 { group.addTask { _ = try await file.append([[UInt8(index % 256)]]) } }
            try await group.waitForAll()
        }
        let synchronized = files.notes.count { if case .synchronize = $0 { true } else { false } }
        #expect(synchronized < 100)
    }

    @Test("A full disk refuses the append, keeps nothing of it, and serves again when there is room") func full() async throws {
        let folder = try Folder()
        let files = RecordedFiles()
        let path = folder.path + "/records"
        let file = try read(path, files: files).file
        _ = try await file.append([[1]])
        files.fail { if case .write = $0 { ENOSPC } else { nil } }
        await #expect(throws: RecordFileError.full(path: path)) { try await file.append([[2]]) }
        files.fail(nil)
        _ = try await file.append([[3]])
        await file.close()
        #expect(try read(path).records == [[1], [3]])
    }

    @Test("After a failed fsync nothing is accepted any more") func failedSync() async throws {
        let folder = try Folder()
        let files = RecordedFiles()
        let path = folder.path + "/records"
        let file = try read(path, files: files).file
        files.fail { if case .synchronize = $0 { EIO } else { nil } }
        let stopped = RecordFileError.stopped(DiskError(.synchronize, path, code: EIO))
        await #expect(throws: stopped) { try await file.append([[1]]) }
        files.fail(nil)
        await #expect(throws: stopped) { try await file.append([[2]]) }
    }
}
