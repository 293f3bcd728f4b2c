import Chronicle

/// The state of the sandbox exchange: a fold of its journal.
struct Books: Sendable {
    private(set) var bookings: Int64 = 0
    private(set) var balances = Balances()
    private(set) var accounts: Set<AccountReference> = []
    private(set) var frozen: Set<AccountReference> = []
    private(set) var orders: [OrderReference: OrderFacts] = [:]
    private(set) var answers: [String: (instruction: Instruction, answer: JournalEntry.Answer)] = [:]
    private(set) var movements: [EscrowMovement] = []
    private(set) var chats: [OrderReference: [OrderChatLine]] = [:]

    /// Throws, unchanged, when the entry is not the next one or does not fit: then it was not decided on these books.
    mutating func apply(_ entry: JournalEntry) throws(ExchangeError) {
        guard entry.booking == bookings + 1 else { throw .refused(reason: "booking \(entry.booking) does not follow \(bookings)") }
        try balances.book(entry.postings)
        bookings = entry.booking
        switch entry.act {
        case .accountOpened(let account): accounts.insert(account)
        case .funded: break
        case .orderRecorded(let facts):
            orders[facts.reference] = facts
            if facts.kind == .peerToPeer { note(.locked, facts.reference, entry) }
        case .moved(let order, let kind): move(order, kind, entry)
        case .said(let order, let account, let text): chats[order, default: []].append(OrderChatLine(at: entry.at, by: account, text: text))
        case .instructed(let key, let instruction, let answer):
            answers[key] = (instruction, answer)
            if case .done(let result) = answer { follow(instruction, result) }
        }
    }

    /// The order as it stands, its balance from the books.
    func facts(of reference: OrderReference) throws(ExchangeError) -> OrderFacts {
        guard var facts = orders[reference] else { throw .unknownOrder(reference) }
        facts.escrowBalance = balances[.escrow(order: reference), facts.amount.asset]
        return facts
    }

    func require(_ account: AccountReference) throws(ExchangeError) {
        guard accounts.contains(account) else { throw .unknownAccount(account) }
    }

    private mutating func move(_ order: OrderReference, _ kind: EscrowMovement.Kind, _ entry: JournalEntry) {
        switch kind {
        case .locked: break
        case .markedPaid:
            if orders[order]?.escrow == .locked { orders[order]?.escrow = .paid }
            orders[order]?.paid = entry.at
        case .released:
            orders[order]?.escrow = .released
            orders[order]?.released = entry.at
        case .cancelled, .expired:
            orders[order]?.escrow = .cancelled
            orders[order]?.cancelled = entry.at
        }
        note(kind, order, entry)
    }

    private mutating func note(_ kind: EscrowMovement.Kind, _ order: OrderReference, _ entry: JournalEntry) {
        guard let amount = orders[order]?.amount else { return }
        movements.append(
            EscrowMovement(cursor: MovementCursor(position: entry.booking), order: order, kind: kind, amount: amount, occurred: entry.at))
    }

    private mutating func follow(_ instruction: Instruction, _ result: InstructionResult) {
        switch instruction {
        case .hold(let order), .liftHold(let order), .returnToSeller(let order), .split(let order, _, _):
            if let escrow = result.escrow { orders[order]?.escrow = escrow }
        case .releaseToBuyer(let order), .creditDeposit(let order, _):
            if let escrow = result.escrow { orders[order]?.escrow = escrow }
            if result.escrow == .released { orders[order]?.released = result.carriedOut }
        case .freezeAccount(let account): frozen.insert(account)
        case .unfreezeAccount(let account): frozen.remove(account)
        case .holdEquivalentValue, .settleHeldValue, .deductDeposit, .compensate: break
        }
    }
}
