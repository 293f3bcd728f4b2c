import Chronicle
import Crypto
import Disputes
import Policies
import Runtime
import Wire

extension Operation {
    /// Evidence in and out. Staff look at an exhibit by saying why, which is on record before a byte is seen; a party may have back what its own
    /// side gave.
    static let files: [Operation] = [
        Operation("submit-exhibit", .post, "/v1/cases/{case}/exhibits", for: anyone, bringing: .file) { visit in try await visit.submitExhibit() },
        Operation("view-exhibit", .post, "/v1/cases/{case}/exhibits/{exhibit}/views", for: staffOnly, bringing: .json) { visit in
            try await visit.viewExhibit()
        },
        Operation("read-exhibit", .get, "/v1/cases/{case}/exhibits/{exhibit}/content", for: [.staff, .party]) { visit in try await visit.readExhibit() },
    ]
}

extension Visit<Caller> {
    fileprivate func submitExhibit() async throws -> Answer {
        let dispute = try await disputeToChange()
        guard let file = arrival.file else { throw Problem(.malformed, "the body is the file") }
        guard let declared = MediaType(declared: file.mediaType) else {
            throw Problem(
                .wrongMediaType,
                "“\(file.mediaType)” is not a kind of file that is taken; these are: \(MediaType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let type = try arrival.query("type", "a kind of evidence", { EvidenceCode($0) }) else {
            throw Problem(.malformed, "say what it is evidence of: ?type=", field: "type")
        }
        let request = try arrival.query("request", "an evidence request") { RequestID($0) }
        let limits = try await counter.policy(of: dispute).limits
        // Who may not do it is told so before megabytes are sent.
        try await mayBeDone(
            .submitExhibit(.init(type: type, sha256: Digest(hashing: []), bytes: 1, mediaType: declared.rawValue, request: request, method: "upload")), dispute)
        let stored = try await store(file.pieces, declared, limits)
        var side: Side?
        if let named = arrival.query["side"] { side = try Side(rawValue: named) ?? party(named, in: dispute).side }
        let name = try await sealed(ifSaid: arrival.query["name"], in: dispute)
        return try await carryOut(
            [
                .submitExhibit(
                    .init(
                        type: type, sha256: stored.sha256, bytes: stored.sizeBytes, mediaType: stored.sniffed.rawValue, request: request, method: "upload",
                        fileName: name, side: side))
            ], on: dispute.id, status: 201)
    }

    private func store(
        _ pieces: any AsyncSequence<[UInt8], any Error> & Sendable, _ declared: MediaType, _ limits: CaseLimits
    ) async throws -> StoredExhibit {
        func accept(_ pieces: some AsyncSequence<[UInt8], any Error> & Sendable) async throws -> StoredExhibit {
            try await counter.desk.vault.accept(pieces, declared: declared, within: Allowance(fileBytesMax: limits.exhibitBytesMax))
        }
        return try await accept(pieces)
    }

    func mayBeDone(_ command: CaseCommand, _ dispute: Case) async throws {
        do { try await counter.desk.consider([command], on: dispute.id, try request()) } catch DeskError.refused(let refusal) { throw refusal }
    }

    /// The look is on record; the answer says where the file can be read for the next minutes, in parts if need be.
    fileprivate func viewExhibit() async throws -> Answer {
        guard case .staff(let context) = who else { throw Problem(.notPermitted, "exhibits are looked at by staff") }
        let body = try arrival.read(BecauseBody.self)
        let dispute = try await dispute()
        let exhibit = try exhibit(in: dispute)
        _ = try await counter.desk.perform([.viewSensitive(exhibit.id, purpose: body.because)], on: dispute.id, try request())
        let expires = counter.desk.surroundings.now() + ViewPass.lasts
        let pass = counter.passes.pass(for: exhibit.id, to: context.standing.id, until: expires)
        let view = ExhibitPass(content: "/v1/cases/\(dispute.id)/exhibits/\(exhibit.id)/content?pass=\(pass)", expires: expires)
        return try .of(view, status: 201, asOf: try await counter.desk.store.head().sequence)
    }

    fileprivate func readExhibit() async throws -> Answer {
        let dispute = try await dispute()
        let exhibit = try exhibit(in: dispute)
        switch who {
        case .staff(let context):
            guard let pass = arrival.query["pass"], counter.passes.isGood(pass, for: exhibit.id, to: context.standing.id, at: counter.desk.surroundings.now())
            else { throw Problem(.notPermitted, "say first why it must be seen: POST …/exhibits/\(exhibit.id)/views") }
        case .party(let context):
            guard exhibit.side != nil, exhibit.side == dispute.party(context.party)?.side else { throw Problem(.notYours, "this was given by the other side") }
        case .machine: throw Problem(.notPermitted, "exhibits are for people")
        }
        let (first, last) = try part(of: exhibit.bytes)
        let isPart = arrival.range != nil
        let pieces = try counter.desk.vault.read(exhibit.sha256)
        var answer = Answer(
            status: isPart ? 206 : 200, body: .pieces(PartOf(pieces, first: first, count: last - first + 1), bytes: last - first + 1),
            // Texts are taken only as UTF-8.
            mediaType: exhibit.mediaType == MediaType.plainText.rawValue ? "text/plain; charset=utf-8" : exhibit.mediaType)
        answer.headers = [
            ("Accept-Ranges", "bytes"), ("Content-Disposition", "attachment; filename=\"\(exhibit.id)\""),
            ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
            ("Repr-Digest", "sha-256=:\(Base64.encode(exhibit.sha256.bytes)):"),
        ]
        if isPart { answer.headers.append(("Content-Range", "bytes \(first)-\(last)/\(exhibit.bytes)")) }
        return answer
    }

    private func exhibit(in dispute: Case) throws -> Exhibit {
        let named = try arrival.parameter("exhibit")
        guard let exhibit = dispute.exhibits.first(where: { $0.id.description == named }) else { throw Refusal.noSuchThing("exhibit") }
        return exhibit
    }

    /// The bytes asked for, first and last: one range (RFC 9110 §14), or all of it.
    private func part(of bytes: Int64) throws(Problem) -> (Int64, Int64) {
        guard let range = arrival.range else { return (0, bytes - 1) }
        let asked = range.hasPrefix("bytes=") ? range.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false) : []
        guard asked.count == 2 else { throw Problem(.malformed, "“\(range)” is not one range of bytes", field: "Range") }
        let (first, last) = (Int64(asked[0]), Int64(asked[1]))
        let part: (Int64, Int64)? =
            switch (first, last) {
            case (let first?, let last?): (first, min(last, bytes - 1))
            case (let first?, nil): (first, bytes - 1)
            case (nil, let count?): (max(0, bytes - count), bytes - 1)
            case (nil, nil): nil
            }
        guard let part, 0 <= part.0, part.0 <= part.1, part.0 < bytes else { throw Problem(.malformed, "the file has \(bytes) bytes", field: "Range") }
        return part
    }
}

/// Part of a file, read from its beginning: only so is the whole verified before its last byte is given out.
struct PartOf: AsyncSequence, Sendable {
    typealias Failure = any Error
    private let whole: ExhibitBytes
    private let first: Int64
    private let count: Int64

    init(_ whole: ExhibitBytes, first: Int64, count: Int64) { (self.whole, self.first, self.count) = (whole, first, count) }

    func makeAsyncIterator() -> Iterator { Iterator(inner: whole.makeAsyncIterator(), skip: first, left: count) }

    struct Iterator: AsyncIteratorProtocol {
        var inner: ExhibitBytes.Iterator
        var skip: Int64
        var left: Int64

        mutating func next() async throws -> [UInt8]? {
            while left > 0, var piece = try await inner.next() {
                if skip > 0 {
                    let dropped = Swift.min(skip, Int64(piece.count))
                    piece.removeFirst(Int(dropped))
                    skip -= dropped
                }
                if Int64(piece.count) > left { piece.removeLast(piece.count - Int(left)) }
                left -= Int64(piece.count)
                if !piece.isEmpty { return piece }
            }
            return nil
        }
    }
}

/// Lets one person read one exhibit for some minutes after they said why. Signed with a key of this process: a restart ends them all.
public struct ViewPass: Sendable {
    static let lasts = Span.minutes(10)
    private let key = SymmetricKey(size: .bits256)

    public init() {}

    func pass(for exhibit: ExhibitID, to staff: StaffID, until: Instant) -> String { "\(until.milliseconds).\(seal(exhibit, staff, until.milliseconds))" }

    func isGood(_ pass: String, for exhibit: ExhibitID, to staff: StaffID, at now: Instant) -> Bool {
        let parts = pass.split(separator: ".")
        guard parts.count == 2, let until = Int64(parts[0]), now < Instant(milliseconds: until) else { return false }
        return equalInConstantTime(seal(exhibit, staff, until), parts[1])
    }

    private func seal(_ exhibit: ExhibitID, _ staff: StaffID, _ until: Int64) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(exhibit) \(staff) \(until)".utf8), using: key)
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
