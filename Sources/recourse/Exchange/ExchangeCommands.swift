import ArgumentParser
import Chronicle
import Disputes
import Runtime

/// `recourse exchange …`: the sandbox exchange, from its users' side.
struct ExchangeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Trade on the sandbox exchange: accounts, orders, payments.",
        discussion: "It keeps real double-entry books, in the store.\n\nExample: recourse exchange account omar --deposit \"5000 USDT\"",
        subcommands: [
            OpenAccount.self, FundProtection.self, PlaceOrder.self, MarkPaid.self, ReleaseOrder.self, CancelOrder.self, ExpireOrder.self,
            RecordCard.self, RecordDeposit.self, ShowBalance.self, ShowOrder.self,
        ])
}

/// Something done at the exchange. Afterwards the desk listens, so that a dispute the parties settled closes itself.
protocol MarketAct: AsyncParsableCommand {
    var shared: SharedOptions { get }
    /// Does it, and says what was done.
    func act(_ desk: OpenDesk) async throws -> String
}

extension MarketAct {
    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            guard desk.isRehearsal else { throw Failure("the sandbox exchange is for rehearsals; \(desk.folder.path) is a store of real cases") }
            let done = try await me.act(desk)
            try await desk.tick()
            print(me.shared.json ? JSON.object([("done", .text(done))]).line : done)
        }
    }
}

private func fullAmount(_ text: String) throws -> Amount {
    let amount = try Typed.amount(text)
    guard amount.minorUnits > 0 else { throw Failure("“\(text)” is not an amount above nothing") }
    return amount
}

struct OpenAccount: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Open an account, and put coin into it.",
        discussion: "Example: recourse exchange account omar --deposit \"5000 USDT\" --pledge \"1000 USDT\"")
    @Argument(help: ArgumentHelp("Its reference; never a person's name.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("Coin from outside.", valueName: "amount")) var deposit: String?
    @Option(name: .long, help: ArgumentHelp("A merchant's deposit, out of that.", valueName: "amount")) var pledge: String?
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        let (deposit, pledge) = (try deposit.map { try fullAmount($0) }, try pledge.map { try fullAmount($0) })
        // An account that is open already may still be given money.
        if try await isNew(desk) || (deposit == nil && pledge == nil) { try await desk.exchange.openAccount(account) }
        if let deposit { try await desk.exchange.deposit(deposit, to: account) }
        if let pledge { try await desk.exchange.pledge(pledge, by: account) }
        return "account \(account)" + (deposit.map { ", \($0) deposited" } ?? "") + (pledge.map { ", \($0) pledged" } ?? "")
    }

    private func isNew(_ desk: OpenDesk) async throws -> Bool {
        do {
            _ = try await desk.exchange.isFrozen(account)
            _ = try await desk.exchange.available(account, try Typed.amount("0 USDT").asset)
            return false
        } catch {
            guard case ExchangeError.unknownAccount = error else { throw error }
            return true
        }
    }
}

struct FundProtection: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "fund", abstract: "Put money into the exchange's protection fund.", discussion: "Example: recourse exchange fund \"10000 USDT\"")
    @Argument(help: ArgumentHelp("How much.", valueName: "amount")) var amount: String
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        let amount = try fullAmount(amount)
        try await desk.exchange.fundProtection(amount)
        return "\(amount) in the protection fund"
    }
}

struct PlaceOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "place", abstract: "Place an order between two accounts; the seller's coin goes into escrow.",
        discussion: "Example: recourse exchange place P2P-1001 --amount \"1200 USDT\" --fiat \"1104 EUR\" --rail SEPA-INSTANT --buyer maria --seller omar")
    @Argument(help: ArgumentHelp("The order's number.", valueName: "order")) var order: OrderReference
    @Option(name: .long, help: ArgumentHelp("The coin.", valueName: "amount")) var amount: String
    @Option(name: .long, help: ArgumentHelp("What is paid for it.", valueName: "amount")) var fiat: String
    @Option(name: .long, help: ArgumentHelp("How that is paid: a rail of the pack.", valueName: "code")) var rail: Code<PaymentRail>?
    @Option(name: .long, help: ArgumentHelp("Who buys.", valueName: "account")) var buyer: AccountReference
    @Option(name: .long, help: ArgumentHelp("Who sells.", valueName: "account")) var seller: AccountReference
    @Option(name: .customLong("merchant-tier"), help: ArgumentHelp("Where the seller is a merchant.", valueName: "tier")) var merchantTier: Code<MerchantTier>?
    @Option(name: .long, help: ArgumentHelp("When it was placed; now, otherwise.", valueName: "instant")) var created: Instant?
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        let policy = try await desk.desk.policies.inForce()
        if let rail, !policy.rails.keys.contains(where: { $0.text == rail.text }) {
            throw Failure("the pack has no payment rail “\(rail)”; it has: \(policy.rails.keys.map(\.text).sorted().joined(separator: ", "))")
        }
        let placement = OrderPlacement(
            reference: order, amount: try fullAmount(amount), fiat: try fullAmount(fiat), rail: rail, buyer: buyer, seller: seller,
            merchantTier: merchantTier, created: created ?? desk.now)
        try await desk.exchange.placeOrder(placement)
        return "order \(order): \(placement.amount) of \(seller) in escrow for \(buyer), against \(placement.fiat)"
    }
}

struct MarkPaid: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "paid", abstract: "The buyer says the money is on its way.", discussion: "Example: recourse exchange paid P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        try await desk.exchange.markPaid(order)
        return "order \(order) is marked paid"
    }
}

struct ReleaseOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "The seller releases the coin to the buyer.", discussion: "Example: recourse exchange release P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        try await desk.exchange.releaseBySeller(order)
        return "order \(order) is released by the seller"
    }
}

struct CancelOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "The buyer cancels; the coin goes back.", discussion: "Example: recourse exchange cancel P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        try await desk.exchange.cancelByBuyer(order)
        return "order \(order) is cancelled by the buyer"
    }
}

struct ExpireOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "expire", abstract: "The payment window runs out.", discussion: "Example: recourse exchange expire P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        try await desk.exchange.expire(order)
        return "order \(order) ran out"
    }
}

struct RecordCard: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Record coin bought by card.",
        discussion: "Example: recourse exchange card CB-900 --account kenji --amount \"900 USDT\" --fiat \"830 EUR\"")
    @Argument(help: ArgumentHelp("The payment's reference.", valueName: "reference")) var order: OrderReference
    @Option(name: .long, help: ArgumentHelp("Whose.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("The coin.", valueName: "amount")) var amount: String
    @Option(name: .long, help: ArgumentHelp("What the card paid.", valueName: "amount")) var fiat: String
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        let (coin, paid) = (try fullAmount(amount), try fullAmount(fiat))
        try await desk.exchange.recordCardPayment(order, by: account, coin: coin, paid: paid, at: desk.now)
        return "\(order): \(account) bought \(coin) for \(paid) by card"
    }
}

struct RecordDeposit: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "arrive", abstract: "Coin arrived on chain but was not credited.",
        discussion: "Example: recourse exchange arrive DEP-77 --account kenji --amount \"500 USDT\"")
    @Argument(help: ArgumentHelp("The deposit's reference.", valueName: "reference")) var order: OrderReference
    @Option(name: .long, help: ArgumentHelp("Whose.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("How much.", valueName: "amount")) var amount: String
    @OptionGroup var shared: SharedOptions
    func act(_ desk: OpenDesk) async throws -> String {
        let amount = try fullAmount(amount)
        try await desk.exchange.recordUncreditedDeposit(order, for: account, amount, at: desk.now)
        return "\(order): \(amount) arrived for \(account), not credited"
    }
}

struct ShowBalance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Show what an account can use.", discussion: "Example: recourse exchange balance omar --asset USDT")
    @Argument(help: ArgumentHelp("The account.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("The asset.", valueName: "code")) var asset = "USDT"
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            let asset = try Typed.amount("0 \(me.asset)").asset
            let available = try await desk.exchange.available(me.account, asset)
            let deposit = try await desk.exchange.merchantDeposit(of: me.account, asset)
            let frozen = try await desk.exchange.isFrozen(me.account)
            if me.shared.json {
                let fields: [(String, JSON)] = [
                    ("account", .text(me.account.text)), ("available", .text(available.description)), ("deposit", .text(deposit.description)),
                    ("frozen", .boolean(frozen)),
                ]
                print(JSON.object(fields).line)
            } else {
                print("\(me.account): \(available) available" + (deposit.isZero ? "" : ", \(deposit) pledged") + (frozen ? ", frozen" : ""))
            }
        }
    }
}

struct ShowOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Show an order as the exchange knows it.", discussion: "Example: recourse exchange order P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            let facts = try await desk.exchange.order(me.order)
            if me.shared.json {
                let fields: [(String, JSON)] = [
                    ("order", .text(facts.reference.text)), ("kind", .text(facts.kind.rawValue)), ("amount", .text(facts.amount.description)),
                    ("fiat", .text(facts.fiat)), ("rail", .text(facts.rail)), ("buyer", .text(facts.buyer.text)), ("seller", .text(facts.seller)),
                    ("created", .text(facts.created.description)), ("paid", .text(facts.paid)), ("escrow", .text(facts.escrow.rawValue)),
                    ("escrowBalance", .text(facts.escrowBalance.description)),
                ]
                return print(JSON.object(fields).line)
            }
            print("\(facts.reference): \(facts.amount)" + (facts.fiat.map { " against \($0)" } ?? "") + (facts.rail.map { " by \($0)" } ?? ""))
            print("buyer \(facts.buyer)" + (facts.seller.map { ", seller \($0)" } ?? ""))
            print("escrow \(facts.escrow.rawValue), \(facts.escrowBalance) in it")
        }
    }
}
