import Chronicle
import Disputes
import Policies
import Timekeeping
import Wire

/// What people, things and codes of a case are called on its page.
struct CaseNames: Sendable {
    let detail: CaseDetail
    let words: Vocabulary
    let phrases: Phrases

    func title(_ code: some CustomStringConvertible) -> String { detail.titles[code.description] ?? code.description }

    func principal(_ side: Side) -> PartyView? { detail.parties.first { $0.side == side && $0.represents == nil } ?? detail.parties.first { $0.side == side } }

    func name(_ party: PartyView) -> String { party.account ?? phrases("party_short", String(party.id.crockford.suffix(6))) }

    func name(_ id: PartyID?) -> String {
        detail.parties.first { $0.id == id }.map(name) ?? id.map { phrases("party_short", String($0.crockford.suffix(6))) } ?? ""
    }

    func chair(_ party: PartyView) -> String { phrases("chair.\(party.capacity.rawValue)") }

    func name(_ actor: Actor, _ handles: [StaffID: String] = [:]) -> String {
        switch actor {
        case .staff(let id): detail.staff[id.description] ?? handles[id] ?? phrases("staff")
        case .party(let id): name(id)
        case .machine(let name): name
        case .clock: phrases("clock_actor")
        }
    }

    func holder(_ holder: Holder) -> String {
        switch holder {
        case .staff: phrases("staff").firstUpper
        case .partyA: principal(.filer).map { "\(name($0)), \(chair($0))" } ?? phrases("side.filer")
        case .partyB: principal(.other).map { "\(name($0)), \(chair($0))" } ?? phrases("side.other")
        case .third: phrases("holder.third")
        case .system: phrases("holder.system")
        case .legalHold: phrases("legal_hold")
        }
    }

    func audience(_ audience: Audience) -> String {
        switch audience {
        case .parties: phrases("sees.parties")
        case .staff: phrases("sees.staff")
        case .authority: phrases("sees.authority")
        case .filer: phrases("sees.one", principal(.filer).map(name) ?? phrases("side.filer"))
        case .other: phrases("sees.one", principal(.other).map(name) ?? phrases("side.other"))
        }
    }

    /// The claim as a sentence for somebody who knows nothing of codes.
    var headline: String {
        let filer = principal(.filer)
        let reason = words.title(of: detail.summary.reason)
        let who = filer.map { "\(chair($0).firstUpper) \(name($0))" } ?? phrases("somebody")
        guard let order = detail.order else {
            return detail.summary.amount.map { phrases("headline_order", who, $0.written, reason.firstLower) } ?? phrases("headline", who, reason.firstLower)
        }
        let about = order.fiat.map { phrases("for_fiat", order.amount.written, $0.written) } ?? order.amount.written
        let answer = principal(.other).map { phrases(detail.answered ? "has_answered" : "has_not_answered", "\(chair($0)) \(name($0))") } ?? ""
        return phrases("headline_order", who, about, reason.firstLower) + (answer.isEmpty ? "" : " \(answer.firstUpper).")
    }

    func spoken(_ words: Words?) -> String? {
        switch words?.state {
        case nil: nil
        case .said?: words?.text
        case .erased?: phrases("erased")
        case .sealed?: phrases("sealed")
        }
    }
}

extension String {
    var firstUpper: String { prefix(1).uppercased() + dropFirst() }
    /// Not of a word that is all capitals.
    var firstLower: String { dropFirst().first?.isUppercase ?? true ? self : prefix(1).lowercased() + dropFirst() }
}

extension Int64 {
    /// 212 kB, 18.4 MB
    var asFileSize: String {
        switch self {
        case ..<1_000: "\(self) B"
        case ..<1_000_000: "\(self / 1_000) kB"
        default: "\(self / 1_000_000).\(self % 1_000_000 / 100_000) MB"
        }
    }
}
