import Testing

@testable import Console

@Suite("What is written into a page")
struct EscapingTests {
    static let phrases = try? Phrases(language: "en", text: "hello = Say “hello” & <wave>")

    private func render(_ template: String, _ fields: Fields) throws -> String {
        try Templates(["page": template]).render("page", fields, try #require(Self.phrases)).html
    }

    @Test(
        "Text of anybody comes out as text, between tags and in an attribute",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("\" onfocus=\"x", "&quot; onfocus=&quot;x"),
            ("' onfocus='x", "&#39; onfocus=&#39;x"), ("&lt;", "&amp;lt;"), ("a\0b", "a\u{FFFD}b"), ("\"\u{301}", "&quot;\u{301}"),
            ("{{w.hello}}", "{{w.hello}}"), ("{}", "{}"), ("", ""),
        ])
    func text(said: String, written: String) throws {
        #expect(try render("<p>{{said}}</p>", ["said": .text(said)]) == "<p>\(written)</p>")
        #expect(try render("<p title=\"{{said}}\">", ["said": .text(said)]) == "<p title=\"\(written)\">")
        #expect(try render("{{#list}}{{said}}{{/list}}", ["list": .list([["said": .text(said)]])]) == written)
    }

    @Test("Our own words are escaped, too")
    func words() throws { #expect(try render("{{w.hello}}", [:]) == "Say “hello” &amp; &lt;wave&gt;") }

    @Test("A template that would not escape, asks for what is not given, or names a part that is not there, is refused")
    func strict() throws {
        #expect(throws: Templates.Fault.self) { try render("{{{said}}}", ["said": "x"]) }
        #expect(throws: Templates.Fault.self) { try render("{{& said}}", ["said": "x"]) }
        #expect(throws: Templates.Fault.self) { try render("{{said}}", [:]) }
        #expect(throws: Templates.Fault.self) { try render("{{w.nothing}}", [:]) }
        #expect(throws: Templates.Fault.self) { try render("{{> nothing}}", [:]) }
    }

    @Test("All templates of the house can be read")
    func all() throws { _ = try Templates(Resources.templates) }
}
