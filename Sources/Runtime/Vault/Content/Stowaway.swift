import Glibc

/// Looks through a picture or a recording for a second file inside it: a web page or script anywhere, a ZIP archive at its end.
///
/// Such polyglots pass a check of the first bytes and become something else when another program opens them from another end. No
/// picture needs the words `<script`; in compressed data they turn up by chance once in some 10^15 bytes.
struct Stowaway {
    private static let words = ["<script", "<!doctype", "<html>", "<html ", "<iframe", "<?php "].map { Array($0.utf8) }
    private static let wordBytesMax = 9
    /// A ZIP's end record and the longest comment behind it (APPNOTE.TXT §4.3.16).
    private static let tailBytes = 22 + 65_535

    private var tail: [UInt8] = []
    private(set) var found: ForeignContent?

    mutating func read(_ chunk: ArraySlice<UInt8>) {
        guard found == nil else { return }
        if hasWord(Array(tail.suffix(Stowaway.wordBytesMax - 1)) + chunk) { found = .webPage }
        tail += chunk.suffix(Stowaway.tailBytes)
        if tail.count > Stowaway.tailBytes * 4 { tail.removeFirst(tail.count - Stowaway.tailBytes) }
    }

    mutating func conclude() {
        if found == nil, endsAsZip(tail.suffix(Stowaway.tailBytes)) { found = .zip }
    }

    private func hasWord(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, let hit = memchr(base, 60, rest.count) {
                rest = rest.dropFirst(UnsafeRawPointer(hit) - base)
                for word in Stowaway.words where rest.prefix(word.count).elementsEqual(word, by: { ($0 | ($0 >= 65 && $0 <= 90 ? 32 : 0)) == $1 }) {
                    return true
                }
                rest = rest.dropFirst()
            }
            return false
        }
    }

    private func endsAsZip(_ end: ArraySlice<UInt8>) -> Bool {
        guard end.count >= 22 else { return false }
        for start in end.indices.dropLast(21) where end[start] == 0x50 && end[start...].starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            if Int(end[start...].littleEndianInteger(at: 20, as: UInt16.self)) == end.endIndex - start - 22 { return true }
        }
        return false
    }
}
