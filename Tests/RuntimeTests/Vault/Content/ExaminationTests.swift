import TestKit
import Testing

@testable import Runtime

@Suite struct ExaminationTests {
    @Test("Every kind of file on the list is taken under its own name, however it is cut into chunks", arguments: MediaType.allCases)
    func honest(_ type: MediaType) throws {
        let bytes = try #require(Samples.all.first { $0.type == type }).bytes
        for size in [1, 2, 3, 7, 64, 1 << 16] {
            #expect(try examine(bytes, as: type, chunkBytes: size) == type)
        }
    }

    @Test("A file under another's name is refused with both names, in every combination")
    func liars() {
        for (type, bytes) in Samples.all {
            for declared in MediaType.allCases where !declared.agrees(with: type) {
                #expect(throws: VaultError.contentDenies(declared: declared, found: .evidence(type))) { try examine(bytes, as: declared) }
            }
        }
        #expect(
            VaultError.contentDenies(declared: .png, found: .foreign(.windowsProgram)).description
                == "the file is declared as a PNG picture, but its content is a Windows program")
    }

    @Test("What can run, unpack or be a page is refused under every name", arguments: Samples.foreign.indices, MediaType.allCases)
    func foreign(_ index: Int, _ declared: MediaType) {
        let (content, bytes) = Samples.foreign[index]
        #expect(throws: VaultError.contentDenies(declared: declared, found: .foreign(content))) { try examine(bytes, as: declared) }
    }

    @Test("An empty file is refused") func empty() {
        #expect(throws: VaultError.empty) { try examine([], as: .png) }
    }

    @Test("Noise is of no kind")
    func noise() {
        #expect(throws: VaultError.contentDenies(declared: .plainText, found: .unknown)) { try examine([0, 1, 2, 3], as: .plainText) }
        #expect(throws: VaultError.contentDenies(declared: .mp4, found: .unknown)) { try examine([9, 9, 0xC3, 0x28], as: .mp4) }
    }

    @Test("Text that stops being UTF-8 far behind the head is refused")
    func brokenText() {
        let text = [UInt8](repeating: 65, count: 100_000)
        for tail in [[0xFF], [0xC3], [0], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]] {
            #expect(throws: VaultError.contentDenies(declared: .plainText, found: .unknown)) { try examine(text + tail, as: .plainText, chunkBytes: 4_099) }
        }
    }

    @Test("Text that only speaks of a page is taken; text that begins like one is not, even behind the words of an e-mail")
    func talkOfPages() throws {
        let talk = Array(String(repeating: "He sent me a link. ", count: 80).utf8)
        #expect(try examine(talk + Array("<script>".utf8), as: .plainText) == .plainText)
        #expect(throws: VaultError.contentDenies(declared: .plainText, found: .foreign(.webPage))) {
            try examine(Array("Subject: x\n\n<html>".utf8), as: .plainText)
        }
        #expect(try examine(Samples.mail, as: .email) == .email)
    }

    @Test(
        "A picture that claims more than 100 megapixels is refused",
        arguments: [
            (MediaType.png, Samples.png(60_000, 60_000)), (.png, Samples.png(.max, .max)), (.jpeg, Samples.jpeg(60_000, 60_000)),
            (.jpeg, Samples.jpeg(65_535, 65_535, before: 60_000)), (.gif, Samples.gif(60_000, 60_000)), (.webP, Samples.webP(16_384, 16_384)),
            (.heic, Samples.heic(60_000, 60_000)),
        ])
    func bombs(_ type: MediaType, _ bytes: [UInt8]) {
        let error = #expect(throws: VaultError.self) { try examine(bytes, as: type) }
        guard case .tooManyPixels(let size, pixelsMax: 100_000_000) = error else {
            Issue.record("refused as \(String(describing: error))")
            return
        }
        #expect(size.pixels > 100_000_000)
    }

    @Test("A bomb is refused at once, while its bytes are still coming") func bombIsQuick() {
        let clock = ContinuousClock()
        let bytes = Samples.png(60_000, 60_000) + [UInt8](repeating: 7, count: 20_000)
        let took = clock.measure {
            #expect(throws: VaultError.self) {
                var examination = Examination(declared: .png)
                try examination.read(bytes[...])
            }
        }
        #expect(took < .milliseconds(50))
    }

    @Test("100 megapixels exactly are taken") func justBelow() throws {
        #expect(try examine(Samples.png(10_000, 10_000), as: .png) == .png)
    }

    @Test(
        "A picture whose header is not where its format puts it is refused",
        arguments: [
            (MediaType.png, Array(Samples.png().prefix(20))), (.png, Samples.png(0, 5)), (.jpeg, Array(Samples.jpeg().prefix(10))),
            (.jpeg, [0xFF, 0xD8, 0xFF, 0xDA, 0, 2]), (.gif, Array(Samples.gif().prefix(10))), (.webP, Array(Samples.webP().prefix(20))),
            (.heic, Samples.isoMedia("heic")),
            // “GIF89a/*…*/=1” and “GIF89a=…” run as JavaScript.
            (.gif, Samples.gif(0x2A2F, 10)), (.gif, Samples.gif(0x303D, 10)),
        ])
    func broken(_ type: MediaType, _ bytes: [UInt8]) {
        #expect(throws: VaultError.broken(type)) { try examine(bytes, as: type) }
    }

    @Test(
        "A page hidden behind a picture is found, wherever the chunks are cut",
        arguments: ["<script>", "<SCRIPT src=x>", "<!DOCTYPE html>", "<html>", "<?php x"])
    func hiddenPage(_ page: String) {
        let bytes = Samples.jpeg() + [UInt8](repeating: 60, count: 20_000) + Array(page.utf8) + [1, 2, 3]
        for size in [1, 5, 4_096, 20_049, 1 << 16] {
            #expect(throws: VaultError.carries(declared: .jpeg, hidden: .webPage)) { try examine(bytes, as: .jpeg, chunkBytes: size) }
        }
    }

    @Test("A ZIP archive at the end of a picture or a PDF is found, with and without a comment")
    func hiddenArchive() {
        let end: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 16)
        for comment in [0, 5, 60_000] {
            let bytes = Samples.gif() + [UInt8](repeating: 3, count: 100_000) + end + Samples.small(UInt16(comment)) + [UInt8](repeating: 32, count: comment)
            #expect(throws: VaultError.carries(declared: .gif, hidden: .zip)) { try examine(bytes, as: .gif, chunkBytes: 8_192) }
        }
        // Not the end of the file: not an archive to anyone.
        #expect(throws: Never.self) { try examine(Samples.gif() + end + [0, 0, 1], as: .gif) }
    }

    @Test("The verdict never depends on the chunks", arguments: 0..<40 as Range<UInt64>)
    func chunking(_ seed: UInt64) throws {
        var random = Seeded(seed)
        var (_, bytes) = try #require(Samples.all.randomElement(using: &random))
        bytes += random.bytes(Int.random(in: 0...3_000, using: &random))
        let declared = try #require(MediaType.allCases.randomElement(using: &random))
        func verdict(_ size: Int) -> Result<MediaType, VaultError> { Result { () throws(VaultError) in try examine(bytes, as: declared, chunkBytes: size) } }
        let whole = verdict(.max >> 8)
        for size in [1, 13, 512] { #expect(verdict(size) == whole, "seed \(seed)") }
    }
}
