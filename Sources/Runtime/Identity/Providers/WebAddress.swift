/// An address on the web that may be asked or sent to: absolute, `https`, without user, password or fragment. Plain `http` only for this machine
/// itself (RFC 8252 §8.3), and whoever asks decides whether they do even that.
public struct WebAddress: Hashable, Sendable {
    /// As it was written.
    public let text: String
    /// Scheme, host and port: `https://sso.example:8443`.
    public let origin: String
    public let isEncrypted: Bool

    private static let charactersMax = 2_000
    private static let hostsOfThisMachine: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// `nil` for anything a reader could take for another address than the one it is.
    public init?(_ text: String) {
        guard text.utf8.count <= WebAddress.charactersMax, text.utf8.allSatisfy({ 0x21..<0x7F ~= $0 && !"\"#<>\\^`{|}".utf8.contains($0) }) else { return nil }
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        guard let host = WebAddress.host(of: authority) else { return nil }
        isEncrypted = scheme == "https://"
        guard isEncrypted || WebAddress.hostsOfThisMachine.contains(host) else { return nil }
        self.text = text
        origin = scheme + authority
    }

    /// The host of `host`, `host:port` or `[::1]:port`, in small letters.
    private static func host(of authority: Substring) -> String? {
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            guard host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }) else { return nil }
        }
        let rest = authority.dropFirst(host.count)
        guard !host.isEmpty, rest.isEmpty || WebAddress.isPort(rest) else { return nil }
        return host.lowercased()
    }

    /// `:1` to `:65535`.
    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && text.dropFirst().utf8.allSatisfy { 48...57 ~= $0 } && Int(text.dropFirst()).map { 1...65_535 ~= $0 } == true
    }

    /// The same with more in its query.
    /// - Parameter fields: names and values as they are; they are encoded here (RFC 3986 §2.1).
    public func adding(_ fields: [(String, String)]) -> String {
        let query = FormText.encoded(fields)
        return text + (text.contains("?") ? (text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&") : "?") + query
    }
}

extension WebAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = WebAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "it is not an https address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Fields as a form sends them: `application/x-www-form-urlencoded`.
public enum FormText {
    public static func encoded(_ fields: [(String, String)]) -> String {
        fields.map { encoded($0) + "=" + encoded($1) }.joined(separator: "&")
    }

    /// One name or value: all but RFC 3986's unreserved characters as `%XX`.
    public static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                return String(UnicodeScalar(byte))
            default: return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
