import Foundation
import RecourseClient
import Testing

@testable import API
@testable import Runtime

/// A browser, as far as signing in needs one: it keeps the cookies it is given, shows them, and goes where it is told.
final class Browser {
    let served: ServedDesk
    private(set) var cookies: [String: String] = [:]

    init(_ served: ServedDesk) { self.served = served }

    @discardableResult
    func open(_ path: String, at location: SourceLocation = #_sourceLocation) async throws -> Reply { try await ask("GET", path, nil, at: location) }

    func ask(
        _ method: String, _ path: String, _ body: String?, mediaType: String = "application/json", headers: [(String, String)] = [],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        let shown = cookies.isEmpty ? [] : [("Cookie", cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))]
        let reply = try await served.call(
            method, path, as: .nobody, body, mediaType: mediaType, headers: shown + [("Sec-Fetch-Site", "same-origin")] + headers, at: location)
        for set in (reply.headers["set-cookie"] ?? "").components(separatedBy: ", ") {
            let pair = set.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            cookies[String(pair[0])] = set.contains("Max-Age=0") ? nil : String(pair[1])
        }
        return reply
    }

    var session: ServedDesk.Who? { cookies[Identity.cookie].map { .key($0) } }

    /// What was begun in this browser may be had by another: stolen, or fixed.
    func takeCookies(of other: Browser) { cookies = other.cookies }

    /// Begins, and gives back where the provider is.
    func begin(_ query: String = "", at location: SourceLocation = #_sourceLocation) async throws -> String {
        let reply = try await open("/v1/sign-in/oidc/sso" + query, at: location)
        #expect(reply.status == 303, "\(reply.text)", sourceLocation: location)
        return reply.headers["location"] ?? ""
    }

    /// Comes back with what the provider gave.
    func comeBack(_ fields: [(String, String)], to provider: String = "sso", at location: SourceLocation = #_sourceLocation) async throws -> Reply {
        try await open(RecourseClient.address("/v1/sign-in/oidc/\(provider)/callback", fields), at: location)
    }
}
