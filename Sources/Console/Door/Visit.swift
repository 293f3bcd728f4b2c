import Chronicle
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import RecourseClient
import Wire

/// One look at a page: who looks, through whom the desk is asked, in which words and whose time.
struct Visit: Sendable {
    let request: PageRequest
    let parameters: [String: String]
    let client: RecourseClient
    var session: SessionView?
    let console: DeskPages
    /// In the language they keep, else in the one their browser asks for.
    var phrases: Phrases
    /// The zone they keep, else their device's.
    var zone: TimeZone
    let now: Instant
    /// How they like their desk, for staff.
    var arrangement: ArrangementView?

    var clock: Clockface { Clockface(now: now, zone: zone, phrases: phrases) }

    /// Reads how they like their desk. Who has still to show a code has not arranged anything yet.
    mutating func arrange() async {
        arrangement = try? await client.showArrangement()
        if let kept = arrangement?.language.flatMap({ console.languages[$0] }) { phrases = kept }
        if let kept = arrangement?.zone.flatMap(TimeZone.init(identifier:)) { zone = kept }
    }

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The page whole: what is its own, in the frame of its audience.
    func render(_ page: some Page, status: Int = 200, nav: Fields? = nil) throws -> PageReply {
        let main = try console.templates.render(type(of: page).template, page.fields(self), phrases)
        let layout = type(of: page).layout
        let frame: Fields = [
            "title": .text(page.title(self)), "language": .text(phrases.language), "now": .text(now.description), "main": .markup(main),
            "portal": .flag(layout == "portal"),
            "rehearsal": .flag(console.isRehearsal), "said": Field(request.query["said"].flatMap { phrases.known("said.\($0)") }),
            "here": .text(request.method == .get ? request.address : "/my"), "languages": .list(languageChoices),
            "sent": Field(request.query["sent"]), "nav": nav.map { .group($0) } ?? .none,
        ]
        return .page(try console.templates.render(layout, frame, phrases), status: status)
    }

    /// The same address once more, from here: so the browser shows its cookie.
    func stepAside() -> Response {
        let html = "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url=\(request.address.escaped)\"><title>Recourse</title>"
        return PageReply.page(Markup(html), status: 200).response
    }
}

/// What a page is made of. One template, and the fields it is filled with.
protocol Page: Sendable {
    static var template: String { get }
    static var layout: String { get }
    func title(_ visit: Visit) -> String
    func fields(_ visit: Visit) throws -> Fields
}

extension Page {
    static var layout: String { "staff" }
}

/// What goes back to the browser.
enum PageReply: Sendable {
    case page(Markup, status: Int)
    case goOn(to: String, setting: [String] = [])
    case bytes([UInt8], type: String, status: Int = 200)
    /// A file to keep, and no page.
    case download([UInt8], name: String, type: String)

    static func json(_ body: some WireBody, status: Int = 200) throws -> PageReply {
        .bytes(try body.json(), type: "application/json; charset=utf-8", status: status)
    }

    /// Scripts, styles and pictures of this desk and nobody else's; forms that go nowhere else; no frames.
    static let contentSecurityPolicy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """

    var response: Response {
        var headers = HTTPFields()
        headers[.contentSecurityPolicy] = PageReply.contentSecurityPolicy
        switch self {
        case .page(let markup, let status):
            headers[.contentType] = "text/html; charset=utf-8"
            return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(string: markup.html)))
        case .goOn(let path, let cookies):
            headers[.location] = path
            for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
            return Response(status: .seeOther, headers: headers)
        case .download(let bytes, let name, let type):
            headers[.contentType] = type
            headers[.contentDisposition] = "attachment; filename=\"\(name)\""
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .bytes(let bytes, let type, let status):
            headers[.contentType] = type
            return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }
}
