import Chronicle

/// The columns as bytes, to be kept beside the log they follow from: made anew from it at any time, so losing or refusing them costs only that.
///
/// A line with the name and version of the format, then each array with its name, its count and the size of its values, then the SHA-256 of all
/// that. Numbers as the machine has them (little-endian on every machine this runs on); a file of another layout or with one bit turned is refused.
public enum ColumnFile {
    static let firstLine = Array("recourse-columns/1\n".utf8)

    public enum Refusal: Error, Hashable, Sendable {
        /// Not such a file, or of another version.
        case otherFormat
        /// The arrays are not those this build has.
        case otherLayout(String)
        case damaged
    }

    public static func bytes(of columns: Columns) throws -> [UInt8] {
        var columns = columns
        var writer = Writer()
        try columns.transfer(through: &writer)
        return writer.bytes + writer.digest
    }

    public static func columns(from bytes: [UInt8]) throws -> Columns {
        guard bytes.count > firstLine.count + 32, bytes.starts(with: firstLine) else { throw Refusal.otherFormat }
        guard Array(Digest(hashing: Array(bytes.dropLast(32))).bytes) == Array(bytes.suffix(32)) else { throw Refusal.damaged }
        var columns = Columns()
        var reader = Reader(bytes: bytes, end: bytes.count - 32)
        try columns.transfer(through: &reader)
        guard reader.place == reader.end else { throw Refusal.otherLayout("more than is known") }
        return columns
    }

    private struct Writer: ColumnTransfer {
        var bytes = ColumnFile.firstLine
        var digest: [UInt8] { Array(Digest(hashing: bytes).bytes) }

        mutating func number(_ value: Int) { withUnsafeBytes(of: UInt64(value).littleEndian) { bytes.append(contentsOf: $0) } }

        mutating func head(_ name: String, count: Int, stride: Int) {
            number(name.utf8.count)
            bytes.append(contentsOf: name.utf8)
            number(count)
            number(stride)
        }

        mutating func array<Value: BitwiseCopyable>(_ name: String, _ values: inout [Value]) {
            head(name, count: values.count, stride: MemoryLayout<Value>.stride)
            values.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }

        mutating func words(_ name: String, _ words: inout [String]) {
            head(name, count: words.count, stride: 0)
            for word in words {
                number(word.utf8.count)
                bytes.append(contentsOf: word.utf8)
            }
        }
    }

    private struct Reader: ColumnTransfer {
        let bytes: [UInt8]
        let end: Int
        var place = ColumnFile.firstLine.count

        mutating func number() throws -> Int {
            guard place + 8 <= end else { throw Refusal.otherLayout("cut off") }
            defer { place += 8 }
            let value = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
            guard value <= UInt64(end) else { throw Refusal.otherLayout("cut off") }
            return Int(value)
        }

        mutating func text() throws -> String {
            let count = try number()
            guard place + count <= end else { throw Refusal.otherLayout("cut off") }
            defer { place += count }
            return String(decoding: bytes[place..<place + count], as: UTF8.self)
        }

        mutating func head(_ name: String, stride: Int) throws -> Int {
            guard try text() == name else { throw Refusal.otherLayout(name) }
            let count = try number()
            guard try number() == stride else { throw Refusal.otherLayout(name) }
            return count
        }

        mutating func array<Value: BitwiseCopyable>(_ name: String, _ values: inout [Value]) throws {
            let stride = MemoryLayout<Value>.stride
            let count = try head(name, stride: stride)
            guard place + count * stride <= end else { throw Refusal.otherLayout(name) }
            values = [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
                if let start = buffer.baseAddress, count > 0 {
                    bytes.withUnsafeBytes { from in
                        // Within bounds by the guard above; the values are plain numbers, and the digest says they are those that were written.
                        UnsafeMutableRawPointer(start).copyMemory(
                            from: from.baseAddress?.advanced(by: place) ?? UnsafeRawPointer(start), byteCount: count * stride)
                    }
                }
                initialized = count
            }
            place += count * stride
        }

        mutating func words(_ name: String, _ words: inout [String]) throws {
            let count = try head(name, stride: 0)
            words = []
            for _ in 0..<count { words.append(try text()) }
        }
    }
}
