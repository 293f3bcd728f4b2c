/// What of an event may leave the house unasked: ids, codes, amounts, instants, counts. Deny by default: a field goes out only where its name is
/// listed here and its value has the look of one of these; a text somebody wrote, a sealed box and a field of tomorrow stay.
extension JSONValue {
    /// The body of an event of this kind, as far as it may leave; `nil` where nothing of it may.
    public func idsAndCodes(of kind: String) -> JSONValue? {
        // As another system had it, in that system's words.
        guard kind != "history-imported" else { return nil }
        return kept(under: kind)
    }

    private func kept(under name: String) -> JSONValue? {
        switch self {
        case .null: return nil
        case .boolean, .integer: return self
        case .text(let text): return JSONValue.looksLikeACode(text, named: name) ? self : nil
        case .list(let items):
            let kept = items.compactMap { $0.kept(under: name) }
            return kept.isEmpty ? nil : .list(kept)
        case .object(let fields):
            // A sealed box, whatever it is called.
            guard fields["box"] == nil else { return nil }
            var kept: [String: JSONValue] = [:]
            for (field, value) in fields where JSONValue.mayLeave(field, under: name) { kept[field] = value.kept(under: field) }
            return kept.isEmpty ? nil : .object(kept)
        }
    }

    private static func mayLeave(_ field: String, under name: String) -> Bool { fields.contains(field) || fieldsByPlace[name]?.contains(field) == true }

    /// Fields that hold an id, a code, an amount, an instant, a number or a truth wherever they stand, or more fields.
    private static let fields: Set<String> = [
        // who and what
        "case", "by", "buyer", "seller", "of", "to", "from", "into", "id", "child", "duplicate", "incident", "complaint", "request", "offer", "first",
        "second", "instruction", "appeal", "ruling", "exhibit", "staff", "point", "order", "beneficiary", "merchant", "party",
        // codes
        "caseType", "workflow", "start", "step", "phase", "holder", "how", "ground", "kind", "tier", "capacity", "side", "language", "jurisdiction", "rail",
        "channel", "type", "types", "clock", "regime", "regimes", "level", "audience", "letter", "result", "code", "bearer", "what", "mediaType", "method",
        "assistance", "outcome", "fault", "penalty", "compensation", "cost", "key",
        // amounts
        "amount", "fiat", "value", "terms", "toBuyer", "toSeller",
        // instants
        "due", "started", "asked", "until", "expires", "filed",
        // numbers and truths
        "number", "panelSize", "bytes", "simulated", "escrowHeld", "newEvidence", "accepted", "disputes", "removed", "needsSecondKey",
        // more fields
        "claim", "parties", "answers", "release", "returnToSeller", "split", "compensate", "credit", "deductDeposit",
    ]

    /// Fields that elsewhere hold what somebody wrote.
    private static let fieldsByPlace: [String: Set<String>] = [
        "claim": ["reason"], "order": ["reference"], "escrow-moved": ["reference"],
    ]

    /// `P2P-B01`, `party_01JD…`, `2026-03-02T04:00:00Z`, `video/mp4`; `1200.000000 USDT`; and of the key of a deadline two such, `clock decision`.
    private static func looksLikeACode(_ text: String, named name: String) -> Bool {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch words.count {
        case 1: return isWord(words[0])
        case 2: return isWord(words[0]) && isWord(words[1]) && (name == "key" || isNumber(words[0]))
        default: return false
        }
    }

    private static func isWord(_ word: Substring) -> Bool {
        1...80 ~= word.utf8.count
            && word.utf8.allSatisfy { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || "-._:/+#".utf8.contains($0) }
    }

    private static func isNumber(_ word: Substring) -> Bool { word.utf8.allSatisfy { 48...57 ~= $0 || $0 == 46 || $0 == 45 } }
}
