import Chronicle
import EventStorage
import Policies

extension Desk {
    /// Puts a checked pack in force for new cases. Publishing the pack that is in force already changes nothing.
    /// - Returns: the pack, and whether it is new.
    @discardableResult
    public func publish(_ files: [PackFile], by requester: Requester) async throws(DeskError) -> (policy: Policy, isNew: Bool) {
        let loaded = PolicyLoader.load(files)
        guard let policy = loaded.policy else { throw .badPolicy(loaded.diagnostics.map { "\($0)" }) }
        policies.keep(policy)
        if let current = try? await policies.inForce(), current.hash == policy.hash { return (policy, false) }
        guard let stream = StreamID(PolicyEvent.stream) else { throw .noPolicyInForce }
        let body = PolicyPublished(
            hash: policy.hash, title: policy.title, version: policy.version, effectiveFrom: policy.effectiveFrom,
            files: files.map { PolicyPublished.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) })
        try await write(
            PolicyPublished.type, { try PolicyEvent.published(body).payload() }, of: stream, expecting: .any, by: requester.actor, under: policy.hash)
        try await policies.readLog()
        return (policy, true)
    }
}
