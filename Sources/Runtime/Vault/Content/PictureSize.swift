/// Width and height of a picture as its header claims them, read before anything is decoded.
///
/// A picture of a few hundred bytes can claim to be 60,000 × 60,000 and fill the memory of whoever opens it (ASVS 5.2.6).
public struct PictureSize: Hashable, Sendable {
    public static let pixelsMax: Int64 = 100_000_000

    public let width: UInt32
    public let height: UInt32

    public init(width: UInt32, height: UInt32) { (self.width, self.height) = (width, height) }

    public var pixels: Int64 {
        let (product, overflow) = Int64(width).multipliedReportingOverflow(by: Int64(height))
        return overflow ? .max : product
    }

    /// The size a head claims; `nil` when the header is not where the format puts it. JPEG is not here: see `JPEGFrame`.
    static func claimed(by head: ArraySlice<UInt8>, of type: MediaType) -> PictureSize? {
        let size =
            switch type {
            case .png: png(head)
            case .gif: gif(head)
            case .webP: webP(head)
            case .heic: heic(head)
            case .jpeg, .pdf, .mp4, .quickTime, .webM, .mp3, .m4a, .wav, .plainText, .email: nil as PictureSize?
            }
        return size.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
    }

    // W3C PNG §11.2.1: IHDR comes first and has 13 bytes.
    private static func png(_ head: ArraySlice<UInt8>) -> PictureSize? {
        guard head.count >= 33, head.bigEndianInteger(at: 8, as: UInt32.self) == 13, head.dropFirst(12).starts(with: "IHDR".utf8) else { return nil }
        return PictureSize(width: head.bigEndianInteger(at: 16, as: UInt32.self), height: head.bigEndianInteger(at: 20, as: UInt32.self))
    }

    // GIF89a §18: the logical screen. Written as “/*” or “=…”, the width lets the same bytes run as JavaScript: no such picture is taken.
    private static func gif(_ head: ArraySlice<UInt8>) -> PictureSize? {
        guard head.count >= 14, !head.dropFirst(6).starts(with: "/*".utf8), !head.dropFirst(6).starts(with: "=".utf8) else { return nil }
        let colorTableBytes = head[head.startIndex + 10] & 0x80 != 0 ? 3 << (Int(head[head.startIndex + 10] & 7) + 1) : 0
        let afterTable = head.dropFirst(13 + colorTableBytes).first
        guard afterTable == 0x21 || afterTable == 0x2C else { return nil }
        return PictureSize(
            width: UInt32(head.littleEndianInteger(at: 6, as: UInt16.self)), height: UInt32(head.littleEndianInteger(at: 8, as: UInt16.self)))
    }

    // RFC 9649 §2.5–2.7: lossy (VP8), lossless (VP8L), extended (VP8X).
    private static func webP(_ head: ArraySlice<UInt8>) -> PictureSize? {
        guard head.count >= 30 else { return nil }
        let payload = head.dropFirst(20)
        switch String(decoding: head.dropFirst(12).prefix(4), as: UTF8.self) {
        case "VP8 ":
            guard payload.dropFirst(3).starts(with: [0x9D, 0x01, 0x2A]) else { return nil }
            return PictureSize(
                width: UInt32(payload.littleEndianInteger(at: 6, as: UInt16.self) & 0x3FFF),
                height: UInt32(payload.littleEndianInteger(at: 8, as: UInt16.self) & 0x3FFF))
        case "VP8L":
            guard payload.first == 0x2F else { return nil }
            let bits = payload.littleEndianInteger(at: 1, as: UInt32.self)
            return PictureSize(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
        case "VP8X":
            let bits = payload.littleEndianInteger(at: 4, as: UInt64.self)
            return PictureSize(width: UInt32(bits & 0xFF_FFFF) + 1, height: UInt32(bits >> 24 & 0xFF_FFFF) + 1)
        default: return nil
        }
    }

    // ISO/IEC 23008-12 §6.5.3: `ispe` properties; the picture is the largest, the others are its tiles and thumbnails.
    private static func heic(_ head: ArraySlice<UInt8>) -> PictureSize? {
        var largest: PictureSize?
        var rest = head
        while let type = rest.firstIndex(of: UInt8(ascii: "i")) {
            rest = rest[type...]
            if rest.count >= 16, rest.starts(with: "ispe".utf8) {
                let size = PictureSize(width: rest.bigEndianInteger(at: 8, as: UInt32.self), height: rest.bigEndianInteger(at: 12, as: UInt32.self))
                if size.pixels > largest?.pixels ?? -1 { largest = size }
            }
            rest = rest.dropFirst()
        }
        return largest
    }
}
