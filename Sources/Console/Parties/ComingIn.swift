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
                return .goOn(to: Visit.local(visit.request["next"]) ?? "/my", setting: [SessionCookie.setting(opened.session)])
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

    func title(_ visit: Visit) -> String { visit.phrases("p_enter_title") }
    func fields(_ visit: Visit) -> Fields { ["next": .text(next ?? ""), "in": .flag(isIn), "problem": Field(problem)] }
}
