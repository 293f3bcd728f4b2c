import Chronicle

/// A place where coin can be on the sandbox's books.
enum Pocket: Hashable, Sendable, Codable {
    /// Everything outside the exchange; its balance is what came in, negative.
    case world
    case available(account: AccountReference)
    case escrow(order: OrderReference)
    case merchantDeposit(account: AccountReference)
    /// Set aside because of an order.
    case heldValue(account: AccountReference, order: OrderReference)
    case protectionFund
}

/// One movement of coin from a pocket to another: both sides in one line, so that nothing can be booked on one side only.
struct Posting: Hashable, Sendable, Codable {
    var from: Pocket
    var to: Pocket
    var amount: Amount
}

/// What is where. Every pocket but the world holds zero or more; each asset sums up to zero over all of them.
struct Balances: Equatable, Sendable {
    struct Line: Hashable, Sendable {
        var pocket: Pocket
        var asset: Asset
    }

    private(set) var lines: [Line: Int128] = [:]

    subscript(pocket: Pocket, asset: Asset) -> Amount { Amount(minorUnits: lines[Line(pocket: pocket, asset: asset)] ?? 0, of: asset) }

    /// Books all of the postings, in their order, or none: no pocket may fall below zero on the way.
    mutating func book(_ postings: [Posting]) throws(ExchangeError) {
        let changed = try changes(postings)
        var net: [Asset: Int128] = [:]
        for (line, balance) in changed { net[line.asset, default: 0] &+= balance &- (lines[line] ?? 0) }
        guard net.values.allSatisfy({ $0 == 0 }) else { throw .refused(reason: "the books would not balance") }
        for (line, balance) in changed { lines[line] = balance == 0 ? nil : balance }
    }

    /// The new balance of every line the postings touch.
    func changes(_ postings: [Posting]) throws(ExchangeError) -> [Line: Int128] {
        var changed: [Line: Int128] = [:]
        func balance(_ line: Line) -> Int128 { changed[line] ?? lines[line] ?? 0 }
        for posting in postings {
            guard !posting.amount.isNegative else { throw .refused(reason: "an amount cannot be negative") }
            let (from, to) = (Line(pocket: posting.from, asset: posting.amount.asset), Line(pocket: posting.to, asset: posting.amount.asset))
            let (less, under) = balance(from).subtractingReportingOverflow(posting.amount.minorUnits)
            guard !under else { throw .refused(reason: AmountError.overflow.description) }
            guard posting.from == .world || less >= 0 else {
                throw .insufficient(available: Amount(minorUnits: balance(from), of: posting.amount.asset), needed: posting.amount)
            }
            changed[from] = less
            let (more, over) = balance(to).addingReportingOverflow(posting.amount.minorUnits)
            guard !over else { throw .refused(reason: AmountError.overflow.description) }
            changed[to] = more
        }
        return changed
    }

    /// The first asset whose pockets do not sum up to zero, or that has a pocket below zero; `nil` on sound books.
    func firstUnsound() -> Asset? {
        var sums: [Asset: Int128] = [:]
        for (line, balance) in lines {
            if line.pocket != .world && balance < 0 { return line.asset }
            let (sum, overflow) = (sums[line.asset] ?? 0).addingReportingOverflow(balance)
            if overflow { return line.asset }
            sums[line.asset] = sum
        }
        return sums.first { $0.value != 0 }?.key
    }
}
