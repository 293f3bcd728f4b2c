import Chronicle
import EventStorage

@testable import Runtime

/// A small market on a sandbox exchange: ada sells, bob buys, cleo is a merchant with a deposit.
struct Market {
    static let noon = Instant(seconds: 1_795_000_000)

    let exchange: SandboxExchange
    let usdt: Asset

    static func open(_ path: String, files: any FileSystemCalls = SystemFiles()) throws -> SandboxExchange {
        try SandboxExchange(opening: path, files: files, now: { noon })
    }

    init(_ path: String, files: any FileSystemCalls = SystemFiles()) async throws {
        exchange = try Market.open(path, files: files)
        usdt = try asset("USDT", 6)
        for name in ["ada", "bob", "cleo"] { try await exchange.openAccount(account(name)) }
        try await exchange.deposit(coin(1_000), to: account("ada"))
        try await exchange.deposit(coin(1_000), to: account("cleo"))
        try await exchange.pledge(coin(400), by: account("cleo"))
        try await exchange.fundProtection(coin(50))
    }

    func coin(_ units: Int128) -> Amount { Amount(minorUnits: units * 1_000_000, of: usdt) }

    func place(_ reference: String, _ units: Int128 = 100) async throws -> OrderReference {
        let order = try Market.order(reference)
        try await exchange.placeOrder(
            OrderPlacement(
                reference: order, amount: coin(units), fiat: Amount(minorUnits: 9_200, of: try asset("EUR", 2)), buyer: account("bob"),
                seller: account("ada"), payee: PayeeSnapshot(name: "Ada L.", accountNumber: "DE00"), created: Market.noon))
        return order
    }

    /// Placed, paid and held.
    func disputed(_ reference: String, _ units: Int128 = 100) async throws -> OrderReference {
        let order = try await place(reference, units)
        try await exchange.markPaid(order)
        _ = try await exchange.hold(order, key: key("hold-\(reference)"))
        return order
    }

    func available(_ name: String) async throws -> Amount { try await exchange.available(account(name), usdt) }

    static func order(_ text: String) throws -> OrderReference {
        guard let order = OrderReference(text) else { throw Missing() }
        return order
    }
}

func asset(_ code: String, _ decimals: Int) throws -> Asset {
    guard let asset = Asset(code: code, decimals: decimals) else { throw Missing() }
    return asset
}

func account(_ text: String) throws -> AccountReference {
    guard let account = AccountReference(text) else { throw Missing() }
    return account
}

func key(_ text: String) throws -> IdempotencyKey {
    guard let key = IdempotencyKey(text) else { throw Missing() }
    return key
}
