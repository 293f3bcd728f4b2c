import Chronicle

/// What an instruction would do, before it is done.
struct Proposal: Sendable {
    var postings: [Posting] = []
    var escrow: EscrowState?
}

extension Books {
    /// What follows from an instruction on these books, or why nothing does.
    func decide(_ instruction: Instruction) throws(ExchangeError) -> Proposal {
        let proposal = try propose(instruction)
        _ = try balances.changes(proposal.postings)
        return proposal
    }

    private func propose(_ instruction: Instruction) throws(ExchangeError) -> Proposal {
        switch instruction {
        case .hold(let order):
            let facts = try escrow(order, in: .locked, .paid)
            guard facts.kind == .peerToPeer else { throw .refused(reason: "only the escrow of an order between users can be held") }
            return Proposal(escrow: .held)
        case .liftHold(let order):
            let facts = try escrow(order, in: .held)
            return Proposal(escrow: facts.paid == nil ? .locked : .paid)
        case .releaseToBuyer(let order):
            let facts = try escrow(order, in: .held)
            return Proposal(postings: [out(of: facts, to: facts.buyer, facts.escrowBalance)], escrow: .released)
        case .returnToSeller(let order):
            let facts = try escrow(order, in: .held)
            return Proposal(postings: [out(of: facts, to: try seller(of: facts), facts.escrowBalance)], escrow: .returned)
        case .split(let order, let buyer, let seller): return try split(order, buyer, seller)
        case .freezeAccount(let account), .unfreezeAccount(let account):
            try require(account)
            return Proposal()
        case .holdEquivalentValue(let account, let amount, let order):
            try require(account)
            let facts = try facts(of: order)
            try positive(amount)
            guard facts.amount.asset == amount.asset, amount.minorUnits <= facts.amount.minorUnits else {
                throw .refused(reason: "no more than the value of the order, \(facts.amount), can be set aside because of it")
            }
            return Proposal(postings: [Posting(from: .available(account: account), to: .heldValue(account: account, order: order), amount: amount)])
        case .settleHeldValue(let account, let order, let beneficiary): return try settle(account, order, beneficiary)
        case .deductDeposit(let merchant, let victim, let amount, let order):
            return try pay(amount, from: .merchantDeposit(account: merchant), to: victim, because: order, alsoKnown: merchant)
        case .compensate(let account, let amount, let order):
            return try pay(amount, from: .protectionFund, to: account, because: order, alsoKnown: account)
        case .creditDeposit(let order, let amount): return try credit(order, amount)
        }
    }

    private func split(_ order: OrderReference, _ buyer: Amount, _ seller: Amount) throws(ExchangeError) -> Proposal {
        let facts = try escrow(order, in: .held)
        let account = try self.seller(of: facts)
        guard !buyer.isNegative, !seller.isNegative, let whole = try? buyer.adding(seller), whole == facts.escrowBalance else {
            throw .refused(reason: "the shares \(buyer) and \(seller) are not the whole of \(facts.escrowBalance)")
        }
        return Proposal(postings: [out(of: facts, to: facts.buyer, buyer), out(of: facts, to: account, seller)], escrow: .split)
    }

    private func settle(_ account: AccountReference, _ order: OrderReference, _ beneficiary: AccountReference) throws(ExchangeError) -> Proposal {
        try require(account)
        try require(beneficiary)
        let asset = try facts(of: order).amount.asset
        let held = Pocket.heldValue(account: account, order: order)
        guard !balances[held, asset].isZero else { throw .refused(reason: "nothing of \(account) is set aside for the order \(order)") }
        return Proposal(postings: [Posting(from: held, to: .available(account: beneficiary), amount: balances[held, asset])])
    }

    private func credit(_ order: OrderReference, _ amount: Amount) throws(ExchangeError) -> Proposal {
        let facts = try escrow(order, in: .locked)
        guard facts.kind == .deposit else { throw .refused(reason: "\(order) is not a deposit") }
        try positive(amount)
        let isWhole = amount == facts.escrowBalance
        return Proposal(postings: [out(of: facts, to: facts.buyer, amount)], escrow: isWhole ? .released : .locked)
    }

    private func pay(
        _ amount: Amount, from pocket: Pocket, to account: AccountReference, because order: OrderReference, alsoKnown other: AccountReference
    ) throws(ExchangeError) -> Proposal {
        try require(other)
        try require(account)
        _ = try facts(of: order)
        try positive(amount)
        return Proposal(postings: [Posting(from: pocket, to: .available(account: account), amount: amount)])
    }

    private func escrow(_ order: OrderReference, in states: EscrowState...) throws(ExchangeError) -> OrderFacts {
        let facts = try facts(of: order)
        guard states.contains(facts.escrow) else { throw .conflict(state: facts.escrow) }
        return facts
    }

    private func seller(of facts: OrderFacts) throws(ExchangeError) -> AccountReference {
        guard let seller = facts.seller else { throw .refused(reason: "\(facts.reference) has no seller") }
        return seller
    }

    private func out(of facts: OrderFacts, to account: AccountReference, _ amount: Amount) -> Posting {
        Posting(from: .escrow(order: facts.reference), to: .available(account: account), amount: amount)
    }

    private func positive(_ amount: Amount) throws(ExchangeError) {
        guard amount.minorUnits > 0 else { throw .refused(reason: "\(amount) is not an amount to move") }
    }
}
