import Testing

@testable import Runtime

/// Where the desk sends and where not, address by address.
@Suite("Addresses webhooks may go to")
struct AddressJudgementTests {
    @Test(
        "Somebody's on the internet is reachable",
        arguments: [
            "8.8.8.8", "1.1.1.1", "93.184.216.34", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
            "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "168.63.129.15", "2606:4700:4700::1111", "2a00:1450:4001::1",
            "2001:4860:4860::8888", "2400:cb00::1", "2001:200::", "2003::1", "3ffe::1",
        ])
    func reachable(text: String) throws { #expect(AddressJudgement(try #require(NetworkAddress(text))) == .reachable) }

    @Test("This machine itself is loopback", arguments: ["127.0.0.1", "127.0.0.0", "127.255.255.255", "127.1.2.3", "::1"])
    func loopback(text: String) throws { #expect(AddressJudgement(try #require(NetworkAddress(text))) == .loopback) }

    @Test(
        "Everything else is in a block with a purpose of its own, and which one is said",
        arguments: [
            ("0.0.0.0", "RFC 791"), ("0.255.255.255", "RFC 791"), ("10.0.0.0", "RFC 1918"), ("10.255.255.255", "RFC 1918"), ("100.64.0.0", "RFC 6598"),
            ("100.127.255.255", "RFC 6598"), ("169.254.169.254", "RFC 3927"), ("169.254.0.0", "RFC 3927"), ("172.16.0.0", "RFC 1918"),
            ("172.31.255.255", "RFC 1918"), ("192.0.0.1", "RFC 6890"), ("192.0.0.192", "RFC 6890"), ("192.0.2.1", "RFC 5737"), ("192.31.196.1", "RFC 7535"),
            ("192.52.193.1", "RFC 7450"), ("192.88.99.1", "RFC 7526"), ("192.168.0.1", "RFC 1918"), ("192.168.255.255", "RFC 1918"),
            ("192.175.48.1", "RFC 7534"),
            ("198.18.0.0", "RFC 2544"), ("198.19.255.255", "RFC 2544"), ("198.51.100.7", "RFC 5737"), ("203.0.113.7", "RFC 5737"), ("224.0.0.1", "RFC 5771"),
            ("239.255.255.255", "RFC 5771"), ("240.0.0.1", "RFC 1112"), ("255.255.255.254", "RFC 1112"), ("255.255.255.255", "RFC 919"),
            ("168.63.129.16", "Azure"), ("::", "unspecified"), ("::7f00:1", "IPv4-compatible"), ("::8.8.8.8", "IPv4-compatible"),
            ("::ffff:127.0.0.1", "IPv4-mapped"), ("::ffff:8.8.8.8", "IPv4-mapped"), ("::ffff:0:127.0.0.1", "IPv4-translated"), ("64:ff9b::127.0.0.1", "NAT64"),
            ("64:ff9b::8.8.8.8", "NAT64"), ("64:ff9b:1::1", "RFC 8215"), ("100::1", "RFC 6666"), ("100:0:0:1::1", "RFC 9780"), ("2001::1", "Teredo"),
            ("2001:2::1", "protocol assignments"), ("2001:1ff:ffff::", "protocol assignments"), ("2001:db8::1", "RFC 3849"), ("2002:7f00:1::1", "6to4"),
            ("2620:4f:8000::1", "AS112"), ("3fff::1", "RFC 9637"), ("5f00::1", "RFC 9602"), ("fc00::1", "RFC 4193"), ("fd00:ec2::254", "RFC 4193"),
            ("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "RFC 4193"), ("fe80::1", "link-local"), ("febf::1", "link-local"), ("fec0::1", "site-local"),
            ("ff02::1", "multicast"), ("4000::1", "not allocated"), ("1fff::1", "not allocated"), ("::2:0:0:0:0", "not allocated"),
        ])
    func special(text: String, block: String) throws {
        let judgement = AddressJudgement(try #require(NetworkAddress(text)))
        guard case .special(let name) = judgement else {
            Issue.record("\(text) is \(judgement)")
            return
        }
        #expect(name.contains(block), "\(text): \(name)")
    }

    @Test("Every block of the tables could be read, and its first and last address are in it")
    func tables() {
        for (blocks, bits) in [(AddressJudgement.v4, 32), (AddressJudgement.v6, 128)] {
            for block in blocks {
                #expect(block.length > 0, "\(block.name)")
                let size = bits == block.length ? 0 : (UInt128(1) << UInt128(bits - block.length)) - 1
                #expect(block.first & size == 0, "\(block.name) does not begin at its own prefix")
                for address in [block.first, block.first | size] {
                    let judged = AddressJudgement(bits == 32 ? .v4(UInt32(address)) : .v6(address))
                    #expect(judged != .reachable, "\(block.name)")
                }
            }
        }
    }

    @Test(
        "Spellings that only some readers take for an address are none",
        arguments: [
            "", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "127.0.0.01", "127.0.0.1.", "127.0.0", "127.0.0.256", "127.0.0.-1",
            "１２７.0.0.1", " 127.0.0.1", "::1%lo", "[::1]", ":::1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "::127.0.0.1.1", "::0x1",
            ":1", "1:",
            "::ffff:127.1", "1:2:3:4:5:6:7::8:9",
        ])
    func odd(text: String) { #expect(NetworkAddress(text) == nil) }

    @Test(
        "An address is read as what it is",
        arguments: [
            ("203.0.113.7", "203.0.113.7"), ("0.0.0.0", "0.0.0.0"), ("::", "0:0:0:0:0:0:0:0"), ("::1", "0:0:0:0:0:0:0:1"), ("1::", "1:0:0:0:0:0:0:0"),
            ("2001:DB8::8:800:200c:417a", "2001:db8:0:0:8:800:200c:417a"), ("::ffff:129.144.52.38", "0:0:0:0:0:ffff:8190:3426"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ])
    func read(text: String, written: String) { #expect(NetworkAddress(text)?.description == written) }
}
