import Chronicle
import Disputes
import Policies

/// What happened to a staff account. Standing (roles, certificate) is a fold of these.
public enum StaffEvent: EventFamily {
    case registered(StaffRegistered)
    case changed(StaffChanged)
    case left(StaffLeft)

    public var type: EventType {
        switch self {
        case .registered: StaffRegistered.type
        case .changed: StaffChanged.type
        case .left: StaffLeft.type
        }
    }

    public func payload() throws -> [UInt8] {
        switch self {
        case .registered(let body): try LedgerJSON.encode(body)
        case .changed(let body): try LedgerJSON.encode(body)
        case .left(let body): try LedgerJSON.encode(body)
        }
    }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> StaffEvent {
        switch type {
        case StaffRegistered.type: .registered(try LedgerJSON.decode(StaffRegistered.self, from: payload))
        case StaffChanged.type: .changed(try LedgerJSON.decode(StaffChanged.self, from: payload))
        case StaffLeft.type: .left(try LedgerJSON.decode(StaffLeft.self, from: payload))
        default: throw UnknownEvent(type)
        }
    }

    public static var catalogue: [EventType] { [StaffRegistered.type, StaffChanged.type, StaffLeft.type] }
}

/// Somebody joined the desk.
public struct StaffRegistered: Codable, Hashable, Sendable {
    public static let type = EventType("staff-registered")
    /// What they sign in with; an alias, not a legal name.
    public let handle: String
    public let standing: StaffStanding
}

/// Their roles, certificate, languages, skills or site are these now.
public struct StaffChanged: Codable, Hashable, Sendable {
    public static let type = EventType("staff-changed")
    public let standing: StaffStanding
}

public struct StaffLeft: Codable, Hashable, Sendable {
    public static let type = EventType("staff-left")
}

/// An account as its events have made it.
public struct StaffAccount: Fold, Hashable {
    public private(set) var handle = ""
    public private(set) var standing: StaffStanding?
    public private(set) var active = false

    public init() {}

    public mutating func apply(_ event: Recorded<StaffEvent>) {
        switch event.body {
        case .registered(let body): (handle, standing, active) = (body.handle, body.standing, true)
        case .changed(let body): standing = body.standing
        case .left: active = false
        }
    }
}
