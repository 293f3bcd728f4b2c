import Chronicle
import Disputes
import Policies

public struct EvidenceRequestBody: WireBody {
    /// A chair, a side, an account or a party's id.
    public var of: String
    public var types: [EvidenceCode]

    public init(of: String, types: [EvidenceCode]) { (self.of, self.types) = (of, types) }
}

public struct StatementBody: WireBody {
    public var statement: String

    public init(statement: String) { self.statement = statement }
}

public struct NoticeBody: WireBody {
    /// A chair, a side, an account or a party's id.
    public var to: String

    public init(to: String) { self.to = to }
}

public struct OfferBody: WireBody {
    /// What the buyer would get of the order's amount; the rest is the seller's.
    public var toBuyer: Amount
    /// In secret: it is seen by nobody unless it crosses one of the other side.
    public var blind: Bool?

    enum CodingKeys: String, CodingKey {
        case blind
        case toBuyer = "to_buyer"
    }

    public init(toBuyer: Amount, blind: Bool? = nil) { (self.toBuyer, self.blind) = (toBuyer, blind) }
}

public struct LegalHoldBody: WireBody {
    public var authority: String
    public var reference: String?

    public init(authority: String, reference: String? = nil) { (self.authority, self.reference) = (authority, reference) }
}

public struct ReceiptBody: WireBody {
    public var receipt: String

    public init(receipt: String) { self.receipt = receipt }
}

/// Where an exhibit can be read after somebody said why it must be.
public struct ExhibitPass: WireBody {
    public let content: String
    public let expires: Instant

    public init(content: String, expires: Instant) { (self.content, self.expires) = (content, expires) }
}

/// A file that will come in parts.
public struct UploadBody: WireBody {
    /// What it is evidence of.
    public var type: EvidenceCode
    public var mediaType: String
    /// How long the whole file is.
    public var bytes: Int64
    public var request: RequestID?
    /// For staff and machines, the side or party it speaks for.
    public var side: String?
    /// What it is called where it comes from; sealed.
    public var name: String?

    enum CodingKeys: String, CodingKey {
        case type, bytes, request, side, name
        case mediaType = "media_type"
    }

    public init(type: EvidenceCode, mediaType: String, bytes: Int64, request: RequestID? = nil, side: String? = nil, name: String? = nil) {
        (self.type, self.mediaType, self.bytes, self.request, self.side, self.name) = (type, mediaType, bytes, request, side, name)
    }
}

/// How far a file has come.
public struct UploadView: WireBody {
    public let id: String
    public let of: CaseID
    /// The next byte that is wanted; also in the header `Upload-Offset`.
    public let offset: Int64
    public let bytes: Int64
    public let expires: Instant
    /// It is on the case.
    public let isDone: Bool
    /// All of it came, and the case did not take it.
    public let isRefused: Bool
    /// What that made of the case, said once when it came to be there.
    public let change: CaseChange?
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case id, offset, bytes, expires, change
        case of = "case"
        case isDone = "done"
        case isRefused = "refused"
        case asOf = "as_of"
    }

    public init(
        id: String, of dispute: CaseID, offset: Int64, bytes: Int64, expires: Instant, isDone: Bool, isRefused: Bool, change: CaseChange?, asOf: Int64
    ) {
        (self.id, of, self.offset, self.bytes) = (id, dispute, offset, bytes)
        (self.expires, self.isDone, self.isRefused, self.change, self.asOf) = (expires, isDone, isRefused, change, asOf)
    }
}
