import Chronicle
import Runtime
import Wire

/// Something an act needs is not in it.
public struct SandboxActMissing: Error, Hashable, Sendable, CustomStringConvertible {
    let what: String
    public var description: String { "“\(what)” is missing" }
}

extension SandboxAct {
    /// Does it on the books. Throws `SandboxActMissing`, `AmountError` or `ExchangeError`.
    /// - Parameter now: when, where the act does not say.
    public func perform(on exchange: SandboxExchange, at now: Instant) async throws {
        func the<Value>(_ value: Value?, _ what: String) throws -> Value {
            guard let value else { throw SandboxActMissing(what: what) }
            return value
        }
        func account(_ text: String?, _ what: String = "account") throws -> AccountReference { try the(text.flatMap { AccountReference($0) }, what) }
        func order() throws -> OrderReference { try the(self.order.flatMap { OrderReference($0) }, "order") }
        func money(_ amount: Amount?, _ what: String = "amount") throws -> Amount { try the(amount, what).atCustomaryPrecision() }
        switch act {
        case .openAccount:
            let account = try account(self.account)
            if ifNew == true, try await exchange.isOpen(account) { return }
            try await exchange.openAccount(account)
        case .deposit: try await exchange.deposit(try money(amount), to: try account(self.account))
        case .pledge: try await exchange.pledge(try money(amount), by: try account(self.account))
        case .fundProtection: try await exchange.fundProtection(try money(amount))
        case .placeOrder:
            try await exchange.placeOrder(
                OrderPlacement(
                    reference: try order(), amount: try money(amount), fiat: try money(fiat, "fiat"), rail: rail.flatMap { Code($0) },
                    buyer: try account(buyer, "buyer"), seller: try account(seller, "seller"), merchantTier: merchantTier.flatMap { Code($0) },
                    created: created ?? now))
        case .markPaid: try await exchange.markPaid(try order())
        case .release: try await exchange.releaseBySeller(try order())
        case .cancel: try await exchange.cancelByBuyer(try order())
        case .expire: try await exchange.expire(try order())
        case .say: try await exchange.say(try the(text, "text"), by: try account(self.account), about: try order())
        case .recordCard:
            try await exchange.recordCardPayment(
                try order(), by: try account(self.account), coin: try money(amount), paid: try money(fiat, "fiat"), at: created ?? now)
        case .recordDeposit:
            try await exchange.recordUncreditedDeposit(try order(), for: try account(self.account), try money(amount), at: created ?? now)
        }
    }
}

extension SandboxChat {
    public init(of order: OrderReference, on exchange: SandboxExchange) async throws(ExchangeError) {
        self.init(order: order.text, lines: try await exchange.chat(about: order).map { Line(at: $0.at, by: $0.by.text, text: $0.text) })
    }
}

extension SandboxBalance {
    public init(of account: AccountReference, in asset: Asset, on exchange: SandboxExchange) async throws(ExchangeError) {
        self.init(
            account: account.text, available: try await exchange.available(account, asset), deposit: try await exchange.merchantDeposit(of: account, asset),
            frozen: try await exchange.isFrozen(account))
    }
}
