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
