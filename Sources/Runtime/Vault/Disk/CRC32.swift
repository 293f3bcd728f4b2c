/// CRC-32 as in ISO/IEC 8802-3 and zlib (reflected polynomial 0xEDB88320): tells a torn or rotten record from a whole one.
///
/// Not a defence against people; records that must resist those are hashed or sealed.
enum CRC32 {
    static func of(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            var sum = ~previous
            for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 255)] ^ sum >> 8 }
            return ~sum
        }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { of($0) } }

    private static let table: [UInt32] = (0..<256).map { index in
        var entry = UInt32(index)
        for _ in 0..<8 { entry = entry & 1 == 1 ? entry >> 1 ^ 0xEDB8_8320 : entry >> 1 }
        return entry
    }
}
