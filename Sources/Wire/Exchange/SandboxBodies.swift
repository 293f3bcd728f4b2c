import Chronicle

/// What somebody who plays a user of the sandbox exchange does there, or what happens to its users from outside.
public struct SandboxAct: WireBody {
    public enum Act: String, Codable, Hashable, Sendable {
        case openAccount = "open-account"
        case deposit, pledge
        case fundProtection = "fund-protection"
        case placeOrder = "place-order"
        case markPaid = "mark-paid"
        case release, cancel, expire
        case say
        case recordCard = "record-card"
        case recordDeposit = "record-deposit"
    }

    public var act: Act
    public var account: String?
    public var amount: Amount?
    public var fiat: Amount?
    public var order: String?
    public var rail: String?
    public var buyer: String?
    public var seller: String?
    public var merchantTier: String?
    /// When an order was placed; now, otherwise.
    public var created: Instant?
    /// What is said in an order's chat.
    public var text: String?
    /// An account that is open already is no fault.
    public var ifNew: Bool?

    enum CodingKeys: String, CodingKey {
        case act, account, amount, fiat, order, rail, buyer, seller, created, text
        case merchantTier = "merchant_tier"
        case ifNew = "if_new"
    }

    public init(_ act: Act, account: String? = nil, amount: Amount? = nil, fiat: Amount? = nil, order: String? = nil) {
        (self.act, self.account, self.amount, self.fiat, self.order) = (act, account, amount, fiat, order)
    }
}

/// What an account of the sandbox exchange has.
public struct SandboxBalance: WireBody {
    public let account: String
    public let available: Amount
    /// A merchant's, pledged.
    public let deposit: Amount
    public let frozen: Bool

    public init(account: String, available: Amount, deposit: Amount, frozen: Bool) {
        (self.account, self.available, self.deposit, self.frozen) = (account, available, deposit, frozen)
    }
}

/// What the two sides of an order wrote to each other, oldest first.
public struct SandboxChat: WireBody {
    public struct Line: WireBody {
        public let at: Instant
        public let by: String
        public let text: String
        public init(at: Instant, by: String, text: String) { (self.at, self.by, self.text) = (at, by, text) }
    }
    public let order: String
    public let lines: [Line]
    public init(order: String, lines: [Line]) { (self.order, self.lines) = (order, lines) }
}
