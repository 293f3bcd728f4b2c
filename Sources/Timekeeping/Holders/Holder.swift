/// Who has the next move in a case. Every moment of a case's life has exactly one holder, so no time is lost or counted twice.
public enum Holder: String, Hashable, Sendable, Codable, CaseIterable {
    case staff
    case partyA = "party-a"
    case partyB = "party-b"
    /// A bank, the police, another exchange.
    case third
    /// Our own machinery, including its outages.
    case system
    /// A court or an authority has frozen the matter.
    case legalHold = "legal-hold"

    /// Time that the desk answers for. An outage of ours is ours: it never makes a case look quicker.
    public var isAccountable: Bool {
        switch self {
        case .staff, .system: true
        case .partyA, .partyB, .third, .legalHold: false
        }
    }
}
