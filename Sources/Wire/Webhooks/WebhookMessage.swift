import Chronicle
import Disputes

/// What an operator's system is sent for an event of a case: what staff are shown in the stream, without anything somebody wrote or is called. The
/// same bytes each time it is sent.
public struct WebhookMessage: WireBody {
    /// `case-opened`
    public let type: String
    /// When it was written into the log.
    public let timestamp: Instant
    public let data: StreamedEvent

    /// Standard Webhooks asks for less than 20 kB.
    public static let bytesMax = 20_000

    /// - Parameter payload: the event's body as the log has it; empty where it was redacted. A body that cannot be read goes as none.
    public init(_ envelope: Envelope, _ type: EventType, payload: [UInt8]) {
        // What a party thought of how it was treated is read only added up, by nobody by case.
        let isForNobody = type.name == ProcessRated.type.name
        let whole = payload.isEmpty || isForNobody ? nil : try? JSONValue(json: payload)
        self.type = type.name
        timestamp = envelope.recorded
        data = StreamedEvent(envelope, type, body: whole?.idsAndCodes(of: type.name) ?? .null)
    }

    /// The message as it is sent. One that would be too long goes without the event's body: the receiver asks for the case.
    public func bytes() throws -> [UInt8] {
        let whole = try json()
        guard whole.count >= WebhookMessage.bytesMax else { return whole }
        return try WebhookMessage(withoutBody: self).json()
    }

    private init(withoutBody message: WebhookMessage) {
        let event = message.data.event
        (type, timestamp) = (message.type, message.timestamp)
        data = StreamedEvent(
            stream: message.data.stream,
            event: EventView(
                sequence: event.sequence, version: event.version, type: event.type, occurred: event.occurred, recorded: event.recorded, actor: event.actor,
                body: .null))
    }
}

/// What is sent when somebody tries whether it arrives.
public struct WebhookTestMessage: WireBody {
    public struct About: WireBody {
        /// `hook_…`
        public let webhook: String
    }
    /// `test`
    public let type: String
    public let timestamp: Instant
    public let data: About

    public init(webhook: String, at now: Instant) { (type, timestamp, data) = ("test", now, About(webhook: webhook)) }
}

extension StreamedEvent {
    /// An event as it is shown, with as much of its body as is to be.
    public init(_ envelope: Envelope, _ type: EventType, body: JSONValue) {
        self.init(
            stream: envelope.stream.text,
            event: EventView(
                sequence: envelope.sequence, version: envelope.version, type: type.description, occurred: envelope.occurred, recorded: envelope.recorded,
                actor: envelope.actor, body: body))
    }
}
