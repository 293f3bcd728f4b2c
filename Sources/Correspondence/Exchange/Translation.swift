import Chronicle
import Runtime
import Wire

/// Between what the port says and what goes over the wire, both ways; the desk's side and the sandbox's share it.
extension InstructionBody {
    public init(_ instruction: Instruction) {
        switch instruction {
        case .hold(let order): self.init(.hold); self.order = order.text
        case .liftHold(let order): self.init(.liftHold); self.order = order.text
        case .releaseToBuyer(let order): self.init(.releaseToBuyer); self.order = order.text
        case .returnToSeller(let order): self.init(.returnToSeller); self.order = order.text
        case .split(let order, let buyer, let seller):
            self.init(.split)
            (self.order, toBuyer, toSeller) = (order.text, buyer, seller)
        case .freezeAccount(let account): self.init(.freezeAccount); self.account = account.text
        case .unfreezeAccount(let account): self.init(.unfreezeAccount); self.account = account.text
        case .holdEquivalentValue(let account, let amount, let order):
            self.init(.holdEquivalentValue)
            (self.account, self.amount, self.order) = (account.text, amount, order.text)
        case .settleHeldValue(let account, let order, let beneficiary):
            self.init(.settleHeldValue)
            (self.account, self.order, self.beneficiary) = (account.text, order.text, beneficiary.text)
        case .deductDeposit(let merchant, let victim, let amount, let order):
            self.init(.deductDeposit)
            (account, beneficiary, self.amount, self.order) = (merchant.text, victim.text, amount, order.text)
        case .creditDeposit(let order, let amount): self.init(.creditDeposit); (self.order, self.amount) = (order.text, amount)
        case .compensate(let account, let amount, let order):
            self.init(.compensate)
            (self.account, self.amount, self.order) = (account.text, amount, order.text)
        }
    }

    /// `nil` where a field its kind needs is missing or is none.
    public var instruction: Instruction? {
        let order = order.flatMap { OrderReference($0) }
        let (account, beneficiary) = (account.flatMap { AccountReference($0) }, beneficiary.flatMap { AccountReference($0) })
        switch kind {
        case .hold: return order.map { .hold(order: $0) }
        case .liftHold: return order.map { .liftHold(order: $0) }
        case .releaseToBuyer: return order.map { .releaseToBuyer(order: $0) }
        case .returnToSeller: return order.map { .returnToSeller(order: $0) }
        case .split:
            guard let order, let toBuyer, let toSeller else { return nil }
            return .split(order: order, buyer: toBuyer, seller: toSeller)
        case .freezeAccount: return account.map { .freezeAccount(account: $0) }
        case .unfreezeAccount: return account.map { .unfreezeAccount(account: $0) }
        case .holdEquivalentValue:
            guard let account, let amount, let order else { return nil }
            return .holdEquivalentValue(account: account, amount: amount, order: order)
        case .settleHeldValue:
            guard let account, let order, let beneficiary else { return nil }
            return .settleHeldValue(account: account, order: order, beneficiary: beneficiary)
        case .deductDeposit:
            guard let account, let beneficiary, let amount, let order else { return nil }
            return .deductDeposit(merchant: account, victim: beneficiary, amount: amount, order: order)
        case .creditDeposit:
            guard let order, let amount else { return nil }
            return .creditDeposit(order: order, amount: amount)
        case .compensate:
            guard let account, let amount, let order else { return nil }
            return .compensate(account: account, amount: amount, order: order)
        }
    }
}

extension OrderBody {
    public init(_ facts: OrderFacts) {
        self.init(
            order: facts.reference.text, kind: facts.kind.rawValue, amount: facts.amount, buyer: facts.buyer.text, created: facts.created,
            escrow: facts.escrow.rawValue, escrowBalance: facts.escrowBalance)
        (fiat, rail, seller) = (facts.fiat, facts.rail?.text, facts.seller?.text)
        (merchantTier, merchantDeposit) = (facts.merchantTier?.text, facts.merchantDeposit)
        (paid, released, cancelled) = (facts.paid, facts.released, facts.cancelled)
    }

    public var facts: OrderFacts? {
        guard let order = OrderReference(order), let kind = OrderKind(rawValue: kind), let buyer = AccountReference(buyer),
            let escrow = EscrowState(rawValue: escrow)
        else { return nil }
        var facts = OrderFacts(
            reference: order, kind: kind, amount: amount, fiat: fiat, rail: rail.flatMap { Code($0) }, buyer: buyer,
            seller: seller.flatMap { AccountReference($0) },
            merchantTier: merchantTier.flatMap { Code($0) }, created: created, paid: paid, released: released, cancelled: cancelled, escrow: escrow,
            escrowBalance: escrowBalance)
        facts.merchantDeposit = merchantDeposit
        return facts
    }
}

extension DoneBody {
    public init(_ result: InstructionResult) {
        self.init(
            booking: result.booking, at: result.carriedOut, escrow: result.escrow?.rawValue,
            transfers: result.transfers.map { Transfer(account: $0.account.text, amount: $0.amount) })
    }

    public var result: InstructionResult? {
        var moved: [InstructionResult.Transfer] = []
        for transfer in transfers {
            guard let account = AccountReference(transfer.account) else { return nil }
            moved.append(.init(account: account, amount: transfer.amount))
        }
        return InstructionResult(booking: booking, carriedOut: at, escrow: escrow.flatMap { EscrowState(rawValue: $0) }, transfers: moved)
    }
}

extension MovementBody {
    public init(_ movement: EscrowMovement) {
        self.init(
            position: movement.cursor.position, order: movement.order.text, kind: movement.kind.word, amount: movement.amount, at: movement.occurred)
    }

    public var movement: EscrowMovement? {
        guard let order = OrderReference(order), let kind = EscrowMovement.Kind.allCases.first(where: { $0.word == kind }) else { return nil }
        return EscrowMovement(cursor: MovementCursor(position: position), order: order, kind: kind, amount: amount, occurred: at)
    }
}

extension EscrowMovement.Kind {
    fileprivate var word: String { self == .markedPaid ? "marked-paid" : rawValue }
}

extension ExchangeRefusal {
    /// `nil` for what is no final answer.
    public init?(_ error: ExchangeError) {
        switch error {
        case .refused(let reason): self.init(.refused); self.reason = reason
        case .unknownOrder(let order): self.init(.unknownOrder); name = order.text
        case .unknownAccount(let account): self.init(.unknownAccount); name = account.text
        case .insufficient(let available, let needed): self.init(.insufficient); (self.available, self.needed) = (available, needed)
        case .conflict(let state): self.init(.conflict); escrow = state.rawValue
        case .keyReused: self.init(Code.keyReused)
        case .unavailable, .resting: return nil
        }
    }

    public var error: ExchangeError {
        switch code {
        case .refused: .refused(reason: reason ?? "no reason was given")
        case .unknownOrder: name.flatMap { OrderReference($0) }.map { .unknownOrder($0) } ?? .refused(reason: "the order is not known")
        case .unknownAccount: name.flatMap { AccountReference($0) }.map { .unknownAccount($0) } ?? .refused(reason: "the account is not known")
        case .insufficient:
            if let available, let needed { .insufficient(available: available, needed: needed) } else { .refused(reason: reason ?? "there is not as much") }
        case .conflict: .conflict(state: escrow.flatMap { EscrowState(rawValue: $0) } ?? .none)
        case .keyReused: ExchangeError.keyReused
        }
    }
}
