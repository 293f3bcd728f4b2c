extension ProofBundle {
    /// The proof file.
    public func bytes() throws -> [UInt8] { try LedgerJSON.encode(Lines(self)) }

    /// Reads a proof file. Says nothing about whether the proof holds: `verify` does.
    public init(parsing bytes: [UInt8]) throws(ProofError) {
        do {
            self = try LedgerJSON.decode(Lines.self, from: bytes).bundle()
            guard try self.bytes() == bytes else { throw ProofError.unreadable("it is not written in the one way proof files are written") }
        } catch let error as ProofError {
            throw error
        } catch let error as LedgerJSONError {
            throw .unreadable(error.description)
        } catch {
            throw .unreadable("\(error)")
        }
    }

    /// The fields of the file, in their order.
    private struct Lines: Codable {
        var format: String
        var sequence: Int64
        var stream: String
        var version: Int
        var type: String
        var occurred: Instant
        var recorded: Instant
        var actor: Actor
        var policy: PolicyHash?
        var causation: Int64?
        var correlation: CorrelationID
        var commitment: Digest
        var salt: String?
        var payload: String?
        var path: [String]
        var checkpoint: String
        var key: String

        init(_ bundle: ProofBundle) {
            let envelope = bundle.envelope
            format = ProofBundle.format
            (sequence, stream, version) = (envelope.sequence, envelope.stream.text, envelope.version)
            (type, occurred, recorded) = (bundle.type.description, envelope.occurred, envelope.recorded)
            (actor, policy, causation) = (envelope.actor, envelope.policy, envelope.causation)
            (correlation, commitment) = (envelope.correlation, bundle.commitment)
            (salt, payload) = (bundle.body.map { Base64.encode($0.salt) }, bundle.body.map { Base64.encode($0.payload) })
            path = bundle.path.map { Base64.encode($0.bytes) }
            (checkpoint, key) = (bundle.checkpoint, bundle.key)
        }

        func bundle() throws(ProofError) -> ProofBundle {
            guard format == ProofBundle.format else { throw .unreadable("its format is “\(format)”") }
            guard let stream = StreamID(stream) else { throw .unreadable("“\(stream)” is not a stream") }
            guard let type = EventType(description: type) else { throw .unreadable("“\(type)” is not a type of event") }
            var hashes: [Digest] = []
            for step in path {
                guard let hash = Base64.decode(step).flatMap({ Digest(bytes: $0) }) else { throw .unreadable("“\(step)” is not a hash") }
                hashes.append(hash)
            }
            let envelope = Envelope(
                stream: stream, version: version, sequence: sequence, occurred: occurred, recorded: recorded, actor: actor, policy: policy,
                causation: causation, correlation: correlation)
            return ProofBundle(
                envelope: envelope, type: type, commitment: commitment, body: try body(), path: hashes, checkpoint: checkpoint, key: key)
        }

        private func body() throws(ProofError) -> Body? {
            guard let salt, let payload else {
                guard salt == nil, payload == nil else { throw .saltAlone }
                return nil
            }
            guard let salt = Base64.decode(salt), let payload = Base64.decode(payload) else { throw .unreadable("the body is not base 64") }
            return Body(salt: salt, payload: payload)
        }
    }

    public init(
        envelope: Envelope, type: EventType, commitment: Digest, body: Body?, path: [Digest], checkpoint: String, key: String
    ) {
        (self.envelope, self.type, self.commitment, self.body) = (envelope, type, commitment, body)
        (self.path, self.checkpoint, self.key) = (path, checkpoint, key)
    }
}
