/// Telling plain text, e-mail and markup apart.
enum TextSniffing {
    /// A text may say `<script` in its middle and is served as text; one that begins like a page is a page to some reader.
    static let signatureBytes = 1 << 10

    static func content(of head: ArraySlice<UInt8>, whole: Bool) -> Content {
        let text = head.starts(with: byteOrderMark) ? head.dropFirst(byteOrderMark.count) : head
        if beginsWithHeader(text) {
            // The body may be in any character set (RFC 5322 over 8BITMIME); only a zero byte proves it is no message.
            return text.contains(0) ? .unknown : .evidence(.email)
        }
        if let markup = markup(in: text) { return .foreign(markup) }
        var check = UTF8Check()
        guard check.read(text), !whole || check.isComplete else { return .unknown }
        return .evidence(.plainText)
    }

    /// Markup or a script at the beginning, however it is written.
    static func markup(in head: ArraySlice<UInt8>) -> ForeignContent? {
        let start = head.prefix(signatureBytes).map { 65...90 ~= $0 ? $0 + 32 : $0 }
        if start.starts(with: "#!".utf8) { return .script }
        for (signature, content) in signatures where start.contains(signature.utf8) { return content }
        return nil
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static let signatures: [(String, ForeignContent)] = [
        ("<svg", .svg), ("<!doctype", .webPage), ("<html", .webPage), ("<head", .webPage), ("<body", .webPage), ("<script", .webPage),
        ("<iframe", .webPage), ("<object", .webPage), ("<embed", .webPage), ("<?php", .script), ("<?xml", .xml),
    ]

    /// RFC 5322 §2.2: a known field name, a colon, in the first line.
    private static func beginsWithHeader(_ head: ArraySlice<UInt8>) -> Bool {
        guard let colon = head.prefix(40).firstIndex(of: UInt8(ascii: ":")) else { return false }
        return headerNames.contains(String(decoding: head[..<colon], as: UTF8.self).lowercased())
    }

    private static let headerNames: Set<String> = [
        "received", "return-path", "delivered-to", "x-received", "from", "to", "subject", "date", "message-id", "mime-version",
        "dkim-signature", "arc-seal", "authentication-results", "content-type", "reply-to", "sender", "x-original-to", "envelope-to",
    ]
}
