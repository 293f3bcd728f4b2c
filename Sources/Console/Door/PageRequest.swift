import HTTPTypes
import Hummingbird
import NIOCore
import RecourseClient
import Wire

/// A browser's request, as pages read it.
struct PageRequest: Sendable {
    let method: HTTPRequest.Method
    /// Percent-decoded parts of the path.
    let parts: [String]
    let path: String
    let query: [String: String]
    /// Fields of a form; several of one name in their order.
    let form: [String: [String]]
    let session: String?
    let cookies: [String: String]
    /// A page of this desk sent it.
    let isOwn: Bool
    /// Somebody else's page, or a mail, led here.
    let isFromElsewhere: Bool
    let languages: String
    let wantsJSON: Bool

    /// Longest form that is read: a ruling with long reasons is a few kilobytes.
    private static let formBytesMax = 1 << 20

    init(_ request: Request) async throws(Problem) {
        method = request.method
        path = request.uri.path
        parts = path.split(separator: "/", omittingEmptySubsequences: true).map { FormText.decoded($0) ?? "" }
        query = FormText.fields(request.uri.query ?? "").mapValues { $0.last ?? "" }
        var cookies: [String: String] = [:]
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                guard let sign = pair.firstIndex(of: "=") else { continue }
                let name = String(pair[..<sign].drop { $0 == " " })
                if cookies[name] == nil { cookies[name] = String(pair[pair.index(after: sign)...]) }
            }
        }
        self.cookies = cookies
        session = cookies[SessionCookie.name]
        let site = request.headers[.fetchSite]
        let origin = request.headers[.origin].map { $0.split(separator: "/").last.map(String.init) == request.head.authority }
        isOwn = site == "same-origin" || site == nil && origin == true
        isFromElsewhere = site == "cross-site" || site == "same-site"
        languages = request.headers[.acceptLanguage] ?? ""
        wantsJSON = request.headers[.accept]?.contains("application/json") ?? false
        guard request.method == .post else {
            form = [:]
            return
        }
        let isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        guard isForm else { throw Problem(.wrongMediaType, "a page sends its forms as application/x-www-form-urlencoded") }
        do {
            let body = try await request.body.collect(upTo: PageRequest.formBytesMax)
            form = FormText.fields(String(buffer: body))
        } catch {
            throw Problem(.tooLarge, "the form is longer than \(PageRequest.formBytesMax) bytes, or did not come whole")
        }
    }

    /// Path and query, encoded anew.
    var address: String {
        let encoded = path.split(separator: "/").map { RecourseClient.encoded(FormText.decoded($0) ?? "") }.joined(separator: "/")
        return RecourseClient.address("/" + encoded, query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// A field of the form, without blanks around it; `nil` where it is empty.
    subscript(field: String) -> String? {
        let text = (form[field]?.last ?? "").replacing("\r\n", with: "\n").trimmed
        return text.isEmpty ? nil : text
    }
}

/// Text as forms and addresses carry it.
enum FormText {
    static func fields(_ text: some StringProtocol) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(String(halves[0]).replacing("+", with: " ")),
                let value = halves.count == 2 ? decoded(String(halves[1]).replacing("+", with: " ")) : ""
            else { continue }
            fields[name, default: []].append(value)
        }
        return fields
    }

    /// `nil` where it is no percent-encoded UTF-8.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(hex), let low = rest.next().flatMap(hex) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension String {
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}

extension HTTPField.Name {
    /// What page a browser's request comes from (W3C Fetch Metadata).
    fileprivate static let fetchSite: HTTPField.Name = {
        guard let name = HTTPField.Name("Sec-Fetch-Site") else { preconditionFailure("that is the name of a header") }
        return name
    }()
}
