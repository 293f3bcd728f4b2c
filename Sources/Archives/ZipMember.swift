/// One file inside a zip, as the archive's central directory describes it (APPNOTE.TXT 6.3.10, §4.3.12).
struct ZipMember: Hashable {
    enum Method: Hashable { case stored, deflated }

    var name: String
    var method: Method
    var checksum: UInt32
    var compressedBytes: Int64
    var outputBytes: Int64
    /// Where its compressed data begins in the file.
    var dataOffset: Int64

    private static let directoryBytesMax: Int64 = 16 << 20
    private static let endRecordBytes = 22
    private static let commentBytesMax = 65_535

    /// The first member that is a file; directories and the resource forks that macOS adds (`__MACOSX/`) are passed over.
    static func first(in file: FileBytes) throws(ArchiveError) -> ZipMember {
        let directory = try directory(of: file)
        var at = 0
        while at < directory.count {
            guard directory.word32(at) == 0x0201_4B50, let nameBytes = directory.word16(at + 28), let extraBytes = directory.word16(at + 30),
                let commentBytes = directory.word16(at + 32), at + 46 + nameBytes <= directory.count
            else { throw ArchiveError(file.path, .corrupt("its directory does not read as one")) }
            let name = String(decoding: directory[at + 46..<at + 46 + nameBytes], as: UTF8.self)
            if !name.hasSuffix("/"), !name.hasPrefix("__MACOSX/") { return try member(name, directory, at, file) }
            at += 46 + nameBytes + extraBytes + commentBytes
        }
        throw ArchiveError(file.path, .empty)
    }

    /// The bytes of the central directory, found through the record at the end of the file.
    private static func directory(of file: FileBytes) throws(ArchiveError) -> [UInt8] {
        let tailBytes = Int(min(file.count, Int64(endRecordBytes + commentBytesMax)))
        let tail = try file.bytes(at: file.count - Int64(tailBytes), length: tailBytes)
        var at = tail.count - endRecordBytes
        while at >= 0 {
            if tail.word32(at) == 0x0605_4B50, let comment = tail.word16(at + 20), at + endRecordBytes + comment == tail.count { break }
            at -= 1
        }
        guard at >= 0, let length = tail.word32(at + 12), let offset = tail.word32(at + 16) else { throw ArchiveError(file.path, .truncated) }
        guard offset != .max, length != .max else { throw ArchiveError(file.path, .unsupported("a zip64 archive")) }
        guard Int64(length) <= directoryBytesMax, Int64(offset) + Int64(length) <= file.count else {
            throw ArchiveError(file.path, .corrupt("its directory lies outside the file"))
        }
        return try file.bytes(at: Int64(offset), length: Int(length))
    }

    private static func member(_ name: String, _ directory: [UInt8], _ at: Int, _ file: FileBytes) throws(ArchiveError) -> ZipMember {
        guard let flags = directory.word16(at + 8), let methodCode = directory.word16(at + 10), let checksum = directory.word32(at + 16),
            let compressed = directory.word32(at + 20), let output = directory.word32(at + 24), let offset = directory.word32(at + 42)
        else { throw ArchiveError(file.path, .corrupt("its directory does not read as one")) }
        guard flags & 1 == 0 else { throw ArchiveError(file.path, .unsupported("encrypted")) }
        guard compressed != .max, output != .max, offset != .max else { throw ArchiveError(file.path, .unsupported("a zip64 archive")) }
        let method: Method
        switch methodCode {
        case 0: method = .stored
        case 8: method = .deflated
        default: throw ArchiveError(file.path, .unsupported("compressed by method \(methodCode)"))
        }
        let local = try file.bytes(at: Int64(offset), length: 30)
        guard local.word32(0) == 0x0403_4B50, let nameBytes = local.word16(26), let extraBytes = local.word16(28) else {
            throw ArchiveError(file.path, .corrupt("“\(name)” is not where the directory says"))
        }
        let dataOffset = Int64(offset) + 30 + Int64(nameBytes) + Int64(extraBytes)
        guard dataOffset + Int64(compressed) <= file.count, method == .deflated || compressed == output else {
            throw ArchiveError(file.path, .corrupt("“\(name)” does not have the length the directory says"))
        }
        return ZipMember(
            name: name, method: method, checksum: checksum, compressedBytes: Int64(compressed), outputBytes: Int64(output),
            dataOffset: dataOffset)
    }
}

extension [UInt8] {
    /// Two bytes at `at`, little end first; `nil` beyond the end.
    fileprivate func word16(_ at: Int) -> Int? {
        at >= 0 && at + 2 <= count ? Int(self[at]) | Int(self[at + 1]) << 8 : nil
    }

    fileprivate func word32(_ at: Int) -> UInt32? {
        guard let low = word16(at), let high = word16(at + 2) else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }
}
