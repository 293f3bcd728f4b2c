import Timekeeping

/// What can move a case from one step to the next. Closed: a pack wires triggers to steps, it cannot invent one.
public enum Trigger: Hashable, Sendable {
    case admitted
    case refused
    case withdrawn
    /// The other side disputed the claim.
    case answered
    /// The other side agreed to the claim.
    case conceded
    case offerAccepted
    /// A party asked for staff: negotiation failed.
    case staffCalled
    /// The clock with this code ran out.
    case deadline(ClockCode)
    /// Nothing asked for is outstanding any more.
    case evidenceSettled
    /// The agent has seen enough.
    case concluded
    case ruled
    case approved
    case returned
    case settlementConfirmed
    case settlementFailed
    case appealFiled
    /// The appeal left the ruling as it was, or changed it.
    case appealUpheld
    case appealChanged
    /// The panel could not be single: an appeal of the next level was filed or required.
    case appealEscalated
    /// The parties moved the escrow themselves.
    case escrowMoved
    case responded
    case schemeWon
    case schemeLost
    case schemeAdvanced
    case legalHoldPlaced
    case legalHoldLifted
    case reopened
    case closedByStaff
}

extension Trigger: CustomStringConvertible, LosslessStringConvertible {
    private static let plain: [(String, Trigger)] = [
        ("admitted", .admitted), ("refused", .refused), ("withdrawn", .withdrawn), ("answered", .answered), ("conceded", .conceded),
        ("offer-accepted", .offerAccepted), ("staff-called", .staffCalled), ("evidence-settled", .evidenceSettled),
        ("concluded", .concluded), ("ruled", .ruled), ("approved", .approved), ("returned", .returned),
        ("settlement-confirmed", .settlementConfirmed), ("settlement-failed", .settlementFailed), ("appeal-filed", .appealFiled),
        ("appeal-upheld", .appealUpheld), ("appeal-changed", .appealChanged), ("appeal-escalated", .appealEscalated),
        ("escrow-moved", .escrowMoved), ("responded", .responded), ("scheme-won", .schemeWon), ("scheme-lost", .schemeLost),
        ("scheme-advanced", .schemeAdvanced), ("legal-hold-placed", .legalHoldPlaced), ("legal-hold-lifted", .legalHoldLifted),
        ("reopened", .reopened), ("closed-by-staff", .closedByStaff),
    ]

    /// As packs write it: `ruled`, `deadline negotiation`.
    public var description: String {
        if case .deadline(let clock) = self { return "deadline \(clock)" }
        return Trigger.plain.first { $0.1 == self }?.0 ?? ""
    }

    public init?(_ text: String) {
        if text.hasPrefix("deadline "), let clock = ClockCode(String(text.dropFirst(9))) {
            self = .deadline(clock)
        } else if let found = Trigger.plain.first(where: { $0.0 == text }) {
            self = found.1
        } else {
            return nil
        }
    }

    /// Every trigger without a clock, as packs write them.
    public static var names: [String] { plain.map(\.0) }
}

extension Trigger: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let trigger = Trigger(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a trigger")
        }
        self = trigger
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
