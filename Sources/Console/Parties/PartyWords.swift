import Chronicle
import Disputes
import Policies
import Wire

/// What codes are called to parties: in our plain words where there are some, in the pack's otherwise.
struct PartyWords: Sendable {
    let phrases: Phrases

    /// `the buyer`
    func the(_ capacity: Filer) -> String { phrases.known("p_the.\(capacity.rawValue)") ?? phrases("p_the.other") }
    /// `The buyer`
    func The(_ capacity: Filer) -> String { the(capacity).capitalizedFirst }

    /// The claim in the first person, as whoever files it would say it.
    func claim(_ reason: ReasonCode, pack title: String?) -> String { phrases.known("p_why.\(reason)") ?? title ?? reason.text }

    func evidence(_ code: EvidenceCode, pack title: String?) -> String { phrases.known("p_ev.\(code)") ?? title ?? code.text }

    /// How to make it and what must be seen in it.
    func howTo(_ code: EvidenceCode) -> String? { phrases.known("p_ev_how.\(code)") }

    /// What came of the case, as one side reads it: about its coins.
    func outcome(_ code: OutcomeCode, to capacity: Filer?, _ amount: String?, pack title: String?) -> String {
        if let capacity, let amount, let own = phrases.known("p_out.\(code).\(capacity.rawValue)") { return own.replacing("{}", with: amount) }
        if let words = phrases.known("p_out.\(code)") { return words }
        return phrases("p_out", title.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? code.text)
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
    /// As a sentence: problems begin small, as they stand after a colon elsewhere.
    var sentence: String { isEmpty || "“.!?".contains(last ?? ".") ? capitalizedFirst : capitalizedFirst + "." }
}

extension Visit {
    var words: PartyWords { PartyWords(phrases: phrases) }

    /// `14:05`, and whose time that is where the browser has not said which is the reader's.
    func when(_ instant: Instant) -> String { clock.short(instant) + (zone.secondsFromGMT() == 0 ? " UTC" : "") }

    /// A phrase with HTML of ours in its place.
    func markup(_ name: String, _ inner: Markup) -> Markup { Markup(phrases(name).escaped.replacing("{}", with: inner.html)) }

    /// Why something was not done, as somebody reads it who does not know the desk's words.
    func told(_ problem: Problem, isGuest: Bool) -> String {
        if problem.code == .notPermitted, isGuest { return phrases("p_guest_cannot") }
        return phrases.known("p_problem.\(problem.code.rawValue)") ?? problem.detail.sentence
    }
}

extension ID {
    /// When it was made: the first 48 bits.
    var made: Instant { Instant(milliseconds: Int64(bits >> 80)) }
}
