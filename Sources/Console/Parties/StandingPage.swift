import Chronicle
import Disputes
import Wire

/// How a merchant stands with this desk. Every number says of how many, and what nobody told the desk is said to be unknown, not guessed.
struct StandingPage: Page {
    static let template = "portal-standing"
    static let layout = "portal"
    let standing: StandingView

    func title(_ visit: Visit) -> String { visit.phrases("p_standing_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        var lines: [Fields] = []
        func line(_ name: String, _ value: String, _ about: String?, href: String? = nil) {
            lines.append(["name": .text(phrases(name)), "value": .text(value), "about": Field(about), "href": Field(href)])
        }
        line("p_standing_open", standing.open.grouped, phrases.counted("p_standing_waiting", standing.waiting), href: "/my?show=open")
        line("p_standing_closed", standing.closed.grouped, phrases("p_standing_settled", standing.settled.grouped), href: "/my?show=closed")
        let decided = standing.decided
        if decided.cases > 0 {
            line("p_standing_against", phrases("p_of", decided.against.grouped, decided.cases.grouped), phrases("p_standing_against_about"))
            line(
                "p_standing_favoured", phrases("p_of", decided.favoured.grouped, decided.cases.grouped), phrases("p_standing_neither", decided.neither.grouped))
        } else {
            line("p_standing_against", phrases("p_standing_none"), phrases("p_standing_none_about"))
        }
        line("p_standing_points", standing.points.grouped, phrases("p_standing_points_about"))
        let deposit = standing.merchant?.deposit.map(\.written)
        line("p_standing_deposit", deposit ?? phrases("p_unknown"), standing.merchant.map { phrases("p_standing_said", visit.when($0.said)) })
        line("p_standing_completion", phrases("p_unknown"), phrases("p_standing_completion_about"))
        return [
            "account": Field(standing.account), "tier": Field(standing.merchant?.tier), "lines": .list(lines), "partial": .flag(standing.partial),
            "any_penalties": .flag(!standing.penalties.isEmpty),
            "penalties": .list(
                standing.penalties.map { penalty in
                    [
                        "title": .text(penalty.title), "points": .text(phrases.counted("p_points", penalty.points)),
                        "href": .text("/my/cases/\(penalty.dispute.crockford.suffix(8))"), "short": .text(String(penalty.dispute.crockford.suffix(8))),
                    ]
                }),
        ]
    }
}
