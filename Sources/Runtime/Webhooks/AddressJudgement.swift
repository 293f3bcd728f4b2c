/// Whether the desk may send to an address somebody gave it. Deny by default: a desk that posts wherever it is told to is a way into the network it
/// stands in (OWASP ASVS 5.0, 1.3.6; server-side request forgery).
///
/// The blocks are those of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates), multicast, and what is left of
/// IPv6 outside 2000::/3, which nobody was given yet. A block is refused as a whole, with the few addresses in it that would be reachable. Forms of
/// IPv6 that carry an IPv4 address are refused whatever they carry.
public enum AddressJudgement: Hashable, Sendable {
    /// Somebody's on the internet.
    case reachable
    /// This machine itself.
    case loopback
    /// In a block with a purpose of its own.
    case special(String)

    public init(_ address: NetworkAddress) {
        switch address {
        case .v4(let bits):
            let block = AddressJudgement.v4.first { $0.holds(UInt128(bits), bits: 32) }
            self = block.map(AddressJudgement.init) ?? .reachable
        case .v6(let bits):
            let block = AddressJudgement.v6.first { $0.holds(bits, bits: 128) }
            self = block.map(AddressJudgement.init) ?? (bits >> 125 == 1 ? .reachable : .special("not allocated"))
        }
    }

    private init(_ block: Block) { self = block.name == AddressJudgement.ownName ? .loopback : .special(block.name) }

    private static let ownName = "loopback"

    struct Block: Sendable {
        let first: UInt128
        let length: Int
        let name: String

        func holds(_ address: UInt128, bits: Int) -> Bool { address >> UInt128(bits - length) == first >> UInt128(bits - length) }

        /// A block that cannot be read would be a hole: it becomes one that holds everything.
        init(_ prefix: String, _ length: Int, _ name: String) {
            switch NetworkAddress(prefix) {
            case .v4(let bits): (first, self.length) = (UInt128(bits), length)
            case .v6(let bits): (first, self.length) = (bits, length)
            case nil: (first, self.length) = (0, 0)
            }
            self.name = name
        }
    }

    /// IANA IPv4 Special-Purpose Address Registry; multicast (RFC 5771).
    static let v4: [Block] = [
        Block("0.0.0.0", 8, "this network, RFC 791"),
        Block("10.0.0.0", 8, "private, RFC 1918"),
        Block("100.64.0.0", 10, "shared by a carrier, RFC 6598"),
        Block("127.0.0.0", 8, ownName),
        Block("169.254.0.0", 16, "link-local, RFC 3927"),
        Block("172.16.0.0", 12, "private, RFC 1918"),
        Block("192.0.0.0", 24, "protocol assignments, RFC 6890"),
        Block("192.0.2.0", 24, "documentation, RFC 5737"),
        Block("192.31.196.0", 24, "AS112, RFC 7535"),
        Block("192.52.193.0", 24, "AMT, RFC 7450"),
        Block("192.88.99.0", 24, "6to4 relays, RFC 7526"),
        Block("192.168.0.0", 16, "private, RFC 1918"),
        Block("192.175.48.0", 24, "AS112, RFC 7534"),
        Block("198.18.0.0", 15, "benchmarks, RFC 2544"),
        Block("198.51.100.0", 24, "documentation, RFC 5737"),
        Block("203.0.113.0", 24, "documentation, RFC 5737"),
        Block("224.0.0.0", 4, "multicast, RFC 5771"),
        Block("255.255.255.255", 32, "broadcast, RFC 919"),
        Block("240.0.0.0", 4, "reserved, RFC 1112"),
        // No block of IANA's: a public address that from within Azure is the machine's own host.
        Block("168.63.129.16", 32, "the host of an Azure machine"),
    ]

    /// IANA IPv6 Special-Purpose Address Registry; multicast and what was given up (RFC 4291, RFC 3879).
    static let v6: [Block] = [
        Block("::1", 128, ownName),
        Block("::", 128, "unspecified, RFC 4291"),
        Block("::", 96, "IPv4-compatible, RFC 4291"),
        Block("::ffff:0:0", 96, "IPv4-mapped, RFC 4291"),
        Block("::ffff:0:0:0", 96, "IPv4-translated, RFC 2765"),
        Block("64:ff9b::", 96, "NAT64, RFC 6052"),
        Block("64:ff9b:1::", 48, "NAT64, RFC 8215"),
        Block("100::", 64, "discarded, RFC 6666"),
        Block("100:0:0:1::", 64, "dummy, RFC 9780"),
        Block("2001::", 23, "protocol assignments (Teredo among them), RFC 2928"),
        Block("2001:db8::", 32, "documentation, RFC 3849"),
        Block("2002::", 16, "6to4, RFC 3056"),
        Block("2620:4f:8000::", 48, "AS112, RFC 7534"),
        Block("3fff::", 20, "documentation, RFC 9637"),
        Block("5f00::", 16, "segment routing, RFC 9602"),
        Block("fc00::", 7, "unique local, RFC 4193"),
        Block("fe80::", 10, "link-local, RFC 4291"),
        Block("fec0::", 10, "site-local, RFC 3879"),
        Block("ff00::", 8, "multicast, RFC 4291"),
    ]
}
