import Disputes
import EventStorage
import Policies

extension Desk {
    /// Decided cases nearest to this one, most alike first, and which of them the pack calls precedents.
    public func precedents(of dispute: Case, limit: Int = Precedents.shown) async throws(DeskError) -> Precedents {
        let limits = try await policies.policy(dispute.policy).limits
        let nearest: [Neighbour]
        do {
            nearest = try await precedentShelf.nearest(CaseFeatures(of: dispute), limit: limit, besides: dispute.id, from: store)
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .tooBusy(dispute.id)
        }
        return Precedents(nearest: nearest, near: limits.precedentLikeness, needed: limits.precedentsBeforeDeviation)
    }

    /// Reads the decided cases into memory now, so that the first who asks does not wait for it.
    public func readPrecedents() async throws { try await precedentShelf.fill(from: store) }
}
