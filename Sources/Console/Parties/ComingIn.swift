import Foundation
import RecourseClient
import Wire

extension Route {
    /// Where the exchange sends its users: `/enter#<token>`. What stands behind the `#` no browser sends by itself; the page's script puts it into the
    /// form, and a person presses the button.
    static let comingIn: [Route] = [
        Route(.get, "/enter", for: .anyone) { visit in
            try visit.render(EnterPage(next: visit.request.query["next"], isIn: visit.session?.kind == .party))
        },
        Route(.post, "/enter", for: .anyone) { visit in
            let token = visit.request["token"] ?? ""
            do {
                let opened = try await visit.client.enterAsParty(PartyEntryBody(token: token))
                let account = EnterPage.account(in: token).map { ["\(EnterPage.accountCookie)=\(RecourseClient.encoded($0)); \(EnterPage.cookieTerms)"] }
                return .goOn(to: Visit.local(visit.request["next"]) ?? "/my", setting: [SessionCookie.setting(opened.session)] + (account ?? []))
            } catch let problem as Problem where problem.status < 500 {
                let said = problem.code == .unidentified ? visit.phrases("p_enter_refused") : problem.detail
                return try visit.render(EnterPage(next: visit.request["next"], isIn: false, problem: said), status: problem.status)
            }
        },
    ]
}

struct EnterPage: Page {
    static let template = "portal-enter"
    static let layout = "portal"
    let next: String?
    /// They are in already.
    let isIn: Bool
    var problem: String?

    /// What the exchange calls whoever came in; only fills a field in for them, the desk itself knows who they are.
    static let accountCookie = "__Host-account"
    static let cookieTerms = "Path=/; Secure; HttpOnly; SameSite=Strict"

    func title(_ visit: Visit) -> String { visit.phrases("p_enter_title") }
    func fields(_ visit: Visit) -> Fields { ["next": .text(next ?? ""), "in": .flag(isIn), "problem": Field(problem)] }

    private struct Claims: Decodable { let sub: String }

    /// The account a token names. Asked of tokens the desk has taken, whose signature is proven.
    static func account(in token: String) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let standard = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), let claims = try? JSONDecoder().decode(Claims.self, from: data) else { return nil }
        return claims.sub
    }
}
