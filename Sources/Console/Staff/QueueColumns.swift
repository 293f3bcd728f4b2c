import Wire

/// Which columns stand in somebody's queue. The case itself always does: behind the deadline and the number where those lead.
struct QueueColumns {
    let chosen: [QueueColumn]
    /// They chose, and not the house.
    let isOwn: Bool

    init(_ arrangement: ArrangementView?) {
        let known = arrangement?.columns?.compactMap(QueueColumn.init) ?? []
        (chosen, isOwn) = known.isEmpty ? (QueueColumn.usual, false) : (known, true)
    }

    /// `nil` stands for the case itself.
    var inOrder: [QueueColumn?] {
        let leading = chosen.prefix { $0 == .due || $0 == .number }
        return leading.map { $0 } + [nil] + chosen.dropFirst(leading.count).map { $0 }
    }

    /// So many with the one for choosing rows.
    var count: Int { chosen.count + 2 }

    func style(_ column: QueueColumn?) -> String {
        switch column {
        case nil: "c-what"
        case .due?: "c-due"
        case .number?: "c-code"
        case .amount?: "c-amount"
        case .step?: "c-step"
        case .owner?: "c-owner"
        // Those nobody asked for are the first to go where there is no room.
        case .tier?, .code?: isOwn ? "c-code c-more" : "c-code c-extra"
        case .language?, .opened?, .order?, .kind?: "c-at c-more"
        }
    }

    /// The name of its heading's words.
    static func word(_ column: QueueColumn?) -> String {
        switch column {
        case nil: "about"
        case .due?: "due"
        case .number?: "case"
        case .amount?: "amount"
        case .step?: "step"
        case .owner?: "owner"
        case .tier?: "tier"
        case .code?: "reason_code"
        case .language?: "language"
        case .opened?: "opened"
        case .order?: "order"
        case .kind?: "type"
        }
    }

    /// Which cell it is, as the template asks: everything but one is false.
    func cell(_ column: QueueColumn?, _ text: String) -> Fields {
        let kinds: [(String, QueueColumn?)] = [("isWhat", nil), ("isDue", .due), ("isAmount", .amount), ("isOwner", .owner)]
        var fields: Fields = ["style": .text(style(column)), "text": .text(text)]
        for (name, kind) in kinds { fields[name] = .flag(column == kind) }
        fields["isText"] = .flag(!kinds.contains { $0.1 == column })
        return fields
    }
}
