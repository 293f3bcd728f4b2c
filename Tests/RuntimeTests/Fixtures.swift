import Chronicle
import EventStorage
import Foundation
import Synchronization

@testable import Runtime

/// A folder that is gone when the test is.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/recourse-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Every file below, relative to the folder.
    func files(under sub: String = "") -> [String] {
        let root = path + "/" + sub
        let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isDirectory) && !isDirectory.boolValue
        }.sorted()
    }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))) }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name)) }

    /// One bit of one byte, as a disk might lose it.
    func flip(_ name: String, byte: Int, bit: UInt8 = 1) throws {
        var all = try bytes(name)
        all[byte] ^= bit
        try FileManager.default.removeItem(atPath: path + "/" + name)
        try write(all, to: name)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The real file system with a memory and a temper: notes the calls that matter for durability, and fails those it is told to.
final class RecordedFiles: FileSystemCalls {
    enum Note: Equatable {
        case create(String), write(String), synchronize(String), rename(String, String), synchronizeDirectory(String), remove(String), truncate(String)
    }

    private struct State {
        var notes: [Note] = []
        var fault: (@Sendable (Note) -> Int32?)?
        /// Index of the note that fails with EIO.
        var failing: Int?
    }

    private let real = SystemFiles()
    private let state = Mutex(State())

    var notes: [Note] { state.withLock { $0.notes } }
    func forget() { state.withLock { $0.notes = [] } }
    /// The `errno` a call fails with, or `nil` to let it pass.
    func fail(_ fault: (@Sendable (Note) -> Int32?)?) { state.withLock { $0.fault = fault } }

    func fail(at index: Int) { state.withLock { $0.failing = index } }

    private func note(_ note: Note, _ call: DiskError.Call, _ path: String) throws(DiskError) {
        let code = state.withLock { state in
            state.notes.append(note)
            return state.failing == state.notes.count - 1 ? 5 : state.fault?(note)
        }
        if let code { throw DiskError(call, path, code: code) }
    }

    func open(_ path: String, _ access: FileAccess) throws(DiskError) -> OpenFile {
        if case .creating = access { try note(.create(path), .open, path) }
        return try real.open(path, access)
    }
    func read(_ file: OpenFile, into buffer: UnsafeMutableRawBufferPointer, atByte offset: Int64) throws(DiskError) -> Int {
        try real.read(file, into: buffer, atByte: offset)
    }
    func write(_ bytes: UnsafeRawBufferPointer, to file: OpenFile, atByte offset: Int64) throws(DiskError) {
        try note(.write(file.path), .write, file.path)
        try real.write(bytes, to: file, atByte: offset)
    }
    func truncate(_ file: OpenFile, toBytes size: Int64) throws(DiskError) {
        try note(.truncate(file.path), .truncate, file.path)
        try real.truncate(file, toBytes: size)
    }
    func synchronize(_ file: OpenFile) throws(DiskError) {
        try note(.synchronize(file.path), .synchronize, file.path)
        try real.synchronize(file)
    }
    func attributes(of file: OpenFile) throws(DiskError) -> FileAttributes { try real.attributes(of: file) }
    func lock(_ file: OpenFile) throws(DiskError) -> Bool { try real.lock(file) }
    func close(_ file: OpenFile) { real.close(file) }
    func rename(_ path: String, to newPath: String) throws(DiskError) {
        try note(.rename(path, newPath), .rename, path)
        try real.rename(path, to: newPath)
    }
    func remove(_ path: String) throws(DiskError) {
        try note(.remove(path), .remove, path)
        try real.remove(path)
    }
    func exists(_ path: String) -> Bool { real.exists(path) }
    func makeDirectory(_ path: String) throws(DiskError) -> Bool { try real.makeDirectory(path) }
    func synchronizeDirectory(_ path: String) throws(DiskError) {
        try note(.synchronizeDirectory(path), .synchronize, path)
        try real.synchronizeDirectory(path)
    }
    func names(in directory: String) throws(DiskError) -> [String] { try real.names(in: directory) }
}

/// Chunks as an upload would bring them, with an end of its own choosing.
struct Upload: AsyncSequence, Sendable {
    struct HungUp: Error {}
    var chunks: [[UInt8]]
    var breaksOff = false

    init(_ chunks: [[UInt8]], breaksOff: Bool = false) { (self.chunks, self.breaksOff) = (chunks, breaksOff) }

    init(_ bytes: [UInt8], chunkBytes: Int = 1 << 16) {
        chunks = stride(from: 0, to: bytes.count, by: chunkBytes).map { Array(bytes[$0..<Swift.min($0 + chunkBytes, bytes.count)]) }
    }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        let breaksOff: Bool
        mutating func next() async throws -> [UInt8]? {
            if let chunk = rest.popFirst() { return chunk }
            if breaksOff { throw HungUp() }
            return nil
        }
    }
    func makeAsyncIterator() -> Iterator { Iterator(rest: chunks[...], breaksOff: breaksOff) }
}

struct Missing: Error {}

func stream(_ text: String) throws -> StreamID {
    guard let stream = StreamID(text) else { throw Missing() }
    return stream
}
