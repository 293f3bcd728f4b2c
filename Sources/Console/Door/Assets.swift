import HTTPTypes
import Hummingbird
import NIOCore

/// Styles and script, under names that change with their content: a browser may keep them for ever.
struct Assets: Sendable {
    private let files: [String: (bytes: [UInt8], type: String)]

    init(_ files: [String: [UInt8]]) {
        self.files = files.reduce(into: [:]) { $0["/assets/" + $1.key] = ($1.value, Assets.type(of: $1.key)) }
    }

    func response(to request: Request) -> Response? {
        guard request.method == .get || request.method == .head, let file = files[request.uri.path] else { return nil }
        return Response(
            status: .ok, headers: [.contentType: file.type, .cacheControl: "public, max-age=3600"], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    private static func type(of name: String) -> String { name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8" }
}
