import Testing

@testable import Runtime

@Suite("Addresses and paths")
struct AddressesTests {
    @Test(
        "Addresses that may be asked: https, and http only of this machine",
        arguments: [
            ("https://sso.example", "https://sso.example"), ("https://sso.example:8443/realms/a?b=c", "https://sso.example:8443"),
            ("http://127.0.0.1:9400/x", "http://127.0.0.1:9400"), ("http://localhost", "http://localhost"), ("http://[::1]:80/", "http://[::1]:80"),
            ("https://[2001:db8::1]/", "https://[2001:db8::1]"),
        ])
    func addresses(_ text: String, _ origin: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.text == text && address.origin == origin && address.isEncrypted == text.hasPrefix("https"))
    }

    @Test(
        "What could be read as another address than it is, is none",
        arguments: [
            "http://sso.example", "https://", "https:///path", "https:sso.example", "//sso.example", "sso.example", "HTTPS://sso.example", "ftp://sso.example",
            "https://user@sso.example", "https://127.0.0.1:80@evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:80@evil.example",
            "https://sso.example/#a", "https://sso.example/a b", "https://sso.example/\r\n", #"https://evil.example\@sso.example"#, "https://sso.example:0",
            "https://sso.example:+80", "https://sso.example:80:80", "https://sso.example:65536", "https://ssö.example", "http://localhost:", "https://[::1",
            "http://0x7f.1", "http://2130706433", "https://sso.example/\u{0}", "https://" + String(repeating: "a", count: 2_000),
        ])
    func noAddresses(_ text: String) { #expect(WebAddress(text) == nil) }

    @Test("Fields are added to what is in an address, and encoded")
    func adding() throws {
        #expect(try #require(WebAddress("https://a.example/x")).adding([("a", "b c&d=ü")]) == "https://a.example/x?a=b%20c%26d%3D%C3%BC")
        #expect(try #require(WebAddress("https://a.example/x?y=1")).adding([("a", "b")]) == "https://a.example/x?y=1&a=b")
        #expect(try #require(WebAddress("https://a.example/x?")).adding([("a", "b")]) == "https://a.example/x?a=b")
    }

    @Test("Paths of this desk", arguments: ["/", "/cases", "/v1/cases/case_01JD?a=1&b=2", "/a%20b", "/a/../b", "/a:b@c"])
    func paths(_ text: String) { #expect(LocalPath(text)?.text == text) }

    @Test(
        "What a browser could take to another place is no path of this desk",
        arguments: [
            "", "cases", "//evil.example", "///evil.example", #"/\evil.example"#, #"\/evil.example"#, "https://evil.example", "https:evil.example",
            "javascript:alert(1)", " /cases", "/a\r\nLocation: x", "/a\nb", "/\t/evil.example", "/a#b", "/<b>", #"/a"b"#, "/a'b", "/ü", "/\u{0}", "/\u{FF0F}x",
            "/" + String(repeating: "a", count: 500),
        ])
    func noPaths(_ text: String) { #expect(LocalPath(text) == nil) }

    @Test("The word of a link is read back, and nothing near it")
    func words() throws {
        let token = LinkToken(id: LinkID(bits: 7), secret: [UInt8](repeating: 1, count: 32))
        #expect(LinkToken(token.text) == token)
        for near in [String(token.text.dropLast()), token.text + "A", "rk" + token.text.dropFirst(2), token.text.replacing("_", with: "-")] {
            #expect(LinkToken(near) == nil, "\(near)")
        }
    }
}
