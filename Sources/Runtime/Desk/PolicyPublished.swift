import Chronicle
import Policies

/// A pack was approved. The pack's files lie in the log itself: whoever has the log has the rules every case was judged by.
public struct PolicyPublished: Codable, Hashable, Sendable {
    public static let type = EventType("policy-published")
    public let hash: PolicyHash
    public let title: String
    public let version: String
    /// In force from this day (UTC) on where it was proposed and approved; at once where an operator published it alone.
    public let effectiveFrom: CivilDate
    public let files: [File]
    /// What was approved: the version of the stream at which it was proposed.
    public let proposal: Int?

    public struct File: Codable, Hashable, Sendable {
        public let path: String
        public let text: String
    }
}

/// Somebody proposed the next pack; somebody else approves or declines it.
public struct PolicyProposed: Codable, Hashable, Sendable {
    public static let type = EventType("policy-proposed")
    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    /// Why it is proposed. No personal data.
    public let reason: String
    public let files: [PolicyPublished.File]
}

/// A proposed pack was turned down.
public struct PolicyDeclined: Codable, Hashable, Sendable {
    public static let type = EventType("policy-declined")
    public let proposal: Int
    public let reason: String
}

/// Events of the one stream `policy`.
public enum PolicyEvent: EventFamily {
    case published(PolicyPublished)
    case proposed(PolicyProposed)
    case declined(PolicyDeclined)

    public static let stream = "policy"

    private var body: any Codable {
        switch self {
        case .published(let body): body
        case .proposed(let body): body
        case .declined(let body): body
        }
    }

    public var type: EventType {
        switch self {
        case .published: PolicyPublished.type
        case .proposed: PolicyProposed.type
        case .declined: PolicyDeclined.type
        }
    }

    public func payload() throws -> [UInt8] { try LedgerJSON.encode(body) }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> PolicyEvent {
        switch type {
        case PolicyPublished.type: .published(try LedgerJSON.decode(PolicyPublished.self, from: payload))
        case PolicyProposed.type: .proposed(try LedgerJSON.decode(PolicyProposed.self, from: payload))
        case PolicyDeclined.type: .declined(try LedgerJSON.decode(PolicyDeclined.self, from: payload))
        default: throw UnknownEvent(type)
        }
    }

    public static var catalogue: [EventType] { [PolicyPublished.type, PolicyProposed.type, PolicyDeclined.type] }
}
