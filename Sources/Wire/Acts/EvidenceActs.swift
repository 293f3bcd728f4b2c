import Chronicle
import Disputes
import Policies

public struct EvidenceRequestBody: WireBody {
    /// A chair, a side, an account or a party's id.
    public var of: String
    public var types: [EvidenceCode]
}

public struct StatementBody: WireBody {
    public var statement: String
}

public struct NoticeBody: WireBody {
    /// A chair, a side, an account or a party's id.
    public var to: String
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
}

public struct LegalHoldBody: WireBody {
    public var authority: String
    public var reference: String?
}

public struct ReceiptBody: WireBody {
    public var receipt: String
}

/// Where an exhibit can be read after somebody said why it must be.
public struct ExhibitPass: WireBody {
    public let content: String
    public let expires: Instant

    public init(content: String, expires: Instant) { (self.content, self.expires) = (content, expires) }
}
