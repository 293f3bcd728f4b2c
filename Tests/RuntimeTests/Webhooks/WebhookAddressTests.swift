import Testing

@testable import Runtime

@Suite("Addresses of webhooks")
struct WebhookAddressTests {
    @Test(
        "A plain address is read, and written from what was read",
        arguments: [
            ("https://hooks.example.com/recourse", "https://hooks.example.com/recourse", "hooks.example.com"),
            ("HTTPS://Hooks.Example.COM", "https://hooks.example.com/", "hooks.example.com"),
            ("https://hooks.example.com:443/a", "https://hooks.example.com/a", "hooks.example.com"),
            ("https://hooks.example.com:8443/a?b=c&d=%2F", "https://hooks.example.com:8443/a?b=c&d=%2F", "hooks.example.com:8443"),
            ("https://hooks.example.com?x=1", "https://hooks.example.com/?x=1", "hooks.example.com"),
            ("https://93.184.216.34/a", "https://93.184.216.34/a", "93.184.216.34"),
            ("https://[2606:4700::1]:444/", "https://[2606:4700:0:0:0:0:0:1]:444/", "[2606:4700:0:0:0:0:0:1]:444"),
            ("http://127.0.0.1:8091/in", "http://127.0.0.1:8091/in", "127.0.0.1:8091"),
            ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ])
    func read(typed: String, written: String, place: String) throws {
        let address = try WebhookAddress(typed)
        #expect(address.text == written)
        #expect(address.place == place)
        #expect(try WebhookAddress(written) == address)
    }

    @Test(
        "What could be read in two ways is not read at all",
        arguments: [
            "", "hooks.example.com", "ftp://example.com/", "//example.com", "https:/example.com", "https://", "https:///x", "https://user@example.com/",
            "https://user:pw@example.com/", "https://example.com:pw@127.0.0.1/", "https://example.com\\@127.0.0.1/", "https://example.com#@127.0.0.1/",
            "https://example.com/#f", "https://exa mple.com/", "https://example.com/a b", "https://example.com/\n", "https://exämple.com/", "https://例え.jp/",
            "https://①②⑦.0.0.1/", "https://example。com/", "https://example.com./", "https://.example.com/", "https://example..com/", "https://-a.example.com/",
            "https://a_b.example.com/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:/", "https://example.com:80x/",
            "https://example.com:+80/", "https://0x7f.1/", "https://2130706433/", "https://017700000001/", "https://127.1/", "https://0177.0.0.1/",
            "https://127.0.0.1./", "https://1.2.3.4.5/", "https://example.0x1/", "https://[::1/", "https://[::1%25lo]/", "https://[127.0.0.1]/",
            "https://::1/", "https://example.com/%zz", "https://example.com/%2", "https://example.com/[x]",
            "https://" + String(repeating: "a", count: 2_050) + ".com/",
            "https://" + String(repeating: "a", count: 64) + ".com/",
        ])
    func refused(typed: String) { #expect(throws: WebhookRefusal.self) { try WebhookAddress(typed) } }

    @Test(
        "Names within a network, and plain http, are for trying things out",
        arguments: ["https://localhost/", "https://intranet/", "https://x.localhost/", "http://example.com/", "https://127.0.0.1/", "https://[::1]/"])
    func local(typed: String) throws {
        let address = try WebhookAddress(typed)
        #expect(throws: WebhookRefusal.self) { try WebhookGuard(allowsLocal: false).judge(address) }
    }

    @Test(
        "Where this machine is allowed, it is that and nothing else",
        arguments: ["http://127.0.0.1:1/", "http://localhost:1/", "https://[::1]/", "http://hooks.example.com/"])
    func allowed(typed: String) throws { try WebhookGuard(allowsLocal: true).judge(try WebhookAddress(typed)) }

    @Test(
        "A private address stays refused where this machine is allowed",
        arguments: ["http://10.0.0.1/", "http://169.254.169.254/", "http://[fe80::1]/", "http://0.0.0.0/", "http://intranet/"])
    func stillRefused(typed: String) throws {
        let address = try WebhookAddress(typed)
        #expect(throws: WebhookRefusal.self) { try WebhookGuard(allowsLocal: true).judge(address) }
    }

    @Test("One address among many that is not allowed refuses the name")
    func choosing() throws {
        let (good, bad) = (try #require(NetworkAddress("93.184.216.34")), try #require(NetworkAddress("10.1.2.3")))
        let door = WebhookGuard(allowsLocal: false)
        #expect(try door.choose([good], of: "x") == good)
        for addresses in [[good, bad], [bad, good], [bad], []] { #expect(throws: WebhookRefusal.self) { try door.choose(addresses, of: "x") } }
    }
}
