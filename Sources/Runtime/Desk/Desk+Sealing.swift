import Chronicle
import Disputes
import Policies

extension Desk {
    /// Seals what a person said or is called, for the log. The context ties the box to its case: it opens nowhere else.
    public func seal(_ text: String, of owner: StreamID, in id: CaseID) async throws(DeskError) -> Sealed {
        do { return try await sealer.seal(text, for: owner, context: id.description) } catch { throw .sealing(error) }
    }

    /// Seals what was said in a case. A party's words are sealed with the party's own key, staff's with the case's: erasing a person erases what
    /// they said, and leaves why it was decided as it was. Throws `Refusal` for a text that is too long or says nothing, `DeskError` otherwise.
    public func seal(_ text: String, in id: CaseID, limits: CaseLimits, by requester: Requester) async throws -> Sealed {
        guard text.count <= limits.textCharactersMax else { throw Refusal.textTooLong(max: limits.textCharactersMax) }
        guard !text.isEmpty else { throw Refusal.emptyText }
        let owner: StreamID = if case .party(let party) = requester { StreamID(party) } else { StreamID(id) }
        return try await seal(text, of: owner, in: id)
    }

    /// The same where something may have been said.
    public func seal(ifSaid text: String?, in id: CaseID, limits: CaseLimits, by requester: Requester) async throws -> Sealed? {
        guard let text else { return nil }
        return try await seal(text, in: id, limits: limits, by: requester)
    }

    /// The text, or `nil` when the person was erased.
    public func open(_ sealed: Sealed, in id: CaseID) async throws(DeskError) -> String? {
        do { return try await sealer.open(sealed, context: id.description).content } catch { throw .sealing(error) }
    }

    /// Hides a value until the rules open it: sealed for the case itself, fixed by a commitment.
    public func conceal(_ text: String, in id: CaseID) async throws(DeskError) -> (concealed: Concealed, opened: Concealed.Opened) {
        let opened = Concealed.Opened(salt: surroundings.salt(), text: text)
        do {
            let box = try await sealer.seal(opened.salt + Array(text.utf8), for: StreamID(id), context: "concealed")
            return (Concealed(commitment: Leaf.commitment(salt: opened.salt, payload: Array(text.utf8)), box: box), opened)
        } catch {
            throw .sealing(error)
        }
    }

    public func reveal(_ concealed: Concealed) async throws(DeskError) -> Concealed.Opened? {
        do {
            guard let bytes = try await sealer.openBytes(concealed.box, context: "concealed").content, bytes.count >= 16 else { return nil }
            return Concealed.Opened(salt: Array(bytes.prefix(16)), text: String(decoding: bytes.dropFirst(16), as: UTF8.self))
        } catch {
            throw .sealing(error)
        }
    }

    /// A blind offer with the other side's standing one opened for the rules to compare.
    public func blindOffer(_ amount: Amount, by party: PartyID, on id: CaseID) async throws(DeskError) -> CaseCommand {
        let (concealed, opened) = try await conceal(amount.description, in: id)
        let dispute = try await dispute(id)
        let side = dispute?.party(party)?.side
        var counterpart: (id: OfferID, opened: Concealed.Opened)?
        if let standing = dispute?.offers.last(where: { $0.isOpen && $0.blind != nil && $0.side != side }), let blind = standing.blind,
            let revealed = try await reveal(blind)
        {
            counterpart = (standing.id, revealed)
        }
        return .blindOffer(.init(concealed: concealed, opened: opened, counterpart: counterpart))
    }

    /// A panel member's vote; the earlier ones are opened only so that the last vote can reveal all.
    public func blindVote(_ ballot: Appeal.Ballot, on id: CaseID) async throws(DeskError) -> CaseCommand {
        let (concealed, opened) = try await conceal(ballot.text, in: id)
        var earlier: [StaffID: Concealed.Opened] = [:]
        if let dispute = try await dispute(id), case .appeal(let appeal) = dispute.stage {
            for (voter, vote) in appeal.votes { earlier[voter] = try await reveal(vote) }
        }
        return .vote(.init(concealed: concealed, opened: opened, earlier: earlier))
    }
}
