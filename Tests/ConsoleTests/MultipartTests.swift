import Foundation
import Testing
import Wire

@testable import Console

@Suite("Forms with files")
struct MultipartTests {
    static let b = "----WebKitFormBoundaryAbc123"

    static func bytes(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").replacing("BOUNDARY", with: b).utf8) }

    struct Content: Sendable, CustomTestStringConvertible {
        let what: String
        let text: String
        var fields: [String: [String]] = [:]
        var files: [String: Multipart.File] = [:]
        var testDescription: String { what }
    }

    static let good: [Content] = [
        Content(what: "nothing in it", text: "--BOUNDARY--\n"),
        Content(
            what: "a field", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"type\"\n\nEV-VIDEO\n--BOUNDARY--\n", fields: ["type": ["EV-VIDEO"]]),
        Content(
            what: "without the last line's end", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n1\n--BOUNDARY--", fields: ["a": ["1"]]),
        Content(
            what: "one field twice",
            text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n1\n--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n\n--BOUNDARY--\n",
            fields: ["a": ["1", ""]]),
        Content(
            what: "a file, and a name in another script",
            text: "--BOUNDARY\ncontent-disposition: form-data; name=\"file\"; filename=\"领收书.pdf\"\nContent-Type: application/pdf\n\n%PDF-1.7\n--BOUNDARY--\n",
            files: ["file": .init(name: "领收书.pdf", mediaType: "application/pdf", bytes: Array("%PDF-1.7".utf8))]),
        Content(
            what: "a file with line ends and half a boundary in it",
            text:
                "--BOUNDARY\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\nContent-Type: text/plain\n\n\n--BOUNDAR\n\n--\n--BOUNDARY--\n",
            files: ["file": .init(name: "a.txt", mediaType: "text/plain", bytes: bytes("\n--BOUNDAR\n\n--"))]),
        Content(
            what: "a quotation mark in a name, as browsers write it",
            text: "--BOUNDARY\nContent-Disposition: form-data; name=\"file\"; filename=\"my %22best%22.png\"\nContent-Type: image/png\n\nx\n--BOUNDARY--\n",
            files: ["file": .init(name: "my \"best\".png", mediaType: "image/png", bytes: [120])]),
        Content(
            what: "a name that is a path",
            text: "--BOUNDARY\nContent-Disposition: form-data; name=\"file\"; filename=\"../..\\etc/passwd\"\n\nx\n--BOUNDARY--\n",
            files: ["file": .init(name: "passwd", mediaType: "application/octet-stream", bytes: [120])]),
        Content(
            what: "no file chosen",
            text: "--BOUNDARY\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\nContent-Type: application/octet-stream\n\n\n--BOUNDARY--\n"),
    ]

    @Test("What a browser sends is read as it was meant", arguments: good)
    func read(content: Content) throws {
        let form = try Multipart(Self.bytes(content.text), boundary: Self.b)
        #expect(form.fields == content.fields)
        #expect(form.files == content.files)
    }

    static let bad: [Content] = [
        Content(what: "empty", text: ""),
        Content(what: "something before it", text: "hello\n--BOUNDARY--\n"),
        Content(what: "another boundary", text: "--OTHER\nContent-Disposition: form-data; name=\"a\"\n\n1\n--OTHER--\n"),
        Content(what: "broken off in a part", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n1"),
        Content(what: "broken off in a head", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\""),
        Content(what: "broken off after a boundary", text: "--BOUNDARY"),
        Content(what: "something after its end", text: "--BOUNDARY--\n--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n1\n--BOUNDARY--\n"),
        Content(what: "a longer word that begins like the boundary", text: "--BOUNDARYx\nContent-Disposition: form-data; name=\"a\"\n\n1\n--BOUNDARY--\n"),
        Content(what: "no name", text: "--BOUNDARY\nContent-Disposition: form-data\n\n1\n--BOUNDARY--\n"),
        Content(what: "an empty name", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"\"\n\n1\n--BOUNDARY--\n"),
        Content(what: "no disposition", text: "--BOUNDARY\nContent-Type: text/plain\n\n1\n--BOUNDARY--\n"),
        Content(what: "an attachment", text: "--BOUNDARY\nContent-Disposition: attachment; name=\"a\"\n\n1\n--BOUNDARY--\n"),
        Content(what: "a name without marks", text: "--BOUNDARY\nContent-Disposition: form-data; name=a\n\n1\n--BOUNDARY--\n"),
        Content(what: "a name without an end", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\n\n1\n--BOUNDARY--\n"),
        Content(what: "two names", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\n\n1\n--BOUNDARY--\n"),
        Content(
            what: "two dispositions",
            text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\nContent-Disposition: form-data; name=\"b\"\n\n1\n--BOUNDARY--\n"),
        Content(
            what: "two kinds",
            text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"; filename=\"x\"\nContent-Type: a/b\nContent-Type: c/d\n\n1\n--BOUNDARY--\n"),
        Content(
            what: "an encoded part", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\nContent-Transfer-Encoding: base64\n\nMQ==\n--BOUNDARY--\n"),
        Content(what: "a line without a colon", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\nnonsense\n\n1\n--BOUNDARY--\n"),
        Content(
            what: "two files of one name",
            text:
                "--BOUNDARY\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\n\n1\n--BOUNDARY\nContent-Disposition: form-data; name=\"f\"; filename=\"b\"\n\n2\n--BOUNDARY--\n"
        ),
        Content(what: "a head without an end", text: "--BOUNDARY\nX: \(String(repeating: "x", count: 5_000))\n\n1\n--BOUNDARY--\n"),
        Content(
            what: "a very long text", text: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n\(String(repeating: "x", count: 70_000))\n--BOUNDARY--\n"
        ),
        Content(
            what: "a great many fields",
            text: String(repeating: "--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n1\n", count: 40) + "--BOUNDARY--\n"),
    ]

    @Test("What could be read in two ways, or is no form, is refused", arguments: bad)
    func refused(content: Content) {
        #expect(throws: Problem.self) { try Multipart(Self.bytes(content.text), boundary: Self.b) }
    }

    @Test("A text that is no UTF-8 is refused; a file may be anything")
    func notText() throws {
        let text = Self.bytes("--BOUNDARY\nContent-Disposition: form-data; name=\"a\"\n\n") + [0xFF, 0xFE] + Self.bytes("\n--BOUNDARY--\n")
        #expect(throws: Problem.self) { try Multipart(text, boundary: Self.b) }
        let file =
            Self.bytes("--BOUNDARY\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\n\n") + [0, 0xFF, 13, 10, 0] + Self.bytes("\n--BOUNDARY--\n")
        #expect(try Multipart(file, boundary: Self.b).files["a"]?.bytes == [0, 0xFF, 13, 10, 0])
    }

    @Test("However a form is cut, it is refused or read, and never fallen over")
    func cut() throws {
        let whole = Self.bytes(Self.good[4].text)
        for length in 0..<whole.count - 2 { #expect(throws: Problem.self) { try Multipart(Array(whole.prefix(length)), boundary: Self.b) } }
        #expect(try Multipart(Array(whole.prefix(whole.count - 2)), boundary: Self.b).files.count == 1)
    }

    @Test(
        "The boundary is read out of the type",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", nil), ("multipart/form-data; boundary=\"abc\"", "abc"),
            ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil), ("multipart/mixed; boundary=abc", nil),
            ("application/x-www-form-urlencoded", nil), ("multipart/form-data; charset=utf-8; boundary=abc", nil),
            ("multipart/form-data; boundary=\(String(repeating: "x", count: 71))", nil), ("multipart/form-data; boundary=a\rb", nil),
        ] as [(String, String?)])
    func boundary(type: String, expected: String?) { #expect(Multipart.boundary(of: type) == expected) }
}
