import HTTPTypes
import Wire

/// One page or one act of a page: where it is, whom it is for, and what it does.
struct Route: Sendable {
    enum Audience: Sendable { case anyone, staff, party }

    let method: HTTPRequest.Method
    private let pattern: [String]
    let audience: Audience
    let run: @Sendable (Visit) async throws -> PageReply

    /// - Parameter path: `/cases/{case}/message`
    init(_ method: HTTPRequest.Method, _ path: String, for audience: Audience, run: @escaping @Sendable (Visit) async throws -> PageReply) {
        (self.method, self.audience, self.run) = (method, audience, run)
        pattern = path.split(separator: "/").map(String.init)
    }

    static let all: [Route] =
        signingIn + queue + bulk + news + myDesk + attending + cases + deskPages + wallboard + parties + administration + access + studio + design

    static func find(_ request: PageRequest) -> (Route, [String: String])? {
        for route in all where route.method == request.method || route.method == .get && request.method == .head {
            if let parameters = route.match(request.parts) { return (route, parameters) }
        }
        return nil
    }

    private func match(_ parts: [String]) -> [String: String]? {
        guard parts.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (wanted, part) in zip(pattern, parts) {
            if wanted.first == "{" { parameters[String(wanted.dropFirst().dropLast())] = part } else if wanted != part { return nil }
        }
        return parameters
    }

    /// Throws `.unidentified` for whoever must sign in first.
    func admit(_ session: SessionView?) throws(Problem) {
        switch (audience, session?.kind) {
        case (.anyone, _), (.staff, .staff?), (.party, .party?): return
        case (_, nil): throw Problem(.unidentified, "sign in first")
        case (.staff, _): throw Problem(.notPermitted, "this page is for the people who work here")
        case (.party, _): throw Problem(.notPermitted, "this page is for buyers, sellers and merchants")
        }
    }
}
