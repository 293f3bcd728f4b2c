/// A member of staff.
public enum StaffMember: Named { public static let idPrefix = "staff" }
public typealias StaffID = ID<StaffMember>

/// A user, merchant or representative.
public enum PartyMember: Named { public static let idPrefix = "party" }
public typealias PartyID = ID<PartyMember>

/// Who did it. Every event names one; time itself is an actor, because a deadline that passes is a fact nobody typed.
public enum Actor: Hashable, Sendable {
    case staff(StaffID)
    case party(PartyID)
    /// Another system, by its registered name: `exchange`, `import-cfpb`. 1…32 of `a–z 0–9 -`.
    case machine(String)
    /// The timer that turns due instants into events.
    case clock
}

extension Actor: CustomStringConvertible, LosslessStringConvertible {
    public var description: String {
        switch self {
        case .staff(let id): id.description
        case .party(let id): id.description
        case .machine(let name): "machine:" + name
        case .clock: "clock"
        }
    }

    public init?(_ text: String) {
        if text == "clock" {
            self = .clock
        } else if let id = StaffID(text) {
            self = .staff(id)
        } else if let id = PartyID(text) {
            self = .party(id)
        } else if text.hasPrefix("machine:"), 9...40 ~= text.utf8.count,
            text.utf8.dropFirst(8).allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 })
        {
            self = .machine(String(text.dropFirst(8)))
        } else {
            return nil
        }
    }
}

extension Actor: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let actor = Actor(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not an actor")
        }
        self = actor
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
