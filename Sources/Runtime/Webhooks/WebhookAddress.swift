/// Where a webhook goes: an `https` address, read once, here, and written out again from what was read. Nothing behind it reads the text somebody
/// typed, so that nothing can read it differently.
public struct WebhookAddress: Hashable, Sendable {
    public enum Host: Hashable, Sendable {
        /// A name with a domain, in small letters.
        case name(String)
        case address(NetworkAddress)
    }

    /// `https`; `http` only where a desk was told that this machine's own are allowed.
    public let isEncrypted: Bool
    public let host: Host
    public let port: Int
    /// Path and query, as they go into the request.
    public let target: String

    public static let bytesMax = 2_048

    /// Throws `.notAnAddress` for what is no plain `https://host[:port]/path?query`: with a user, a fragment, a space, or a host in a spelling that
    /// is not the usual one.
    public init(_ text: String) throws(WebhookRefusal) {
        guard text.utf8.count <= WebhookAddress.bytesMax else { throw .notAnAddress("it has more than \(WebhookAddress.bytesMax) bytes") }
        guard text.utf8.allSatisfy(WebhookAddress.isAllowed) else {
            throw .notAnAddress("it holds characters an address does not; write names in their ASCII form (xn--…) and the rest percent-encoded")
        }
        let rest: Substring
        if text.lowercased().hasPrefix("https://") {
            (isEncrypted, rest) = (true, text.dropFirst(8))
        } else if text.lowercased().hasPrefix("http://") {
            (isEncrypted, rest) = (false, text.dropFirst(7))
        } else {
            throw .notAnAddress("it does not begin with https://")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let target = rest[authority.endIndex...]
        guard !authority.contains("@") else { throw .notAnAddress("it carries a name or a password; messages are signed instead") }
        guard !target.contains("#") else { throw .notAnAddress("it has a fragment, which is never sent") }
        guard WebhookAddress.isPercentEncoded(target), !target.contains("["), !target.contains("]") else {
            throw .notAnAddress("its path is not percent-encoded")
        }
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
        (host, port) = try WebhookAddress.place(authority.lowercased(), standardPort: isEncrypted ? 443 : 80)
    }

    /// Host and port without the rest, which may hold what only the receiver should know: `hooks.example.com`, `hooks.example.com:8443`.
    public var place: String { port == (isEncrypted ? 443 : 80) ? hostText : "\(hostText):\(port)" }

    /// The whole of it.
    public var text: String { (isEncrypted ? "https://" : "http://") + place + target }

    /// The host as it stands in an address, an IPv6 one in brackets.
    public var hostText: String {
        switch host {
        case .name(let name): name
        case .address(.v6(let bits)): "[\(NetworkAddress.v6(bits))]"
        case .address(let address): "\(address)"
        }
    }

    private static func place(_ authority: String, standardPort: Int) throws(WebhookRefusal) -> (Host, Int) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]"), let address = NetworkAddress(authority[authority.index(after: authority.startIndex)..<end]),
                case .v6 = address
            else { throw .notAnAddress("what stands in brackets is no IPv6 address") }
            return (.address(address), try port(authority[authority.index(after: end)...], standardPort))
        }
        let name = authority.prefix { $0 != ":" }
        return (try host(name), try port(authority[name.endIndex...], standardPort))
    }

    private static func port(_ text: Substring, _ standard: Int) throws(WebhookRefusal) -> Int {
        guard !text.isEmpty else { return standard }
        guard text.first == ":", 2...6 ~= text.utf8.count, text.dropFirst().utf8.allSatisfy({ 48...57 ~= $0 }), let port = Int(text.dropFirst()),
            1...65_535 ~= port
        else { throw .notAnAddress("its port is no number from 1 to 65535") }
        return port
    }

    private static func host(_ text: Substring) throws(WebhookRefusal) -> Host {
        if let address = NetworkAddress(text) { return .address(address) }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard 1...253 ~= text.utf8.count, labels.allSatisfy(isLabel) else { throw .oddHost(String(text)) }
        // Whatever ends in a number is an address to some reader (WHATWG URL, “ends in a number”): 0x7f.1, 2130706433, 017700000001.
        guard let last = labels.last, let first = last.utf8.first, !(48...57 ~= first) else { throw .oddHost(String(text)) }
        return .name(String(text))
    }

    private static func isLabel(_ label: Substring) -> Bool {
        1...63 ~= label.utf8.count && label.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 } && label.first != "-" && label.last != "-"
    }

    /// What RFC 3986 lets stand in an address; `[` and `]` only around a host.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }

    private static func isPercentEncoded(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        func isHex(_ byte: UInt8) -> Bool { 48...57 ~= byte || 65...70 ~= byte || 97...102 ~= byte }
        return bytes.indices.allSatisfy { bytes[$0] != 37 || $0 + 2 < bytes.count && isHex(bytes[$0 + 1]) && isHex(bytes[$0 + 2]) }
    }
}

/// What the desk sends to: everything on the internet, and this machine's own addresses where it was told so, for trying things out.
public struct WebhookGuard: Hashable, Sendable {
    /// `http`, and this machine itself.
    public let allowsLocal: Bool

    public init(allowsLocal: Bool) { self.allowsLocal = allowsLocal }

    /// Refuses what can be told from the address alone.
    public func judge(_ address: WebhookAddress) throws(WebhookRefusal) {
        guard address.isEncrypted || allowsLocal else { throw .notEncrypted }
        switch address.host {
        case .address(let host): try judge(host)
        case .name(let name):
            // A name without a domain means another machine in every network.
            if allowsLocal, name == "localhost" { return }
            guard name.contains("."), name != "localhost", !name.hasSuffix(".localhost") else { throw .localName(name) }
        }
    }

    /// Chooses among the addresses a name has; throws when a single one of them is not allowed: which of them is used is the other side's to say.
    public func choose(_ addresses: [NetworkAddress], of name: String) throws(WebhookRefusal) -> NetworkAddress {
        guard let first = addresses.first else { throw .unresolved(name) }
        for address in addresses { try judge(address) }
        return first
    }

    private func judge(_ address: NetworkAddress) throws(WebhookRefusal) {
        switch AddressJudgement(address) {
        case .reachable: return
        case .loopback: guard allowsLocal else { throw .special(address, "loopback") }
        case .special(let block): throw .special(address, block)
        }
    }
}
