/// What is known about an event besides what happened: where it stands in the log, when, who, under which policy, and because of what.
public struct Envelope: Hashable, Sendable {
    public var stream: StreamID
    /// Position in the stream: 1, 2, … without gaps.
    public var version: Int
    /// Position in the whole log: 1, 2, … without gaps; commit order. Merkle leaf index + 1.
    public var sequence: Int64
    /// When it happened in the world.
    public var occurred: Instant
    /// When it was written here; never earlier than the event before it, whatever the machine's clock does.
    public var recorded: Instant
    public var actor: Actor
    /// The policy pack in force, where one was.
    public var policy: PolicyHash?
    /// Sequence of the event this one answers.
    public var causation: Int64?
    /// One id for all that a single request set in motion.
    public var correlation: CorrelationID

    public init(
        stream: StreamID, version: Int, sequence: Int64, occurred: Instant, recorded: Instant, actor: Actor,
        policy: PolicyHash?, causation: Int64?, correlation: CorrelationID
    ) {
        (self.stream, self.version, self.sequence) = (stream, version, sequence)
        (self.occurred, self.recorded, self.actor) = (occurred, recorded, actor)
        (self.policy, self.causation, self.correlation) = (policy, causation, correlation)
    }
}

public enum Correlation: Named { public static let idPrefix = "cor" }
public typealias CorrelationID = ID<Correlation>

/// An event with its envelope, as folds see it.
@dynamicMemberLookup
public struct Recorded<Body: Sendable>: Sendable {
    public var envelope: Envelope
    public var body: Body

    public init(_ envelope: Envelope, _ body: Body) {
        self.envelope = envelope
        self.body = body
    }

    public subscript<Value>(dynamicMember path: KeyPath<Envelope, Value>) -> Value { envelope[keyPath: path] }
}

extension Recorded: Equatable where Body: Equatable {}

/// An event as stored: the envelope in the clear, the payload as bytes, and what proves them.
public struct StoredEvent: Hashable, Sendable {
    public var envelope: Envelope
    public var type: EventType
    /// Canonical JSON of the body. Empty when it was redacted; the leaf still stands.
    public var payload: [UInt8]
    /// 16 random bytes that keep the commitment from being guessed. Empty when redacted.
    public var salt: [UInt8]
    /// SHA-256 of the salt and the payload; the only trace of the body in the leaf.
    public var commitment: Digest

    public init(envelope: Envelope, type: EventType, payload: [UInt8], salt: [UInt8], commitment: Digest) {
        (self.envelope, self.type, self.payload, self.salt, self.commitment) = (envelope, type, payload, salt, commitment)
    }
}
