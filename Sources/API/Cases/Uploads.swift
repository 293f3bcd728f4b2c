import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Synchronization
import Wire

extension Operation {
    /// Files that come in parts, over lines that break. What is acknowledged is on the disk; where to go on from, the desk says (as in
    /// draft-ietf-httpbis-resumable-upload, without its interim answers).
    static let uploading: [Operation] = [
        Operation("begin-upload", .post, "/v1/cases/{case}/uploads", for: anyone, bringing: .json) { visit in try await visit.beginUpload() },
        Operation("show-upload", .get, "/v1/uploads/{upload}", for: anyone) { visit in
            let upload = try await visit.upload()
            let offset = upload.state != .underWay ? upload.bytes : try await visit.counter.desk.vault.settle(upload.id.description)
            return try await visit.answer(upload, offset: offset)
        },
        Operation("continue-upload", .patch, "/v1/uploads/{upload}", for: anyone, bringing: .file) { visit in try await visit.continueUpload() },
        Operation("cancel-upload", .delete, "/v1/uploads/{upload}", for: anyone) { visit in
            let upload = try await visit.upload()
            try await visit.counter.desk.abandon(upload)
            return try await visit.answer(upload, offset: 0)
        },
    ]
}

/// One part of a file at a time.
final class UploadTurns: Sendable {
    private let underWay = Mutex<Set<UploadID>>([])

    func take(_ id: UploadID) throws(UploadRefusal) { guard underWay.withLock({ $0.insert(id).inserted }) else { throw .underWay } }
    func give(_ id: UploadID) { underWay.withLock { _ = $0.remove(id) } }
}

extension Visit<Caller> {
    fileprivate func beginUpload() async throws -> Answer {
        let dispute = try await disputeToChange()
        let body = try arrival.read(UploadBody.self)
        guard let declared = MediaType(declared: body.mediaType) else {
            throw Problem(
                .wrongMediaType,
                "“\(body.mediaType)” is not a kind of file that is taken; these are: \(MediaType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let bytesMax = try await counter.policy(of: dispute).limits.exhibitBytesMax
        guard body.bytes > 0 else { throw VaultError.empty }
        guard body.bytes <= bytesMax else { throw VaultError.tooLarge(bytesMax: bytesMax) }
        try await mayBeDone(
            .submitExhibit(
                .init(type: body.type, sha256: Digest(hashing: []), bytes: 1, mediaType: declared.rawValue, request: body.request, method: "upload")), dispute)
        let now = counter.desk.surroundings.now()
        let upload = PendingUpload(
            id: UploadID(at: now, randomness: counter.desk.surroundings.random()), case: dispute.id, owner: who.requester.actor, type: body.type,
            declared: declared, bytes: body.bytes, request: body.request, side: try body.side.map { try party($0, in: dispute).side },
            name: try await sealed(ifSaid: body.name, in: dispute), expires: now + PendingUpload.lasts)
        try await counter.desk.begin(upload)
        var answer = try await answer(upload, offset: 0, status: 201)
        answer.location = "/v1/uploads/\(upload.id)"
        return answer
    }

    fileprivate func upload() async throws -> PendingUpload {
        let named = try arrival.parameter("upload")
        guard let id = UploadID(named) else { throw UploadRefusal.unknown }
        let upload = try await counter.desk.upload(id, of: who.requester.actor)
        if case .party(let context) = who, let only = context.onlyCase, only != upload.case { throw UploadRefusal.unknown }
        return upload
    }

    fileprivate func continueUpload() async throws -> Answer {
        let upload = try await upload()
        guard let offset = arrival.uploadOffset, let file = arrival.file else {
            throw Problem(.malformed, "say where this part belongs: Upload-Offset", field: "Upload-Offset")
        }
        try counter.uploads.take(upload.id)
        defer { counter.uploads.give(upload.id) }
        if upload.isDone { return try await answer(upload, offset: upload.bytes) }
        guard upload.state != .refused else { throw UploadRefusal.notTaken }
        let have = try await counter.desk.vault.settle(upload.id.description)
        guard offset == have else { throw UploadRefusal.notThere(have) }
        let now = try await take(file.pieces, into: upload, from: offset)
        return now == upload.bytes ? try await putOnCase(upload) : try await answer(upload, offset: now)
    }

    /// What came before the line broke stays; whoever comes back goes on after it.
    private func take(_ pieces: any AsyncSequence<[UInt8], any Error> & Sendable, into upload: PendingUpload, from offset: Int64) async throws -> Int64 {
        func put(_ pieces: some AsyncSequence<[UInt8], any Error> & Sendable) async throws {
            var end = offset
            for try await piece in pieces {
                guard end + Int64(piece.count) <= upload.bytes else { throw UploadRefusal.tooLong(bytes: upload.bytes) }
                try await counter.desk.vault.put(piece, into: upload.id.description, atByte: end)
                end += Int64(piece.count)
            }
        }
        do { try await put(pieces) } catch let error as VaultError { throw error } catch let refusal as UploadRefusal {
            // A part that is longer than the file was said to be is no part of it.
            try await counter.desk.vault.cut(upload.id.description, toBytes: offset)
            throw refusal
        } catch {
            throw VaultError.interrupted(reason: "\(error)")
        }
        return try await counter.desk.vault.settle(upload.id.description)
    }

    /// The whole is looked at like any file that came at once. What fails there can only begin anew.
    private func putOnCase(_ upload: PendingUpload) async throws -> Answer {
        var request = Request(by: who.requester, occurred: counter.occurred)
        // A crash, or an answer that was lost, after it was put on the case: the same part sent again finds it there.
        let fingerprint = Digest(hashing: Array(upload.id.description.utf8))
        request.idempotency = IdempotencyKey("upload \(upload.id)").map { ($0, fingerprint) }
        guard let dispute = try await counter.desk.dispute(upload.case) else { throw DeskError.unknownCase(upload.case.description) }
        let stored = try await whole(upload, try await counter.policy(of: dispute).limits)
        let submission = CaseCommand.Submission(
            type: upload.type, sha256: stored.sha256, bytes: stored.sizeBytes, mediaType: stored.sniffed.rawValue, request: upload.request,
            method: "upload", fileName: upload.name, side: upload.side)
        let performed: Performed
        do { performed = try await counter.desk.perform(.submitExhibit(submission), on: dispute.id, request) } catch {
            // What the case will not take does not come again; whoever asks for it later is told so.
            if case .refused = error { try await counter.desk.finish(upload, as: .refused) }
            throw error
        }
        try await counter.desk.finish(upload)
        return try await answer(upload, isDone: true, offset: upload.bytes, change: try await change(by: performed))
    }

    private func whole(_ upload: PendingUpload, _ limits: CaseLimits) async throws -> StoredExhibit {
        do throws(VaultError) {
            return try await counter.desk.vault.accept(
                partial: upload.id.description, declared: upload.declared, within: Allowance(fileBytesMax: limits.exhibitBytesMax))
        } catch {
            switch error {
            case .contentDenies, .broken, .carries, .tooManyPixels, .empty: try await counter.desk.abandon(upload)
            default: break
            }
            throw error
        }
    }

    fileprivate func answer(_ upload: PendingUpload, isDone: Bool = false, offset: Int64, status: Int = 200, change: CaseChange? = nil) async throws -> Answer {
        let asOf = try await counter.desk.store.head().sequence
        let view = UploadView(
            id: upload.id.description, of: upload.case, offset: offset, bytes: upload.bytes, expires: upload.expires, isDone: isDone || upload.isDone,
            isRefused: upload.state == .refused, change: change, asOf: asOf)
        var answer = try Answer.of(view, status: status, asOf: asOf)
        answer.headers = [("Upload-Offset", String(offset))]
        return answer
    }
}
