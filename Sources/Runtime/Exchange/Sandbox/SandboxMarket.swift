import Chronicle

/// What users and the outside world do on the sandbox exchange: the demonstration market and the other half of every test.
extension SandboxExchange {
    public func openAccount(_ account: AccountReference) async throws(ExchangeError) {
        guard try read({ !$0.accounts.contains(account) }) else { throw .refused(reason: "the account \(account) is open already") }
        try await record(.accountOpened(account: account), [])
    }

    public func isOpen(_ account: AccountReference) throws(ExchangeError) -> Bool { try read { $0.accounts.contains(account) } }

    /// Coin from outside, credited at once.
    public func deposit(_ amount: Amount, to account: AccountReference) async throws(ExchangeError) {
        try read { books throws(ExchangeError) in try books.require(account) }
        try await record(.funded, [Posting(from: .world, to: .available(account: account), amount: amount)])
    }

    /// A merchant's deposit, out of their balance.
    public func pledge(_ amount: Amount, by merchant: AccountReference) async throws(ExchangeError) {
        try read { books throws(ExchangeError) in try books.require(merchant) }
        try await record(.funded, [Posting(from: .available(account: merchant), to: .merchantDeposit(account: merchant), amount: amount)])
    }

    /// The exchange's own money for compensation.
    public func fundProtection(_ amount: Amount) async throws(ExchangeError) {
        try await record(.funded, [Posting(from: .world, to: .protectionFund, amount: amount)])
    }

    /// An order between two users; the seller's coin goes into escrow.
    public func placeOrder(_ placement: OrderPlacement) async throws(ExchangeError) {
        try await record(
            .orderRecorded(facts: try facts(of: placement, at: placement.created)),
            [Posting(from: .available(account: placement.seller), to: .escrow(order: placement.reference), amount: placement.amount)])
    }

    /// Coin bought by card: nothing in escrow, the coin is with the buyer.
    public func recordCardPayment(
        _ reference: OrderReference, by account: AccountReference, coin amount: Amount, paid fiat: Amount, at created: Instant
    ) async throws(ExchangeError) {
        try newOrder(reference, of: [account])
        let facts = OrderFacts(
            reference: reference, kind: .card, amount: amount, fiat: fiat, buyer: account, created: created, paid: created, released: created,
            escrow: .none, escrowBalance: .zero(of: amount.asset))
        try await record(.orderRecorded(facts: facts), [Posting(from: .world, to: .available(account: account), amount: amount)])
    }

    /// Coin that arrived on chain but was not credited: the wrong memo, a token nobody listed.
    public func recordUncreditedDeposit(
        _ reference: OrderReference, for account: AccountReference, _ amount: Amount, at created: Instant
    ) async throws(ExchangeError) {
        try newOrder(reference, of: [account])
        let facts = OrderFacts(
            reference: reference, kind: .deposit, amount: amount, buyer: account, created: created, escrow: .locked, escrowBalance: amount)
        try await record(.orderRecorded(facts: facts), [Posting(from: .world, to: .escrow(order: reference), amount: amount)])
    }

    /// The buyer says the fiat money is on its way.
    public func markPaid(_ order: OrderReference) async throws(ExchangeError) {
        let facts = try escrow(order, in: [.locked, .held])
        guard facts.paid == nil else { throw .conflict(state: facts.escrow) }
        try await record(.moved(order: order, kind: .markedPaid), [])
    }

    /// The seller releases to the buyer; possible in a dispute, too, which it ends. Not before the buyer has marked the order paid.
    public func releaseBySeller(_ order: OrderReference) async throws(ExchangeError) {
        let facts = try escrow(order, in: [.paid, .held])
        guard facts.paid != nil else { throw .conflict(state: facts.escrow) }
        try await record(
            .moved(order: order, kind: .released),
            [Posting(from: .escrow(order: order), to: .available(account: facts.buyer), amount: facts.escrowBalance)])
    }

    /// The buyer cancels; the coin goes back to the seller. Possible in a dispute, too, which it ends.
    public func cancelByBuyer(_ order: OrderReference) async throws(ExchangeError) {
        try await backToSeller(try escrow(order, in: [.locked, .paid, .held]), .cancelled)
    }

    /// The payment window ran out before the buyer marked the order paid.
    public func expire(_ order: OrderReference) async throws(ExchangeError) {
        try await backToSeller(try escrow(order, in: [.locked]), .expired)
    }

    /// One of the two sides of an order writes to the other, beside the trade.
    public func say(_ text: String, by account: AccountReference, about order: OrderReference) async throws(ExchangeError) {
        let facts = try read { books throws(ExchangeError) in try books.facts(of: order) }
        guard account == facts.buyer || account == facts.seller else { throw .refused(reason: "\(account) is no side of the order \(order)") }
        guard 1...OrderChatLine.charactersMax ~= text.count else {
            throw .refused(reason: "a line of chat has 1 to \(OrderChatLine.charactersMax) characters")
        }
        try await record(.said(order: order, by: account, text: text), [])
    }

    /// What the two sides of an order wrote to each other, oldest first.
    public func chat(about order: OrderReference) throws(ExchangeError) -> [OrderChatLine] {
        try read { books throws(ExchangeError) in
            _ = try books.facts(of: order)
            return books.chats[order] ?? []
        }
    }

    /// What an account can use.
    public func available(_ account: AccountReference, _ asset: Asset) throws(ExchangeError) -> Amount {
        try read { books throws(ExchangeError) in
            try books.require(account)
            return books.balances[.available(account: account), asset]
        }
    }

    public func merchantDeposit(of merchant: AccountReference, _ asset: Asset) throws(ExchangeError) -> Amount {
        try read { $0.balances[.merchantDeposit(account: merchant), asset] }
    }

    public func isFrozen(_ account: AccountReference) throws(ExchangeError) -> Bool { try read { $0.frozen.contains(account) } }

    /// The first asset whose books do not balance; `nil` on sound books.
    public func firstUnsoundAsset() throws(ExchangeError) -> Asset? { try read { $0.balances.firstUnsound() } }

    private func backToSeller(_ facts: OrderFacts, _ kind: EscrowMovement.Kind) async throws(ExchangeError) {
        guard let seller = facts.seller else { throw .conflict(state: facts.escrow) }
        try await record(
            .moved(order: facts.reference, kind: kind),
            [Posting(from: .escrow(order: facts.reference), to: .available(account: seller), amount: facts.escrowBalance)])
    }

    private func escrow(_ order: OrderReference, in states: [EscrowState]) throws(ExchangeError) -> OrderFacts {
        let facts = try read { books throws(ExchangeError) in try books.facts(of: order) }
        guard facts.kind == .peerToPeer, states.contains(facts.escrow) else { throw .conflict(state: facts.escrow) }
        return facts
    }

    private func newOrder(_ reference: OrderReference, of accounts: [AccountReference]) throws(ExchangeError) {
        try read { books throws(ExchangeError) in
            guard books.orders[reference] == nil else { throw .refused(reason: "there is an order \(reference) already") }
            for account in accounts {
                try books.require(account)
                guard !books.frozen.contains(account) else { throw .refused(reason: "the account \(account) is frozen") }
            }
        }
    }

    private func facts(of placement: OrderPlacement, at created: Instant) throws(ExchangeError) -> OrderFacts {
        try newOrder(placement.reference, of: [placement.buyer, placement.seller])
        guard placement.buyer != placement.seller, placement.amount.minorUnits > 0 else {
            throw .refused(reason: "an order needs two parties and an amount")
        }
        return OrderFacts(
            reference: placement.reference, kind: .peerToPeer, amount: placement.amount, fiat: placement.fiat, price: placement.price,
            rail: placement.rail, buyer: placement.buyer, seller: placement.seller, merchantTier: placement.merchantTier,
            created: created, payee: placement.payee, escrow: .locked, escrowBalance: placement.amount)
    }
}

/// An order between two users as it is placed.
public struct OrderPlacement: Hashable, Sendable {
    public var reference: OrderReference
    public var amount: Amount
    public var fiat: Amount
    public var price: Amount?
    public var rail: Code<PaymentRail>?
    public var buyer: AccountReference
    public var seller: AccountReference
    public var merchantTier: Code<MerchantTier>?
    public var payee: PayeeSnapshot?
    public var created: Instant

    public init(
        reference: OrderReference, amount: Amount, fiat: Amount, price: Amount? = nil, rail: Code<PaymentRail>? = nil,
        buyer: AccountReference, seller: AccountReference, merchantTier: Code<MerchantTier>? = nil, payee: PayeeSnapshot? = nil, created: Instant
    ) {
        (self.reference, self.amount, self.fiat, self.price, self.rail) = (reference, amount, fiat, price, rail)
        (self.buyer, self.seller, self.merchantTier, self.payee, self.created) = (buyer, seller, merchantTier, payee, created)
    }
}

/// A line of the chat of an order. Words of users: whoever keeps books of a real exchange seals them.
public struct OrderChatLine: Hashable, Sendable {
    public let at: Instant
    public let by: AccountReference
    public let text: String

    static let charactersMax = 2_000
}
