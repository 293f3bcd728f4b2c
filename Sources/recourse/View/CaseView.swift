import Chronicle
import Disputes
import Policies
import Wire

/// One case as the desk shows it to whoever asks, on a screen.
struct CaseView {
    let detail: CaseDetail
    let messages: [MessageView]
    let people: People
    let screen: Screen
    let now: Instant

    /// Only the latest are shown; `case history` has them all.
    static let messagesMax = 5

    init(_ detail: CaseDetail, _ messages: [MessageView], _ screen: Screen, now: Instant) {
        (self.detail, self.messages, self.screen, self.now) = (detail, messages.suffix(CaseView.messagesMax), screen, now)
        people = People(detail)
    }

    func show() {
        showHead()
        showSides()
        showClocks()
        showTimeline()
        showOffers()
        showRuling()
        showAppeals()
        showMessages()
        showNext()
    }

    var summary: CaseSummary { detail.summary }
    var moments: Moments { Moments(now: now) }
    var isClosed: Bool { summary.phase == .closed }

    /// What the pack calls a code; the code itself where it says nothing.
    func title(_ code: some CustomStringConvertible) -> String { detail.titles[code.description] ?? code.description }

    /// The person whose chair it is, not who speaks for them.
    func principal(_ side: Side) -> PartyView? { detail.parties.first { $0.side == side && $0.represents == nil } }
}

extension Words {
    /// As far as it can be read, safe for a terminal.
    var shown: String {
        switch state {
        case .said: harmless(text ?? "")
        case .erased: "(erased)"
        case .sealed: "(sealed; the key is not in this store)"
        }
    }
}
