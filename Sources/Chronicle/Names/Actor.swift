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
        var text = text
        guard let actor = text.withUTF8({ Actor(utf8: $0) }) else { return nil }
        self = actor
    }
}

extension Actor: LedgerScalar {
    package static var scalarNoun: String { "an actor" }

    package init?(utf8: UnsafeBufferPointer<UInt8>) {
        if let id = StaffID(utf8: utf8) {
            self = .staff(id)
        } else if let id = PartyID(utf8: utf8) {
            self = .party(id)
        } else if utf8.elementsEqual("clock".utf8) {
            self = .clock
        } else if utf8.starts(with: "machine:".utf8), 9...40 ~= utf8.count,
            utf8.dropFirst(8).allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 })
        {
            self = .machine(String(decoding: utf8.dropFirst(8), as: UTF8.self))
        } else {
            return nil
        }
    }

    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        switch self {
        case .staff(let id): try id.withTextForm(body)
        case .party(let id): try id.withTextForm(body)
        case .machine, .clock:
            var text = description
            try text.withUTF8(body)
        }
    }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    public func encode(to encoder: any Encoder) throws { try writing(to: encoder) }
}
