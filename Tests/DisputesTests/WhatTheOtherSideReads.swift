import Disputes
import TestKit
import Testing

@Suite("What the other side reads")
struct WhatTheOtherSideReads {
    @Test(
        "How to reach or to rob somebody is hidden, and what a payment is found by is not",
        arguments: [
            ("Write to me at maria.lopez@example.com, please.", "Write to me at m•••@•••, please."),
            ("Call +34 612 345 678 today", "Call •••• 5678 today"),
            ("Paid to DE89 3704 0044 0532 0130 00 by SEPA", "Paid to •••• 3000 by SEPA"),
            ("GB29NWBK60161331926819", "•••• 6819"),
            ("My card 4111 1111 1111 1111.", "My card •••• 1111."),
            ("Paid 1104.00 EUR on 27.11.2026 at 14:05, reference P2P-1001.", "Paid 1104.00 EUR on 27.11.2026 at 14:05, reference P2P-1001."),
            ("E2E 2026112700012346, order 4T7B2K9Q", "E2E 2026112700012346, order 4T7B2K9Q"),
            ("I paid @ noon. PIX E60701190202611271405DY5ABCDEF12", "I paid @ noon. PIX E60701190202611271405DY5ABCDEF12"),
            ("", ""), ("ÄÖÜ — “nothing arrived”", "ÄÖÜ — “nothing arrived”"),
        ])
    func hidden(written: String, read: String) { #expect(Redaction.forTheOtherSide(written) == read) }

    @Test("Hiding twice hides nothing more, whatever is written")
    func stable() {
        var random = Seeded(41)
        let pieces = ["DE89", " 3704", "0044", "@", ".", " ", "+", "49", "411111", "1111111111", "maria", "-", "A", "9", ",", "\n", "é"]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let once = Redaction.forTheOtherSide(text)
            #expect(Redaction.forTheOtherSide(once) == once, "\(text)")
        }
    }
}
