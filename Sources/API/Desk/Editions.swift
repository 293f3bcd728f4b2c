import Chronicle
import Policies
import Runtime
import Wire

extension Operation {
    /// Packs as they are and were, and what one would change before anybody proposes it.
    static let editions: [Operation] = [
        Operation("list-packs", .get, "/v1/policy/packs", for: [.staff, .machine(.read)]) { visit in
            let packs = try await visit.counter.desk.policyEditions().map(PackEdition.init)
            let asOf = try await visit.counter.desk.store.head().sequence
            return try .of(PackEditionList(packs: packs, asOf: asOf), asOf: asOf)
        },
        Operation("show-pack", .get, "/v1/policy/packs/{pack}", for: [.staff, .machine(.read)]) { visit in
            let hash = try visit.pack(try visit.arrival.parameter("pack"))
            guard let files = try await visit.counter.desk.packFiles(hash) else { throw Problem(.notFound, "the log holds no policy pack \(hash.short)") }
            let bodies = files.map { PackBody.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
            return try .of(PackView(hash: hash, files: bodies), asOf: nil)
        },
        Operation("compare-packs", .get, "/v1/policy/packs/{pack}/changes", for: [.staff, .machine(.read)]) { visit in
            let (old, new) = (try await visit.known(visit.arrival.query["from"] ?? ""), try await visit.known(try visit.arrival.parameter("pack")))
            let changes = PolicyDiff.between(old, new).map(PackChange.init)
            return try .of(PackChangeList(from: old.hash, to: new.hash, changes: changes), asOf: nil)
        },
        Operation("check-policy", .post, "/v1/policy/check", for: [.staff, .machine(.administer)], bringing: .json) { visit in
            let files = try visit.arrival.read(PackBody.self).files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) }
            let loaded = PolicyLoader.load(files)
            var changes: [PackChange]?
            if let policy = loaded.policy { changes = PolicyDiff.between(try await visit.counter.desk.policyInForce(), policy).map(PackChange.init) }
            return try .of(PackVerdict(hash: loaded.policy?.hash, complaints: loaded.diagnostics.map(PackComplaint.init), changes: changes), asOf: nil)
        },
    ]
}

extension Visit<Caller> {
    fileprivate func pack(_ text: String) throws(Problem) -> PolicyHash {
        guard let hash = Digest(text).map(PolicyHash.init) else { throw Problem(.notFound, "“\(text)” is not the hash of a policy pack") }
        return hash
    }

    /// A pack the log holds, whether it was ever in force or only proposed.
    fileprivate func known(_ text: String) async throws -> Policy {
        let hash = try pack(text)
        do { return try await counter.desk.policies.policy(hash) } catch {
            guard case .unknownPolicy = error else { throw error }
            throw Problem(.notFound, "the log holds no policy pack \(hash.short)")
        }
    }
}

extension PackEdition {
    fileprivate init(_ edition: PolicyEdition) {
        let standing: Standing =
            switch edition.standing {
            case .past: .past
            case .inForce: .inForce
            case .coming: .coming
            }
        self.init(
            hash: edition.hash, title: edition.title, version: edition.version, effectiveFrom: edition.effectiveFrom, standing: standing, by: edition.by,
            at: edition.at, proposal: edition.proposal)
    }
}
