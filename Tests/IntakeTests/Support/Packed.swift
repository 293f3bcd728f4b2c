import CZlib

/// Makes archives to read back.
enum Packed {
    static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: 15 + 16) }

    /// A zip of members in this order; a name that ends in `/` is a directory.
    static func zip(_ members: [(name: String, bytes: [UInt8])], stored: Bool = false, flags: Int = 0, comment: String = "") -> [UInt8] {
        var (file, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, bytes) in members {
            let body = stored ? bytes : deflate(bytes, windowBits: -15)
            let checksum = Int(crc32(crc32(0, nil, 0), bytes, uInt(bytes.count)))
            let shared =
                word16(20) + word16(flags) + word16(stored ? 0 : 8) + word32(0) + word32(checksum)
                + word32(body.count) + word32(bytes.count) + word16(name.utf8.count) + word16(0)
            let offset = file.count
            file += word32(0x0403_4B50) + shared + Array(name.utf8) + body
            directory +=
                word32(0x0201_4B50) + word16(20) + shared + word16(0) + word16(0) + word16(0) + word32(0)
                + word32(offset) + Array(name.utf8)
        }
        let end =
            word32(0x0605_4B50) + word16(0) + word16(0) + word16(members.count) + word16(members.count)
            + word32(directory.count) + word32(file.count) + word16(comment.utf8.count) + Array(comment.utf8)
        return file + directory + end
    }

    private static func deflate(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 1_024)
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        let size = Int32(MemoryLayout<z_stream>.size)
        precondition(deflateInit2_(stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, zlibVersion(), size) == Z_OK)
        let made = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = uInt(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = uInt(output.count)
                precondition(CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END)
                return output.count - Int(stream.pointee.avail_out)
            }
        }
        deflateEnd(stream)
        return Array(output.prefix(made))
    }

    private static func word16(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
    private static func word32(_ value: Int) -> [UInt8] { word16(value & 0xFFFF) + word16(value >> 16 & 0xFFFF) }
}
