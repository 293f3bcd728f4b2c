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
    ///
    /// `.erasedAlready` where it was recorded before; `.nothingSealed` where nothing was ever sealed for them.
    public func erase(_ party: PartyID, because reason: String, by actor: Actor) async throws(DeskError) {
        let owner = StreamID(party)
        let isErased = await keys.isErased(owner)
        if !isErased {
            do { try sealer.demandKeys() } catch { throw .sealing(error) }
            guard await keys.exists(owner) else { throw .nothingSealed(party) }
            try await refuseUnderLegalHold(party)
        }
        do { try await keys.destroy(owner) } catch { throw .sealing(error) }
        guard let stream = StreamID("erasure:" + owner.text) else { throw .unknownStaff(owner.text) }
        let isRecorded: Bool
        do { isRecorded = try await !store.read(stream, after: 0, limit: 1).isEmpty } catch { throw .store(error) }
        guard !isRecorded else { throw .erasedAlready(party) }
        try await write(PersonErased.type, { try LedgerJSON.encode(PersonErased(reason: reason)) }, of: stream, expecting: .none, by: actor)
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
