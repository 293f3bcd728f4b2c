import HTTPTypes
import Hummingbird
import NIOCore
import RecourseClient

/// What happens, for a page that is open: which case changed, and no more. The page offers to show it; nothing moves under anybody's hand.
enum Live {
    static let path = "/live"

    /// - Parameter of: only of this case; of every one the reader may see, without. On a page of staff (`looking`) the line also tells the others that
    ///   its reader is there, and its reader of the others.
    static func response(to request: PageRequest, after last: String?, of dispute: String?, desk: DeskPages.Desk) async -> Response {
        var headers = HTTPFields()
        if let session = request.session { headers[.authorization] = "Bearer \(session)" }
        if let last, let name = HTTPField.Name("Last-Event-ID") { headers[name] = last }
        let isLooking = request.query["looking"] != nil
        let watch = !isLooking ? [] : dispute.map { [("looking_at", $0)] } ?? [("presence", "true")]
        let head = HTTPRequest(method: .get, scheme: "http", authority: "desk", path: RecourseClient.address("/v1/stream", watch), headerFields: headers)
        let response = await desk(Request(head: head, body: RequestBody(buffer: ByteBuffer())))
        guard response.status == .ok else { return response }
        // The desk writes whole frames.
        let body = response.body.map { ByteBuffer(string: Live.frames(String(buffer: $0), of: dispute)) }
        return Response(status: .ok, headers: response.headers, body: body)
    }

    /// Frames of the desk's stream as a page wants them: an id and the case. What is no case's is left out; comments, which keep the line alive, stay.
    static func frames(_ text: String, of dispute: String?) -> String {
        var out = ""
        for frame in text.split(separator: "\n\n", omittingEmptySubsequences: true) {
            let lines = frame.split(separator: "\n")
            guard let id = lines.first(where: { $0.hasPrefix("id: ") }), let data = lines.first(where: { $0.hasPrefix("data: ") }) else {
                out += frame + "\n\n"
                continue
            }
            guard let start = data.firstRange(of: "\"case_")?.lowerBound else { continue }
            let changed = data[data.index(after: start)...].prefix { $0 != "\"" }
            if let dispute, dispute != changed { continue }
            out += "\(id)\ndata: \(changed)\n\n"
        }
        return out
    }
}
