import Chronicle
import EventStorage

extension Desk {
    /// Writes one event that is no case's, with the rows that follow from it.
    func write(
        _ type: EventType, _ payload: () throws -> [UInt8], of stream: StreamID, expecting: ExpectedVersion, rows: [RowChange] = [], by actor: Actor,
        under policy: PolicyHash? = nil
    ) async throws(DeskError) {
        let now = surroundings.now()
        let event: ProposedEvent
        do {
            event = ProposedEvent(
                type: type, payload: try payload(), salt: surroundings.salt(), occurred: now, recorded: now, actor: actor, policy: policy, causation: nil,
                correlation: CorrelationID(at: now, randomness: surroundings.random()))
        } catch {
            throw .unreadable(sequence: 0, reason: "\(error)")
        }
        do { _ = try await store.append(Append(to: stream, expecting: expecting, [event], rows: rows)) } catch { throw .store(error) }
    }
}
