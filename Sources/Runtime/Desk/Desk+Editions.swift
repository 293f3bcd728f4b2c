import Chronicle
import Policies

/// A pack that was put in force: when, by whom, and whether its time has come or gone.
public struct PolicyEdition: Hashable, Sendable {
    public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
        case past
        case inForce = "in-force"
        /// Approved; its day has not come.
        case coming
    }

    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    public let standing: Standing
    public let by: Actor
    public let at: Instant
    public let proposal: Int?
}

extension Desk {
    /// Every pack that was put in force, the latest first.
    public func policyEditions() async throws(DeskError) -> [PolicyEdition] {
        let now = surroundings.now()
        let (editions, inForce) = try await policies.editions(at: now)
        return editions.enumerated().reversed().map { index, edition in
            let isComing = edition.from.map { $0 > now } ?? false
            return PolicyEdition(
                hash: edition.hash, title: edition.title, version: edition.version, effectiveFrom: edition.effectiveFrom,
                standing: index == inForce ? .inForce : isComing ? .coming : .past, by: edition.by, at: edition.at, proposal: edition.proposal)
        }
    }

    /// The files of a pack, as they lie in the log; `nil` where the log has no such pack.
    public func packFiles(_ hash: PolicyHash) async throws(DeskError) -> [PackFile]? {
        try await policies.files(of: hash)?.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) }
    }
}
