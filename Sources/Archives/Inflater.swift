import CZlib

/// One zlib stream that turns deflated bytes back.
///
/// A class because zlib keeps the address of its `z_stream` and refuses one that has moved.
final class Inflater {
    /// What stands around the deflated data.
    enum Wrapping {
        /// RFC 1952; zlib checks its CRC-32 and length.
        case gzip
        /// RFC 1951 alone, as in a zip member; the caller checks.
        case none
    }

    enum Step {
        /// Bytes were written, or input was used up; there is more to come.
        case going(made: Int)
        /// The compressed data is over.
        case ended(made: Int)
        /// Nothing can be done without more input.
        case hungry
        case corrupt(String)
    }

    private static let inputBytes = 64 << 10

    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer

    /// `nil` when zlib has no memory or is not the version it was compiled against.
    init?(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(byteCount: Inflater.inputBytes, alignment: 16)
        let windowBits: Int32 =
            switch wrapping {
            case .gzip: 15 + 16
            case .none: -15
            }
        guard inflateInit2_(stream, windowBits, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    var hasInput: Bool { stream.pointee.avail_in > 0 }

    /// The input not yet used.
    var waiting: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
    }

    /// Replaces the used input by what `read` gives; the bytes it gave.
    func refill(_ read: (UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int) throws(ArchiveError) -> Int {
        let got = try read(input)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_in = uInt(got)
        return got
    }

    func step(into output: UnsafeMutableBufferPointer<UInt8>) -> Step {
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = uInt(output.count)
        let waitingBefore = stream.pointee.avail_in
        let result = inflate(stream, Z_NO_FLUSH)
        let made = output.count - Int(stream.pointee.avail_out)
        switch result {
        case Z_STREAM_END: return .ended(made: made)
        case Z_OK, Z_BUF_ERROR: return made == 0 && waitingBefore == stream.pointee.avail_in ? .hungry : .going(made: made)
        default: return .corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(result)")
        }
    }

    /// Ready for the next member of a gzip file; unused input is kept.
    func startOver() { inflateReset(stream) }
}
