import Chronicle
import EventStorage

/// Why an upload in parts does not go on.
public enum UploadRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknown
    case tooMany
    /// The next byte that is wanted.
    case notThere(Int64)
    case tooLong(bytes: Int64)
    /// Another part is coming in.
    case underWay
    /// All of it came, and the case did not take it.
    case notTaken

    public var description: String {
        switch self {
        case .unknown: "there is no such upload under way"
        case .tooMany: "\(PendingUpload.perOwnerMax) uploads are under way for you; end one of them first"
        case .notThere(let offset): "the next byte that is wanted is \(offset)"
        case .tooLong(let bytes): "the file was said to have \(bytes) bytes; this is more"
        case .notTaken: "all of this file came, and the case did not take it"
        case .underWay: "another part of this file is coming in at the moment"
        }
    }
}

extension Desk {
    /// Makes room for a file that will come in parts. Throws `UploadRefusal`, `StoreError`, `VaultError`.
    public func begin(_ upload: PendingUpload) async throws {
        let own = RowQuery(
            UploadTables.uploads, where: [.compare("owner", .equal, .text(upload.owner.description)), .compare("done", .equal, .integer(0))], limit: 100)
        let now = surroundings.now()
        let open = try await store.rows(own).rows.compactMap(PendingUpload.init).filter { $0.expires > now }
        guard open.count < PendingUpload.perOwnerMax else { throw UploadRefusal.tooMany }
        try await vault.begin(upload.id.description)
        try await store.write([.put(UploadTables.uploads, try upload.row)], position: nil)
    }

    /// The upload as its owner knows it.
    public func upload(_ id: UploadID, of owner: Actor) async throws -> PendingUpload {
        let page = try await store.rows(RowQuery(UploadTables.uploads, where: [.compare("id", .equal, .text(id.description))], limit: 1))
        guard let found = page.rows.first.flatMap(PendingUpload.init), found.owner == owner, found.expires > surroundings.now() else {
            throw UploadRefusal.unknown
        }
        return found
    }

    /// Notes that it is on its case; the bytes that came in parts are not kept twice.
    /// - Parameter state: on its case, or refused there.
    public func finish(_ upload: PendingUpload, as state: PendingUpload.State = .done) async throws {
        var done = upload
        done.state = state
        try await store.write([.put(UploadTables.uploads, try done.row)], position: nil)
        try await vault.abandon(upload.id.description)
    }

    public func abandon(_ upload: PendingUpload) async throws {
        try await store.write([.delete(UploadTables.uploads, key: [.text(upload.id.description)])], position: nil)
        try await vault.abandon(upload.id.description)
    }

    /// Removes what ran out.
    public func sweepUploads() async throws {
        let now = surroundings.now()
        let over = RowQuery(UploadTables.uploads, where: [.compare("expires", .lessOrEqual, .integer(now.milliseconds))], limit: 1_000)
        for upload in try await store.rows(over).rows.compactMap(PendingUpload.init) { try await abandon(upload) }
    }

    /// Removes what a crash left without a row. Only while nobody can be beginning one.
    public func sweepOrphanedUploads() async throws {
        for name in try await vault.partials() {
            let row = RowQuery(UploadTables.uploads, where: [.compare("id", .equal, .text(name))], limit: 1)
            if try await store.rows(row).rows.isEmpty { try await vault.abandon(name) }
        }
    }
}
