/// The house's own table of magic numbers: only what the vault takes, and what it refuses by name.
///
/// Signatures from the formats' own specifications (PNG, JPEG/JFIF, GIF89a, RFC 9649 for WebP, ISO/IEC 14496-12 and 23008-12 for the
/// `ftyp` brands, ISO 32000 for PDF, RFC 9559 for Matroska/WebM) and the WHATWG MIME Sniffing Standard.
enum Sniffing {
    /// Bytes from the beginning of a file that are enough to tell.
    static let headBytes = 16 << 10

    /// `whole`: the head is the entire file.
    static func content(of head: ArraySlice<UInt8>, whole: Bool) -> Content {
        let head = Array(head)[...]
        for (offset, magic, content) in magicNumbers where head.dropFirst(offset).starts(with: magic) { return content }
        if head.starts(with: "RIFF".utf8) { return riff(head) }
        if head.dropFirst(4).starts(with: "ftyp".utf8) { return isoMedia(head) }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            return head.prefix(64).contains("webm".utf8) ? .evidence(.webM) : .unknown
        }
        if isMP3Frame(head) { return .evidence(.mp3) }
        return TextSniffing.content(of: head, whole: whole)
    }

    private static let magicNumbers: [(Int, [UInt8], Content)] = [
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .evidence(.png)),
        (0, [0xFF, 0xD8, 0xFF], .evidence(.jpeg)),
        (0, Array("GIF87a".utf8), .evidence(.gif)),
        (0, Array("GIF89a".utf8), .evidence(.gif)),
        (0, Array("%PDF-".utf8), .evidence(.pdf)),
        (0, Array("ID3".utf8), .evidence(.mp3)),
        (0, [0x50, 0x4B, 0x03, 0x04], .foreign(.zip)),
        (0, [0x50, 0x4B, 0x05, 0x06], .foreign(.zip)),
        (0, [0x50, 0x4B, 0x07, 0x08], .foreign(.zip)),
        (0, [0x1F, 0x8B], .foreign(.archive)),
        (0, Array("BZh".utf8), .foreign(.archive)),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .foreign(.archive)),
        (0, [0x28, 0xB5, 0x2F, 0xFD], .foreign(.archive)),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .foreign(.archive)),
        (0, Array("Rar!\u{1A}\u{07}".utf8), .foreign(.archive)),
        (257, Array("ustar".utf8), .foreign(.archive)),
        (0, [0x4D, 0x5A], .foreign(.windowsProgram)),
        (0, [0x7F, 0x45, 0x4C, 0x46], .foreign(.linuxProgram)),
        (0, [0xFE, 0xED, 0xFA, 0xCE], .foreign(.macProgram)),
        (0, [0xFE, 0xED, 0xFA, 0xCF], .foreign(.macProgram)),
        (0, [0xCE, 0xFA, 0xED, 0xFE], .foreign(.macProgram)),
        (0, [0xCF, 0xFA, 0xED, 0xFE], .foreign(.macProgram)),
        (0, [0xCA, 0xFE, 0xBA, 0xBE], .foreign(.macProgram)),
        (0, [0x00, 0x61, 0x73, 0x6D], .foreign(.webAssembly)),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .foreign(.oldOffice)),
    ]

    private static func riff(_ head: ArraySlice<UInt8>) -> Content {
        switch head.dropFirst(8).prefix(4) {
        case let form where form.elementsEqual("WEBP".utf8): .evidence(.webP)
        case let form where form.elementsEqual("WAVE".utf8): .evidence(.wav)
        default: .unknown
        }
    }

    private static func isoMedia(_ head: ArraySlice<UInt8>) -> Content {
        switch String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self) {
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": .evidence(.heic)
        case "qt  ": .evidence(.quickTime)
        case "M4A ", "M4B ": .evidence(.m4a)
        case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "3gp4", "3gp5", "3gp6": .evidence(.mp4)
        default: .unknown
        }
    }

    // ISO/IEC 11172-3 §2.4.1.3: eleven set bits, a version, layer III, a bit rate and a sampling rate that exist.
    private static func isMP3Frame(_ head: ArraySlice<UInt8>) -> Bool {
        let start = Array(head.prefix(3))
        guard start.count == 3, start[0] == 0xFF, start[1] & 0xE0 == 0xE0 else { return false }
        return start[1] >> 3 & 3 != 1 && start[1] >> 1 & 3 == 1 && start[2] >> 4 != 15 && start[2] >> 4 != 0 && start[2] >> 2 & 3 != 3
    }
}

extension Collection where Element == UInt8 {
    /// Do these bytes occur anywhere?
    func contains(_ pattern: some Collection<UInt8>) -> Bool {
        var rest = self[...]
        while rest.count >= pattern.count {
            if rest.starts(with: pattern) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
