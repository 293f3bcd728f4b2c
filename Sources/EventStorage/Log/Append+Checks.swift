import Chronicle

extension Append {
    package static let saltLengthBytes = 16

    /// Refuses what no engine could keep: an event without a body or with a salt of the wrong length, a row that does not fit its table.
    package func check(tables: [String: RowTable]) throws(StoreError) {
        for event in events {
            guard event.salt.count == Append.saltLengthBytes else {
                throw .malformed(reason: "the salt of an event is 16 bytes, not \(event.salt.count)")
            }
            guard !event.payload.isEmpty else { throw .malformed(reason: "the event \(event.type) has an empty payload") }
            guard 1...48 ~= event.type.name.utf8.count, event.type.version >= 1 else {
                throw .malformed(reason: "“\(event.type)” is not the type of an event")
            }
            for instant in [event.occurred, event.recorded] where !Append.writable(instant) {
                throw .malformed(reason: "the instant \(instant.milliseconds) ms is outside the years 0 to 9999")
            }
        }
        for change in rows { try change.check(tables: tables) }
    }

    /// The years 0 to 9999: what the four digits of a leaf can tell apart.
    package static func writable(_ instant: Instant) -> Bool {
        -62_167_219_200_000...253_402_300_799_999 ~= instant.milliseconds
    }

    /// Whether a stream at `version` is where this append expects it.
    package func fits(version: Int) -> Bool {
        switch expecting {
        case .none: version == 0
        case .exactly(let expected): version == expected
        case .any: true
        }
    }
}

extension ProposedEvent {
    /// The event at its place in the log.
    package func stored(
        in stream: StreamID, version: Int, sequence: Int64, recorded: Instant, commitment: Digest
    ) -> StoredEvent {
        let envelope = Envelope(
            stream: stream, version: version, sequence: sequence, occurred: occurred, recorded: recorded, actor: actor,
            policy: policy, causation: causation, correlation: correlation)
        return StoredEvent(envelope: envelope, type: type, payload: payload, salt: salt, commitment: commitment)
    }
}
