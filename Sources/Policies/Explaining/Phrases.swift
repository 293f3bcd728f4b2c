import Chronicle
import Timekeeping

/// How the parts of a pack are said in words; the diff and the explanation share them.
extension SilenceRule {
    /// `OUT-REL after 12 h with PEN-NCOOP (note)`
    var phrase: String {
        switch self {
        case .decideOnFile: "decide on what is on file"
        case .extendOnce: "extend the evidence window once, then decide on file"
        case .outcome(let outcome, let notBefore, let needsProof, let penalty, let note):
            outcome.text + (needsProof ? " on proof" : "") + (notBefore.map { " after \(Measure.elapsed($0).phrase())" } ?? "")
                + (penalty.map { " with \($0)" } ?? "")
                + (note.map { " (\($0))" } ?? "")
        }
    }
}

extension EntryAction {
    /// As the pack writes it; pages say it the same.
    package var phrase: String {
        switch self {
        case .start(let clock): "start \(clock)"
        case .stop(let clock): "stop \(clock)"
        case .cancel(let clock): "cancel \(clock)"
        case .requestEvidence(let clock): "request-evidence by \(clock)"
        case .hold: "hold"
        case .liftHold: "lift-hold"
        case .settle: "settle"
        case .send(let letter, let audience): "send \(letter) to \(audience.rawValue)"
        }
    }
}

extension [Condition] {
    /// `second-key is free and money is moves`
    var phrase: String { map(\.description).joined(separator: " and ") }
}

extension ClockRule {
    /// `10 business days of MY`, with what differs from the usual: `24 h, net, paused at most 48 h, extended at most once`.
    var phrase: String {
        var parts = [measure.phrase()]
        if measure.countsDays, let zone { parts.append("counted in \(zone)") }
        if measure.countsDays, ends != .endOfDay { parts.append("ending at \(ends.rawValue)") }
        if let calendar = movesOffClosedDaysOf { parts.append("moved off closed days of \(calendar)") }
        if kind == .net { parts.append("net") }
        if let max = pauseTotalMax { parts.append("paused at most \(Measure.elapsed(max).phrase())") }
        if extensionsMax > 0 { parts.append("extended at most \(extensionsMax == 1 ? "once" : "\(extensionsMax) times")") }
        return parts.joined(separator: ", ")
    }
}

extension PenaltyStep {
    /// `7 d and 20 points`
    var phrase: String {
        let lasts: String =
            switch duration {
            case .none: "no restriction"
            case .lasting(let span): span.description
            case .permanent: "for ever"
            }
        return "\(lasts) and \(points) point\(points == 1 ? "" : "s")"
    }
}

extension Template {
    /// The text with its holes as the pack writes them.
    var written: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let field): "{\(field.rawValue)}"
            }
        }.joined()
    }
}
