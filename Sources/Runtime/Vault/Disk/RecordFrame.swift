/// How one record lies in a `RecordFile`: a 16-byte head, the payload, zeros up to the next multiple of 16.
///
/// ```
/// 0…3    length of the payload in bytes, little-endian
/// 4…7    CRC-32 of the rest of the head and the payload
/// 8…15   bytes of the file that were durable when this record was written
/// 16…    the payload
/// ```
///
/// The third field tells rot from a torn end. A record that was never acknowledged lies at or beyond the durable length of everything
/// written with it; a bad record that a later one calls durable was acknowledged once, and its loss must be reported, never repaired.
struct RecordFrame {
    static let headBytes = 16
    static let payloadBytesMax = 1 << 20

    let payloadBytes: Int
    let durableBytes: Int64

    /// Bytes in the file of a record with such a payload.
    static func sizeBytes(payloadBytes: Int) -> Int { (headBytes + payloadBytes + 15) & ~15 }

    var sizeBytes: Int { RecordFrame.sizeBytes(payloadBytes: payloadBytes) }

    static func encode(_ payload: some Collection<UInt8>, durableBytes: Int64) -> [UInt8] {
        var record: [UInt8] = []
        record.reserveCapacity(sizeBytes(payloadBytes: payload.count))
        record.appendLittleEndian(UInt32(payload.count))
        record.appendLittleEndian(UInt32(0))
        record.appendLittleEndian(UInt64(durableBytes))
        record += payload
        let sum = checkSum(record[...])
        withUnsafeBytes(of: sum.littleEndian) { record.replaceSubrange(4..<8, with: $0) }
        record.append(contentsOf: repeatElement(0, count: sizeBytes(payloadBytes: payload.count) - record.count))
        return record
    }

    /// The length a head claims, before anything is proven; `nil` when no record has such a length.
    static func claimedPayloadBytes(_ head: some Collection<UInt8>) -> Int? {
        let length = Int(head.littleEndianInteger(at: 0, as: UInt32.self))
        return 1...payloadBytesMax ~= length ? length : nil
    }

    /// The frame of a whole record (head and payload, padding or not); `nil` when its check sum denies it.
    init?(checking record: ArraySlice<UInt8>) {
        guard let length = RecordFrame.claimedPayloadBytes(record), record.count >= RecordFrame.headBytes + length else { return nil }
        let claimed = record.littleEndianInteger(at: 4, as: UInt32.self)
        guard RecordFrame.checkSum(record.prefix(RecordFrame.headBytes + length)) == claimed else { return nil }
        payloadBytes = length
        durableBytes = Int64(truncatingIfNeeded: record.littleEndianInteger(at: 8, as: UInt64.self))
    }

    private static func checkSum(_ record: ArraySlice<UInt8>) -> UInt32 {
        record.withUnsafeBytes { bytes in
            let length = CRC32.of(UnsafeRawBufferPointer(rebasing: bytes[0..<4]))
            return CRC32.of(UnsafeRawBufferPointer(rebasing: bytes[8...]), continuing: length)
        }
    }
}

extension [UInt8] {
    mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

extension Collection where Element == UInt8 {
    /// The integer that begins `offset` bytes after the start; the caller has checked that it is there.
    func littleEndianInteger<Value: FixedWidthInteger & UnsignedInteger>(at offset: Int, as: Value.Type) -> Value {
        var value: Value = 0
        for byte in dropFirst(offset).prefix(Value.bitWidth / 8).reversed() { value = value << 8 | Value(byte) }
        return value
    }

    func bigEndianInteger<Value: FixedWidthInteger & UnsignedInteger>(at offset: Int, as: Value.Type) -> Value {
        var value: Value = 0
        for byte in dropFirst(offset).prefix(Value.bitWidth / 8) { value = value << 8 | Value(byte) }
        return value
    }
}
