import Chronicle
import Disputes

/// Names a webhook: `hook_…`.
public enum WebhookKind: Named { public static let idPrefix = "hook" }
public typealias WebhookID = ID<WebhookKind>

/// A system of the operator's that is told what happens to cases. Its secrets are not in here.
public struct Webhook: Hashable, Sendable {
    public let id: WebhookID
    public var address: WebhookAddress
    public var kinds: WebhookKinds
    /// What it is for, in a word or two.
    public var label: String
    public var standing: Standing
    /// When it came to stand so.
    public var since: Instant
    public let made: Instant
    /// Version of its stream: whoever changes it says which one they saw.
    var version: Int

    public enum Standing: Hashable, Sendable {
        case enabled
        /// Nothing is sent; what happens meanwhile is sent once it is enabled again.
        case disabled(because: String)
    }

    public var isEnabled: Bool { standing == .enabled }

    public static let countMax = 64
    public static let labelCharactersMax = 100
    /// How long an old secret signs beside the new one, unless said otherwise.
    public static let overlap = Span.hours(24)
    public static let overlapMax = Span.days(7)
    /// Without a single success for so long, it is disabled.
    public static let failingMax = Span.days(5)
    /// How long deliveries that ended can be looked up.
    public static let deliveriesKept = Span.days(30)

    /// The same for an event each time it is sent, so that a receiver can tell what it has.
    public static func messageID(_ id: WebhookID, _ sequence: Int64) -> String { "msg_\(id.crockford)_\(sequence)" }
}

/// Which kinds of events a webhook wants: some of the closed list, or all there are and will be.
public enum WebhookKinds: Hashable, Sendable {
    case every
    case some([String])

    /// Every kind of event of a case, in the order a case meets them.
    public static let all: [String] = {
        var seen: Set<String> = []
        return CaseEvent.catalogue.map(\.name).filter { seen.insert($0).inserted }
    }()

    /// None named is all. Throws `.unknownKind` for a name that is not on the list.
    public init(_ names: [String]) throws(WebhookRefusal) {
        if let unknown = names.first(where: { !WebhookKinds.all.contains($0) }) { throw .unknownKind(unknown) }
        self = names.isEmpty ? .every : .some(WebhookKinds.all.filter(names.contains))
    }

    /// The names, none for all.
    public var names: [String] { if case .some(let names) = self { names } else { [] } }

    func wants(_ kind: String) -> Bool { if case .some(let names) = self { names.contains(kind) } else { WebhookKinds.all.contains(kind) } }
}
