import Chronicle

/// An order, a card payment or a coin deposit, as the exchange names it.
public enum ExchangeOrder: Coded { public static let noun = "order reference" }
public typealias OrderReference = Code<ExchangeOrder>

/// An account of a user or merchant, as the exchange names it; never a person's name.
public enum ExchangeAccount: Coded { public static let noun = "account reference" }
public typealias AccountReference = Code<ExchangeAccount>

/// How fiat money travels: `SEPA-INST`, `PIX`, `CASH`.
public enum PaymentRail: Coded { public static let noun = "payment rail" }

/// What a merchant has earned: `VERIFIED`, `BLOCK`.
public enum MerchantTier: Coded { public static let noun = "merchant tier" }

public enum OrderKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Coin against a fiat payment between two users, the coin in escrow.
    case peerToPeer = "p2p"
    /// Coin bought by card; nothing in escrow.
    case card
    /// Coin sent to the exchange from outside.
    case deposit
}

/// Where the coin of an order is.
public enum EscrowState: String, Hashable, Sendable, Codable, CaseIterable {
    /// There is none: a card payment.
    case none
    /// In escrow, not marked paid. For a deposit: arrived, not credited.
    case locked
    /// In escrow, the buyer says they paid.
    case paid
    /// In escrow, frozen for a dispute.
    case held
    /// With the buyer. For a deposit: credited.
    case released
    /// Back with the seller by decision.
    case returned
    /// Divided by decision.
    case split
    /// Back with the seller because the order was cancelled or ran out.
    case cancelled

    /// Is there something left to decide about?
    public var isOpen: Bool { self == .locked || self == .paid || self == .held }
}

/// Everything the exchange knows of one order that a dispute needs, as of the moment it answers.
public struct OrderFacts: Hashable, Sendable, Codable {
    public var reference: OrderReference
    public var kind: OrderKind
    /// The coin that changes hands.
    public var amount: Amount
    /// What is paid for it.
    public var fiat: Amount?
    /// Fiat for one whole unit of the coin.
    public var price: Amount?
    public var rail: Code<PaymentRail>?
    public var buyer: AccountReference
    /// `nil` when the other side is not a user: card payments, deposits.
    public var seller: AccountReference?
    public var merchantTier: Code<MerchantTier>?
    /// What the merchant has pledged, as of the moment the exchange answers.
    public var merchantDeposit: Amount?
    public var created: Instant
    /// Marked paid by the buyer.
    public var paid: Instant?
    public var released: Instant?
    public var cancelled: Instant?
    /// Where the buyer was told to pay, as it stood at that time. Personal data: seal it before it goes anywhere near the log.
    public var payee: PayeeSnapshot?
    public var escrow: EscrowState
    public var escrowBalance: Amount

    public init(
        reference: OrderReference, kind: OrderKind, amount: Amount, fiat: Amount? = nil, price: Amount? = nil, rail: Code<PaymentRail>? = nil,
        buyer: AccountReference, seller: AccountReference? = nil, merchantTier: Code<MerchantTier>? = nil, created: Instant,
        paid: Instant? = nil, released: Instant? = nil, cancelled: Instant? = nil, payee: PayeeSnapshot? = nil, escrow: EscrowState,
        escrowBalance: Amount
    ) {
        (self.reference, self.kind, self.amount, self.fiat, self.price) = (reference, kind, amount, fiat, price)
        (self.rail, self.buyer, self.seller, self.merchantTier) = (rail, buyer, seller, merchantTier)
        (self.created, self.paid, self.released, self.cancelled) = (created, paid, released, cancelled)
        (self.payee, self.escrow, self.escrowBalance) = (payee, escrow, escrowBalance)
    }
}

/// The payee details shown to the buyer when the order was placed.
public struct PayeeSnapshot: Hashable, Sendable, Codable {
    public var name: String
    public var institution: String?
    public var accountNumber: String
    /// What the buyer was asked to write with the payment.
    public var remark: String?

    public init(name: String, institution: String? = nil, accountNumber: String, remark: String? = nil) {
        (self.name, self.institution, self.accountNumber, self.remark) = (name, institution, accountNumber, remark)
    }
}
