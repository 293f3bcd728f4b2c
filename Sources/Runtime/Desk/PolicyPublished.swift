import Chronicle
import Policies

/// A pack came into force. The pack's files lie in the log itself: whoever has the log has the rules every case was judged by.
public struct PolicyPublished: Codable, Hashable, Sendable {
    public static let type = EventType("policy-published")
    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    public let files: [File]

    public struct File: Codable, Hashable, Sendable {
        public let path: String
        public let text: String
    }
}

/// Events of the one stream `policy`.
public enum PolicyEvent: EventFamily {
    case published(PolicyPublished)

    public static let stream = "policy"

    public var type: EventType { PolicyPublished.type }
    public func payload() throws -> [UInt8] { if case .published(let body) = self { try LedgerJSON.encode(body) } else { [] } }
    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> PolicyEvent {
        guard type == PolicyPublished.type else { throw UnknownEvent(type) }
        return .published(try LedgerJSON.decode(PolicyPublished.self, from: payload))
    }
    public static var catalogue: [EventType] { [PolicyPublished.type] }
}
