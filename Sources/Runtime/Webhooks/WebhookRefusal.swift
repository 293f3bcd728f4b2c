import Chronicle
import Disputes

/// Why a webhook was not made, changed or sent.
public enum WebhookRefusal: Error, Hashable, Sendable {
    case notAnAddress(String)
    case notEncrypted
    /// A host in a spelling that other readers take for something else.
    case oddHost(String)
    case localName(String)
    case unresolved(String)
    /// An address in a block that is nobody's on the internet.
    case special(NetworkAddress, String)
    case unknownKind(String)
    case labelLength
    case tooMany
    case overlapTooLong
    case unknown(String)
    case unknownDelivery(Int64)
    /// Nothing goes to it before it is enabled again.
    case disabled(WebhookID)
    case beyondLog(head: Int64)
    /// The desk was started without a way to send.
    case notSending
}

extension WebhookRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnAddress(let why): "that is no address for a webhook: \(why)"
        case .notEncrypted: "webhooks go to https addresses only"
        case .oddHost(let host): "“\(host)” is no host: a name with its domain, without a dot at the end, or an address as four numbers or in [ ]"
        case .localName(let name): "“\(name)” is a name within a network; webhooks go to names with a domain"
        case .unresolved(let name): "“\(name)” cannot be resolved"
        case .special(let address, let block): "\(address) is not on the internet (\(block)); webhooks do not go there"
        case .unknownKind(let kind): "“\(kind)” is no kind of event of a case; there are: \(WebhookKinds.all.joined(separator: ", "))"
        case .labelLength: "say in 1 to \(Webhook.labelCharactersMax) characters what the webhook is for"
        case .tooMany: "a desk has at most \(Webhook.countMax) webhooks; remove one first"
        case .overlapTooLong: "the old secret signs for 0 to \(Webhook.overlapMax.milliseconds / 3_600_000) hours more"
        case .unknown(let name): "there is no webhook “\(name)”"
        case .unknownDelivery(let sequence): "event \(sequence) is not among its deliveries; a replay sends what is older than its log of deliveries"
        case .disabled(let id): "\(id) is disabled; enable it first"
        case .beyondLog(let head): "the log has the events 1 to \(head)"
        case .notSending: "this desk sends no webhooks"
        }
    }
}
