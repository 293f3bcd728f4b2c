import Chronicle
import Policies
import RecourseClient
import Synchronization
import Wire

/// Packs as the desk's log has them, compiled: a page reads all of one, and it is compiled once. Found by their hash, which is all of what they say.
final class PackShelf: Sendable {
    struct Pack: Sendable {
        let policy: Policy
        let files: [PackBody.File]
    }

    /// Some versions are compared, and then others; none is looked at for long.
    private static let countMax = 6
    private let kept = Mutex<[(hash: PolicyHash, pack: Pack)]>([])

    func pack(_ hash: PolicyHash, from client: RecourseClient) async throws -> Pack {
        // Whoever may not see packs is told so by the desk, also where one is at hand.
        let files = try await client.showPack(hash).files
        if let known = kept.withLock({ $0.first { $0.hash == hash }?.pack }) { return known }
        let loaded = PolicyLoader.load(files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) })
        guard let policy = loaded.policy else {
            throw Problem(.unavailable, "this pack was made for another build, which could read it", complaints: loaded.diagnostics.map { "\($0)" })
        }
        let pack = Pack(policy: policy, files: files)
        kept.withLock { kept in
            kept.append((hash, pack))
            if kept.count > PackShelf.countMax { kept.removeFirst() }
        }
        return pack
    }
}

extension Visit {
    /// The pack this page is about: the one in force, or the one its address names (`?pack=`).
    func pack() async throws -> PackShelf.Pack {
        guard let named = request.query["pack"] else { return try await console.packs.pack(try await client.showPolicy().hash, from: client) }
        guard let digest = Digest(named) else { throw Problem(.notFound, phrases("no_such_pack")) }
        return try await console.packs.pack(PolicyHash(digest), from: client)
    }

    /// What carries the version that is looked at from page to page.
    private var keeping: String { request.query["pack"].flatMap { Digest($0) }.map { "?pack=\($0)" } ?? "" }

    func studioTabs() -> [Fields] {
        let read = [
            ("workflows", "/policy/workflows"), ("reasons", "/policy/reasons"), ("clocks", "/policy/clocks"), ("authority", "/policy/authority"),
            ("letters", "/policy/letters"),
        ].map { name, href in
            let isHere = request.path == href || request.path.hasPrefix(href + "/")
            return ["name": Field.text(phrases("studio_" + name)), "href": .text(href + keeping), "current": .flag(isHere)] as Fields
        }
        return tabs([(phrases("studio_in_force"), "/policy")]) + read
            + tabs([(phrases("versions"), "/policy/versions"), (phrases("propose_pack"), "/policy/propose")])
    }

    /// The headline of a page about part of a pack says which.
    func lead(of policy: Policy, _ name: String) -> String {
        phrases(name) + " " + phrases("pack_named", policy.title, policy.version, policy.hash.short)
    }
}
