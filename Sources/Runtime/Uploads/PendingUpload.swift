import Chronicle
import Disputes
import EventStorage
import Policies

public enum UploadKind: Named { public static let idPrefix = "upl" }
public typealias UploadID = ID<UploadKind>

/// A file on its way onto a case in parts: what it will be evidence of, whose it is, and how long it may take.
public struct PendingUpload: Hashable, Sendable {
    public let id: UploadID
    public let `case`: CaseID
    /// Whoever began it; nobody else goes on with it, or learns of it.
    public let owner: Actor
    public let type: EvidenceCode
    public let declared: MediaType
    /// How long the whole file is.
    public let bytes: Int64
    public let request: RequestID?
    public let side: Side?
    /// What it was called where it came from.
    public let name: Sealed?
    public let expires: Instant
    public var state: State

    /// Numbers as the row has them.
    public enum State: Int64, Hashable, Sendable {
        case underWay = 0
        /// It is on the case.
        case done = 1
        /// All of it came, and the case did not take it; kept so that whoever comes back for it is told.
        case refused = 2
    }

    public var isDone: Bool { state == .done }

    /// A day: long enough for a night's bad line, short enough that nobody's evidence lies about.
    public static let lasts = Span.days(1)
    /// So many may be under way for one owner.
    public static let perOwnerMax = 8

    public init(
        id: UploadID, case caseID: CaseID, owner: Actor, type: EvidenceCode, declared: MediaType, bytes: Int64, request: RequestID?, side: Side?,
        name: Sealed?, expires: Instant
    ) {
        (self.id, self.case, self.owner, self.type, self.declared, self.bytes) = (id, caseID, owner, type, declared, bytes)
        (self.request, self.side, self.name, self.expires, state) = (request, side, name, expires, .underWay)
    }
}

/// Rows and never events: an upload that is given up has never been.
public enum UploadTables {
    public static let uploads = RowTable(
        "upload",
        columns: [
            RowColumn("id", .text), RowColumn("case_id", .text), RowColumn("owner", .text), RowColumn("type", .text), RowColumn("declared", .text),
            RowColumn("bytes", .integer), RowColumn("request", .text, nullable: true), RowColumn("side", .text, nullable: true),
            RowColumn("name", .text, nullable: true), RowColumn("expires", .integer), RowColumn("done", .integer),
        ],
        key: ["id"], indexes: [RowIndex("upload_by_owner", on: ["owner"]), RowIndex("upload_by_expiry", on: ["expires"])], holdsItsOwn: true)

    public static let all = [uploads]
}

extension PendingUpload {
    init?(_ row: [RowValue]) {
        guard let id = row[0].text.flatMap(UploadID.init), let caseID = row[1].text.flatMap(CaseID.init), let owner = row[2].text.flatMap({ Actor($0) }),
            let type = row[3].text.flatMap({ EvidenceCode($0) }), let declared = row[4].text.flatMap(MediaType.init(rawValue:)), let bytes = row[5].integer,
            let expires = row[9].integer, let state = row[10].integer.flatMap(State.init)
        else { return nil }
        self.init(
            id: id, case: caseID, owner: owner, type: type, declared: declared, bytes: bytes, request: row[6].text.flatMap(RequestID.init),
            side: row[7].text.flatMap(Side.init), name: row[8].text.flatMap { try? LedgerJSON.decode(Sealed.self, from: Array($0.utf8)) },
            expires: Instant(milliseconds: expires))
        self.state = state
    }

    var row: [RowValue] {
        get throws {
            let sealed = try name.map { String(decoding: try LedgerJSON.encode($0), as: UTF8.self) }
            return [
                .text(id.description), .text(`case`.description), .text(owner.description), .text(type.text), .text(declared.rawValue), .integer(bytes),
                request.map { .text($0.description) } ?? .null, side.map { .text($0.rawValue) } ?? .null, sealed.map { .text($0) } ?? .null,
                .integer(expires.milliseconds), .integer(state.rawValue),
            ]
        }
    }
}
