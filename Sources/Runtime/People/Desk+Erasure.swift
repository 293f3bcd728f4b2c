import Chronicle
import Disputes
import EventStorage

/// A person's key was destroyed: what was sealed for them can be read by nobody any more. The absence itself is evidence (EDPB 02/2025).
public struct PersonErased: Codable, Hashable, Sendable {
    public static let type = EventType("person-erased")
    /// Why: the request, the retention rule. No personal data.
    public let reason: String
}

extension Desk {
    /// Erases a person: destroys their key, then records that it was done. Repeating it after a crash between the two completes it.
    /// Nobody is erased while an authority's order holds a case of theirs: `.underLegalHold`, as destroying a key cannot be undone.
    public func erase(_ owner: StreamID, _ party: PartyID, because reason: String, by actor: Actor) async throws(DeskError) {
        if await !keys.isErased(owner) { try await refuseUnderLegalHold(party) }
        do { try await keys.destroy(owner) } catch { throw .sealing(error) }
        guard let stream = StreamID("erasure:" + owner.text) else { throw .unknownStaff(owner.text) }
        let now = surroundings.now()
        do {
            guard try await store.read(stream, after: 0, limit: 1).isEmpty else { return }
            let event = ProposedEvent(
                type: PersonErased.type, payload: try LedgerJSON.encode(PersonErased(reason: reason)), salt: surroundings.salt(), occurred: now,
                recorded: now, actor: actor, policy: nil, causation: nil, correlation: CorrelationID(at: now, randomness: surroundings.random()))
            _ = try await store.append(Append(to: stream, expecting: .none, [event]))
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .unreadable(sequence: 0, reason: "\(error)")
        }
    }

    private func refuseUnderLegalHold(_ party: PartyID) async throws(DeskError) {
        var after: [RowValue]?
        repeat {
            let page: RowPage
            do {
                page = try await store.rows(
                    RowQuery(CaseTables.parties, where: [.compare("party", .equal, .text(party.description))], after: after, limit: 200))
            } catch {
                throw .store(error)
            }
            for id in page.rows.compactMap({ $0[1].text.flatMap(CaseID.init) }) {
                if try await dispute(id)?.legalHold == true { throw .refused(.underLegalHold) }
            }
            after = page.next
        } while after != nil
    }
}
