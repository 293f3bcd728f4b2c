import CZlib

/// The bytes of a file as they were before it was packed: plain, gzip or zip, told apart by their first bytes and not by their name.
///
/// Reads on, chunk by chunk, in constant memory. What was packed is checked against its own checksum; a file that ends early, is damaged, or
/// grows like a decompression bomb ends in an `ArchiveError`, so the last chunk is only good when `next` has returned `nil`.
public final class ByteSource {
    public enum Packaging: Hashable, Sendable {
        case plain
        /// RFC 1952, one member or several after each other.
        case gzip
        /// The first file in a zip archive, by its name there.
        case zip(member: String)
    }

    /// No chunk is longer.
    public static let chunkBytesMax = 256 << 10

    public let packaging: Packaging
    private let file: FileBytes
    private let limits: ArchiveLimits
    private let inflater: Inflater?
    private let member: ZipMember?
    private let output: UnsafeMutableBufferPointer<UInt8>
    private let end: Int64
    private var position: Int64
    private let start: Int64
    private var outputBytes: Int64 = 0
    private var checksum = crc32(0, nil, 0)
    private var isOver = false

    /// Opens the file at `path` and looks at how it is packed.
    public init(path: String, limits: ArchiveLimits = .standard) throws(ArchiveError) {
        let file = try FileBytes(path: path)
        let magic = try file.bytes(at: 0, length: 4)
        var (member, inflater): (ZipMember?, Inflater?) = (nil, nil)
        if magic.starts(with: [0x1F, 0x8B]) {
            packaging = .gzip
            inflater = try ByteSource.inflater(.gzip, path)
        } else if magic == [0x50, 0x4B, 3, 4] || magic == [0x50, 0x4B, 5, 6] {
            let first = try ZipMember.first(in: file)
            packaging = .zip(member: first.name)
            inflater = first.method == .deflated ? try ByteSource.inflater(.none, path) : nil
            member = first
        } else {
            packaging = .plain
        }
        (self.file, self.limits, self.member, self.inflater) = (file, limits, member, inflater)
        start = member?.dataOffset ?? 0
        position = start
        end = member.map { $0.dataOffset + $0.compressedBytes } ?? file.count
        output = .allocate(capacity: ByteSource.chunkBytesMax)
    }

    deinit { output.deallocate() }

    /// The next bytes, 1…`chunkBytesMax` of them; `nil` at the end, when all that was promised has come and the checksum is right.
    public func next() throws(ArchiveError) -> [UInt8]? {
        guard !isOver else { return nil }
        let made = if let inflater { try inflated(by: inflater) } else { try copied() }
        outputBytes += Int64(made)
        try checkGrowth()
        if member != nil { checksum = crc32(checksum, output.baseAddress, uInt(made)) }
        if isOver { try checkMember() }
        return made == 0 ? nil : Array(output.prefix(made))
    }

    private func copied() throws(ArchiveError) -> Int {
        let made = try readOn(into: UnsafeMutableRawBufferPointer(output))
        if made == 0 {
            guard position == end else { throw ArchiveError(file.path, .truncated) }
            isOver = true
        }
        return made
    }

    private func inflated(by inflater: Inflater) throws(ArchiveError) -> Int {
        var made = 0
        while made < output.count, !isOver {
            switch inflater.step(into: UnsafeMutableBufferPointer(rebasing: output[made...])) {
            case .going(let more):
                made += more
            case .ended(let more):
                made += more
                try endOfMember(inflater)
            case .hungry:
                guard try refill(inflater) > 0 else { throw ArchiveError(file.path, .truncated) }
            case .corrupt(let detail):
                throw ArchiveError(file.path, .corrupt(detail))
            }
        }
        return made
    }

    /// A gzip file may go on with another member, or with zeros that pad it to a block; anything else behind it is damage.
    private func endOfMember(_ inflater: Inflater) throws(ArchiveError) {
        guard packaging == .gzip else {
            guard !inflater.hasInput, position == end else { throw ArchiveError(file.path, .corrupt("bytes follow the compressed data")) }
            isOver = true
            return
        }
        while true {
            if !inflater.hasInput, try refill(inflater) == 0 {
                isOver = true
                return
            }
            if inflater.waiting.first == 0x1F { return inflater.startOver() }
            guard inflater.waiting.allSatisfy({ $0 == 0 }) else {
                throw ArchiveError(file.path, .corrupt("bytes follow the compressed data"))
            }
            if try refill(inflater) == 0 {
                isOver = true
                return
            }
        }
    }

    private func refill(_ inflater: Inflater) throws(ArchiveError) -> Int {
        try inflater.refill { buffer throws(ArchiveError) in try readOn(into: buffer) }
    }

    private func readOn(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        let room = Int(min(Int64(buffer.count), end - position))
        let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]), at: position)
        position += Int64(got)
        return got
    }

    private func checkGrowth() throws(ArchiveError) {
        guard packaging != .plain else { return }
        let inputBytes = max(1, position - start)
        let ratioBroken = outputBytes > limits.ratioFreeBytes && outputBytes / inputBytes >= limits.ratioMax
        guard outputBytes <= limits.outputBytesMax, !ratioBroken else { throw ArchiveError(file.path, .tooLarge(outputBytes: outputBytes)) }
    }

    private func checkMember() throws(ArchiveError) {
        guard let member else { return }
        guard outputBytes == member.outputBytes else {
            throw ArchiveError(file.path, .corrupt("“\(member.name)” has \(outputBytes) bytes where \(member.outputBytes) were promised"))
        }
        guard checksum == uLong(member.checksum) else {
            throw ArchiveError(file.path, .corrupt("the checksum of “\(member.name)” is wrong"))
        }
    }

    private static func inflater(_ wrapping: Inflater.Wrapping, _ path: String) throws(ArchiveError) -> Inflater {
        guard let inflater = Inflater(wrapping) else { throw ArchiveError(path, .unreadable("zlib could not start")) }
        return inflater
    }
}
