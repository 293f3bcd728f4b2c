import Chronicle
import Correspondence
import Runtime
import Wire

/// What somebody who plays a user of the exchange does.
struct SandboxAct: WireBody {
    enum Act: String, Codable, Hashable, Sendable {
        case openAccount = "open-account"
        case deposit, pledge
        case fundProtection = "fund-protection"
        case placeOrder = "place-order"
        case markPaid = "mark-paid"
        case release, cancel, expire
        case recordCard = "record-card"
        case recordDeposit = "record-deposit"
    }

    var act: Act
    var account: String?
    var amount: Amount?
    var fiat: Amount?
    var order: String?
    var rail: String?
    var buyer: String?
    var seller: String?
    var merchantTier: String?

    enum CodingKeys: String, CodingKey {
        case act, account, amount, fiat, order, rail, buyer, seller
        case merchantTier = "merchant_tier"
    }

    private struct Missing: Error, CustomStringConvertible {
        let what: String
        var description: String { "“\(what)” is missing" }
    }

    private func the<Value>(_ value: Value?, _ what: String) throws -> Value {
        guard let value else { throw Missing(what: what) }
        return value
    }

    func perform(on exchange: SandboxExchange) async throws {
        func account(_ text: String?, _ what: String = "account") throws -> AccountReference { try the(text.flatMap { AccountReference($0) }, what) }
        func order() throws -> OrderReference { try the(self.order.flatMap { OrderReference($0) }, "order") }
        func money() throws -> Amount { try the(amount, "amount").atCustomaryPrecision() }
        let now = RealSurroundings().now()
        switch act {
        case .openAccount: try await exchange.openAccount(try account(self.account))
        case .deposit: try await exchange.deposit(try money(), to: try account(self.account))
        case .pledge: try await exchange.pledge(try money(), by: try account(self.account))
        case .fundProtection: try await exchange.fundProtection(try money())
        case .placeOrder:
            try await exchange.placeOrder(
                OrderPlacement(
                    reference: try order(), amount: try money(), fiat: try the(fiat, "fiat").atCustomaryPrecision(), rail: rail.flatMap { Code($0) },
                    buyer: try account(buyer, "buyer"), seller: try account(seller, "seller"), merchantTier: merchantTier.flatMap { Code($0) }, created: now))
        case .markPaid: try await exchange.markPaid(try order())
        case .release: try await exchange.releaseBySeller(try order())
        case .cancel: try await exchange.cancelByBuyer(try order())
        case .expire: try await exchange.expire(try order())
        case .recordCard:
            try await exchange.recordCardPayment(
                try order(), by: try account(self.account), coin: try money(), paid: try the(fiat, "fiat").atCustomaryPrecision(), at: now)
        case .recordDeposit: try await exchange.recordUncreditedDeposit(try order(), for: try account(self.account), try money(), at: now)
        }
    }
}

/// What is to go wrong with the next instructions: `500`, `drop`, `duplicate`, `slow:1500`.
struct SandboxFaults: WireBody {
    var faults: [String]

    private struct NoFault: Error, CustomStringConvertible {
        let word: String
        var description: String { "“\(word)” is not a fault; order 500, drop, duplicate or slow:MILLISECONDS" }
    }

    var next: [LineFaults.Fault] {
        get throws {
            try faults.map { word in
                switch word {
                case "500": return .refuse500
                case "drop": return .drop
                case "duplicate": return .twice
                default:
                    guard word.hasPrefix("slow:"), let milliseconds = Int(word.dropFirst(5)), 0...60_000 ~= milliseconds else { throw NoFault(word: word) }
                    return .slow(milliseconds)
                }
            }
        }
    }
}

struct SandboxBalance: WireBody {
    let account: String
    let available: Amount
    let isFrozen: Bool

    enum CodingKeys: String, CodingKey {
        case account, available
        case isFrozen = "frozen"
    }
}
