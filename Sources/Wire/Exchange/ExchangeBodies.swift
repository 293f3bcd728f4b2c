import Chronicle

/// What a desk asks of an exchange over HTTP. There is one address and one method; the body says which of four questions it is, so that the
/// signature over the body covers everything.
public struct ExchangeQuestion: WireBody {
    public enum Ask: String, Codable, Hashable, Sendable {
        /// What is known of `order`?
        case order
        /// Do `instruction`, once, under `key`.
        case instruct
        /// What became of `key`?
        case status
        /// What did users do to escrows after `after`?
        case movements
    }

    public var ask: Ask
    public var order: String?
    public var key: String?
    public var instruction: InstructionBody?
    public var after: Int64?
    public var limit: Int?

    public init(_ ask: Ask) { self.ask = ask }
}

/// An instruction as an exchange reads it; which fields there are follows from `kind`.
public struct InstructionBody: WireBody {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case hold
        case liftHold = "lift-hold"
        case releaseToBuyer = "release-to-buyer"
        case returnToSeller = "return-to-seller"
        case split
        case freezeAccount = "freeze-account"
        case unfreezeAccount = "unfreeze-account"
        case holdEquivalentValue = "hold-equivalent-value"
        case settleHeldValue = "settle-held-value"
        case deductDeposit = "deduct-deposit"
        case creditDeposit = "credit-deposit"
        case compensate
    }

    public var kind: Kind
    public var order: String?
    public var account: String?
    public var amount: Amount?
    /// Of a split: what the buyer gets, and what the seller.
    public var toBuyer: Amount?
    public var toSeller: Amount?
    /// Who gets what was held, or what is taken from a deposit.
    public var beneficiary: String?

    enum CodingKeys: String, CodingKey {
        case kind, order, account, amount, beneficiary
        case toBuyer = "to_buyer"
        case toSeller = "to_seller"
    }

    public init(_ kind: Kind) { self.kind = kind }
}

/// An order as an exchange tells it.
public struct OrderBody: WireBody {
    public var order: String
    /// `p2p`, `card`, `deposit`.
    public var kind: String
    public var amount: Amount
    public var fiat: Amount?
    public var rail: String?
    public var buyer: String
    public var seller: String?
    public var merchantTier: String?
    public var merchantDeposit: Amount?
    public var created: Instant
    public var paid: Instant?
    public var released: Instant?
    public var cancelled: Instant?
    /// `none`, `locked`, `paid`, `held`, `released`, `returned`, `split`, `cancelled`.
    public var escrow: String
    public var escrowBalance: Amount

    enum CodingKeys: String, CodingKey {
        case order, kind, amount, fiat, rail, buyer, seller, created, paid, released, cancelled, escrow
        case merchantTier = "merchant_tier"
        case merchantDeposit = "merchant_deposit"
        case escrowBalance = "escrow_balance"
    }

    public init(order: String, kind: String, amount: Amount, buyer: String, created: Instant, escrow: String, escrowBalance: Amount) {
        (self.order, self.kind, self.amount, self.buyer) = (order, kind, amount, buyer)
        (self.created, self.escrow, self.escrowBalance) = (created, escrow, escrowBalance)
    }
}

/// What an exchange answers: exactly one of these. Anything else, and any status but 200, means that nobody knows, and the same is asked again.
public struct ExchangeAnswer: WireBody {
    public var order: OrderBody?
    public var done: DoneBody?
    /// It was done, or it was refused, or the key was never seen: then this is `true` and nothing else is there.
    public var unknown: Bool?
    public var movements: [MovementBody]?
    /// A final no.
    public var refusal: ExchangeRefusal?

    public init() {}
}

/// An instruction was carried out.
public struct DoneBody: WireBody {
    public struct Transfer: WireBody {
        public var account: String
        public var amount: Amount
        public init(account: String, amount: Amount) { (self.account, self.amount) = (account, amount) }
    }
    /// The exchange's number of the booking.
    public var booking: Int64
    public var at: Instant
    public var escrow: String?
    public var transfers: [Transfer]

    public init(booking: Int64, at: Instant, escrow: String?, transfers: [Transfer]) {
        (self.booking, self.at, self.escrow, self.transfers) = (booking, at, escrow, transfers)
    }
}

/// Something users did to an escrow.
public struct MovementBody: WireBody {
    /// Its place in the list; grows.
    public var position: Int64
    public var order: String
    /// `locked`, `marked-paid`, `released`, `cancelled`, `expired`.
    public var kind: String
    public var amount: Amount
    public var at: Instant

    public init(position: Int64, order: String, kind: String, amount: Amount, at: Instant) {
        (self.position, self.order, self.kind, self.amount, self.at) = (position, order, kind, amount, at)
    }
}

/// Why an exchange does not do something, for good.
public struct ExchangeRefusal: WireBody {
    public enum Code: String, Codable, Hashable, Sendable {
        case refused
        case unknownOrder = "unknown-order"
        case unknownAccount = "unknown-account"
        case insufficient
        /// The escrow is not where the instruction expects it.
        case conflict
        case keyReused = "key-reused"
    }
    public var code: Code
    public var reason: String?
    /// The order or account that is not known.
    public var name: String?
    public var available: Amount?
    public var needed: Amount?
    /// Where the escrow is.
    public var escrow: String?

    public init(_ code: Code) { self.code = code }
}
