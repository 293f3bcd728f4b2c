import Chronicle

/// One thing Recourse asks the exchange to do. Data, so that the outbox can keep it and send it again, word for word.
public enum Instruction: Hashable, Sendable, Codable {
    /// Freezes the escrow of an open order while it is disputed; the parties may still settle between themselves.
    case hold(order: OrderReference)
    /// Ends a hold without a decision: the order goes on where it was.
    case liftHold(order: OrderReference)
    /// All of a held escrow to the buyer.
    case releaseToBuyer(order: OrderReference)
    /// All of a held escrow back to the seller.
    case returnToSeller(order: OrderReference)
    /// A held escrow to both; the two shares must be the whole.
    case split(order: OrderReference, buyer: Amount, seller: Amount)
    /// The account may receive but not trade or withdraw.
    case freezeAccount(account: AccountReference)
    case unfreezeAccount(account: AccountReference)
    /// Sets aside coin of an account because of an order that is over: released by mistake, fraud suspected. Equal value only, never more.
    case holdEquivalentValue(account: AccountReference, amount: Amount, order: OrderReference)
    /// Ends such a hold: all of it to `beneficiary`, which may be the account itself.
    case settleHeldValue(account: AccountReference, order: OrderReference, beneficiary: AccountReference)
    /// From a merchant's deposit to the victim.
    case deductDeposit(merchant: AccountReference, victim: AccountReference, amount: Amount, order: OrderReference)
    /// Coin that arrived for a deposit but was not credited, to its owner.
    case creditDeposit(order: OrderReference, amount: Amount)
    /// From the exchange's own protection fund.
    case compensate(account: AccountReference, amount: Amount, order: OrderReference)
}

/// What came of an instruction, kept by the exchange under its key for as long as it keeps orders.
public struct InstructionResult: Hashable, Sendable, Codable {
    /// The exchange's number of the booking.
    public var booking: Int64
    public var carriedOut: Instant
    /// Escrow of the order afterwards; `nil` when the instruction names no order or one without escrow.
    public var escrow: EscrowState?
    /// What was moved, in order.
    public var transfers: [Transfer]

    public init(booking: Int64, carriedOut: Instant, escrow: EscrowState?, transfers: [Transfer]) {
        (self.booking, self.carriedOut, self.escrow, self.transfers) = (booking, carriedOut, escrow, transfers)
    }

    /// An amount that reached an account.
    public struct Transfer: Hashable, Sendable, Codable {
        public var account: AccountReference
        public var amount: Amount
        public init(account: AccountReference, amount: Amount) { (self.account, self.amount) = (account, amount) }
    }
}

/// What the exchange knows of a key.
public enum InstructionStatus: Hashable, Sendable {
    /// Never arrived, or not yet.
    case unknown
    case done(InstructionResult)
    case refused(ExchangeError)
}
