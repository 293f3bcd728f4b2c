import HTTPTypes
import Hummingbird
import NIOCore
import RecourseClient
import Synchronization
import Wire

/// A browser's request, as pages read it.
struct PageRequest: Sendable {
    let method: HTTPRequest.Method
    /// Percent-decoded parts of the path.
    let parts: [String]
    let path: String
    let query: [String: String]
    /// Fields of a form; several of one name in their order.
    private(set) var form: [String: [String]]
    /// Files of a form, by the name of their field.
    private(set) var files: [String: Multipart.File]
    let session: String?
    let cookies: [String: String]
    /// A page of this desk sent it.
    let isOwn: Bool
    /// Somebody else's page, or a mail, led here.
    let isFromElsewhere: Bool
    let languages: String
    let wantsJSON: Bool
    /// Its form has a file in it: that is megabytes.
    let bringsFile: Bool

    /// Longest form that is read: a ruling with long reasons is a few kilobytes.
    private static let formBytesMax = 1 << 20

    /// What it says before its form: enough to answer in the reader's words where the form cannot be read.
    init(headOf request: Request) {
        method = request.method
        path = request.uri.path
        parts = path.split(separator: "/", omittingEmptySubsequences: true).map { PercentText.decoded($0) ?? "" }
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
        bringsFile = request.method == .post && Multipart.boundary(of: request.headers[.contentType] ?? "") != nil
        (form, files) = ([:], [:])
    }

    init(_ request: Request) async throws(Problem) {
        self.init(headOf: request)
        guard request.method == .post else { return }
        let type = request.headers[.contentType] ?? ""
        if let boundary = Multipart.boundary(of: type) {
            let sent = try await PageRequest.multipart(request, boundary)
            (form, files) = (sent.fields, sent.files)
            return
        }
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw Problem(.wrongMediaType, "a page sends its forms as application/x-www-form-urlencoded, and as multipart/form-data with a file")
        }
        do {
            let body = try await request.body.collect(upTo: PageRequest.formBytesMax)
            (form, files) = (FormText.fields(String(buffer: body)), [:])
        } catch {
            throw Problem(.tooLarge, "the form is longer than \(PageRequest.formBytesMax) bytes, or did not come whole")
        }
    }

    private static func multipart(_ request: Request, _ boundary: String) async throws(Problem) -> Multipart {
        try FormsWithFiles.enter()
        defer { FormsWithFiles.leave() }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: Multipart.bytesMax) } catch {
            throw Problem(.tooLarge, "The file is larger than \(Multipart.bytesMax >> 20) MB, or did not come whole. With scripts on, larger ones go in parts.")
        }
        return try Multipart(Array(body.readableBytesView), boundary: boundary)
    }

    /// Path and query, encoded anew.
    var address: String {
        let encoded = path.split(separator: "/").map { RecourseClient.encoded(PercentText.decoded($0) ?? "") }.joined(separator: "/")
        return RecourseClient.address("/" + encoded, query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// A field of the form, without blanks around it; `nil` where it is empty.
    subscript(field: String) -> String? {
        let text = (form[field]?.last ?? "").replacing("\r\n", with: "\n").trimmed
        return text.isEmpty ? nil : text
    }
}

/// Forms with files are held in memory while they are read: so only some at a time.
private enum FormsWithFiles {
    private static let atOnceMax = 4
    private static let now = Mutex(0)

    static func enter() throws(Problem) {
        let isFree = now.withLock { count in
            guard count < atOnceMax else { return false }
            count += 1
            return true
        }
        guard isFree else { throw Problem(.unavailable, "many files are on their way at the moment; send it again in a minute", retryAfterSeconds: 60) }
    }

    static func leave() { now.withLock { $0 -= 1 } }
}

/// Text as forms and addresses carry it.
enum FormText {
    static func fields(_ text: some StringProtocol) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decoded(String(halves[0]).replacing("+", with: " ")),
                let value = halves.count == 2 ? PercentText.decoded(String(halves[1]).replacing("+", with: " ")) : ""
            else { continue }
            fields[name, default: []].append(value)
        }
        return fields
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
