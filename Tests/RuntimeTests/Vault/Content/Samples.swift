@testable import Runtime

/// The smallest files that are what they say.
enum Samples {
    static func big(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
    static func small(_ value: UInt16) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    static func png(_ width: UInt32 = 2, _ height: UInt32 = 3) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + big(13) + Array("IHDR".utf8) + big(width) + big(height) + [8, 6, 0, 0, 0] + big(0)
            + big(0) + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]
    }

    /// `before`: bytes of an application segment in front of the frame header, as telephones write them.
    static func jpeg(_ width: UInt16 = 2, _ height: UInt16 = 3, before: Int = 20) -> [UInt8] {
        let segment = [0xFF, 0xE1] + Array(big(UInt32(before + 2)).suffix(2)) + [UInt8](repeating: 0x55, count: before)
        let frame: [UInt8] =
            [0xFF, 0xC0, 0, 17, 8] + Array(big(UInt32(height)).suffix(2)) + Array(big(UInt32(width)).suffix(2)) + [3] + [UInt8](repeating: 1, count: 9)
        return [0xFF, 0xD8] + segment + frame + [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
    }

    static func gif(_ width: UInt16 = 2, _ height: UInt16 = 3) -> [UInt8] {
        Array("GIF89a".utf8) + small(width) + small(height) + [0, 0, 0, 0x2C] + [UInt8](repeating: 0, count: 9) + [2, 1, 0, 0, 0x3B]
    }

    static func webP(_ width: UInt32 = 2, _ height: UInt32 = 3) -> [UInt8] {
        let canvas = [width - 1, height - 1].flatMap { Array(big($0).reversed().prefix(3)) }
        return Array("RIFF".utf8) + [30, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0] + canvas + [0, 0, 0, 0]
    }

    static func heic(_ width: UInt32 = 2, _ height: UInt32 = 3) -> [UInt8] {
        isoMedia("heic") + big(20) + Array("ispe".utf8) + big(0) + big(1) + big(1) + big(20) + Array("ispe".utf8) + big(0) + big(width) + big(height)
    }

    static func isoMedia(_ brand: String) -> [UInt8] { big(16) + Array("ftyp".utf8) + Array(brand.utf8) + big(0) }

    static let mail = Array("From: a@example.test\r\nTo: b@example.test\r\nSubject: paid\r\n\r\nI paid. <html>\r\n".utf8)

    static let all: [(type: MediaType, bytes: [UInt8])] = [
        (.png, png()), (.jpeg, jpeg()), (.gif, gif()), (.webP, webP()), (.heic, heic()),
        (.pdf, Array("%PDF-1.7\n%%EOF\n".utf8)), (.mp4, isoMedia("isom")), (.quickTime, isoMedia("qt  ")),
        (.webM, [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84] + Array("webm".utf8)), (.mp3, Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 0]),
        (.m4a, isoMedia("M4A ")), (.wav, Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WAVE".utf8)),
        (.plainText, Array("付款了 — I paid at 14:05, €120.\n".utf8)), (.email, mail),
    ]

    static let foreign: [(content: ForeignContent, bytes: [UInt8])] = [
        (.webPage, Array("\n <!DOCTYPE html><html></html>".utf8)), (.webPage, Array("hello <ScRiPt>alert(1)</script>".utf8)),
        (.svg, Array("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)), (.xml, Array("<?xml version=\"1.0\"?><a/>".utf8)),
        (.script, Array("#!/bin/sh\nrm -rf /\n".utf8)), (.windowsProgram, [0x4D, 0x5A, 0x90, 0, 3]), (.linuxProgram, [0x7F, 0x45, 0x4C, 0x46, 2]),
        (.macProgram, [0xCF, 0xFA, 0xED, 0xFE, 7]), (.webAssembly, [0, 0x61, 0x73, 0x6D, 1]), (.zip, [0x50, 0x4B, 3, 4, 20]),
        (.archive, [0x1F, 0x8B, 8, 0]), (.oldOffice, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]),
    ]
}

/// The vault's verdict on some bytes that came in chunks of this size.
func examine(_ bytes: [UInt8], as declared: MediaType, chunkBytes: Int = 1 << 16) throws(VaultError) -> MediaType {
    var examination = Examination(declared: declared)
    for start in stride(from: 0, to: bytes.count, by: chunkBytes) { try examination.read(bytes[start..<min(start + chunkBytes, bytes.count)]) }
    return try examination.conclude()
}
