import ArgumentParser
import Chronicle
import Correspondence
import Disputes
import Policies
import Runtime
import Wire

/// `recourse exchange …`: the sandbox exchange, from its users' side.
struct ExchangeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Trade on the sandbox exchange: accounts, orders, payments.",
        discussion: "It keeps real double-entry books, in the store.\n\nExample: recourse exchange account omar --deposit \"5000 USDT\"",
        subcommands: [
            OpenAccount.self, FundProtection.self, PlaceOrder.self, MarkPaid.self, ReleaseOrder.self, CancelOrder.self, ExpireOrder.self,
            RecordCard.self, RecordDeposit.self, SayInChat.self, ShowBalance.self, ShowOrder.self, ShowChat.self,
        ])
}

/// What every command at the sandbox exchange takes.
struct MarketOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("A sandbox-exchange that runs by itself, instead of the one in the store ($RECOURSE_SANDBOX).", valueName: "url"))
    var sandbox: String?

    @OptionGroup var shared: SharedOptions

    var address: String? { sandbox ?? (shared.store == nil ? Console.variable("RECOURSE_SANDBOX") : nil) }
}

/// Something done at the exchange. Where it is the one in the store, the desk listens afterwards, so that a dispute the parties settled closes
/// itself; a served desk listens all the time.
protocol MarketAct: AsyncParsableCommand {
    var market: MarketOptions { get }
    /// What is done there, step by step.
    func acts() throws -> [SandboxAct]
    /// Says what was done.
    var done: String { get throws }
}

extension MarketAct {
    mutating func run() async throws {
        let me = self
        let acts = try acts()
        if let address = market.address {
            try await SandboxLine.use(address) { line in for act in acts { try await line.perform(act) } }
        } else {
            try await OpenDesk.use(market.shared) { desk in
                guard desk.isRehearsal else { throw Failure("the sandbox exchange is for rehearsals; \(desk.folder.path) is a store of real cases") }
                for act in acts {
                    try await desk.demandRail(of: act)
                    try await act.perform(on: try desk.sandbox(), at: desk.now)
                }
                try await desk.tick()
            }
        }
        let done = try done
        print(me.market.shared.json ? JSON.object([("done", .text(done))]).line : done)
    }
}

extension OpenDesk {
    /// An order paid by a rail the pack does not know could not be disputed.
    fileprivate func demandRail(of act: SandboxAct) async throws {
        guard let rail = act.rail else { return }
        let rails = try await desk.policyInForce().rails.keys.map(\.text)
        guard rails.contains(rail) else { throw Failure("the pack has no payment rail “\(rail)”; it has: \(rails.sorted().joined(separator: ", "))") }
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
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] {
        var open = SandboxAct(.openAccount, account: account.text)
        // An account that is open already may still be given money.
        open.ifNew = deposit != nil || pledge != nil
        return [open]
            + (try deposit.map { [SandboxAct(.deposit, account: account.text, amount: try fullAmount($0))] } ?? [])
            + (try pledge.map { [SandboxAct(.pledge, account: account.text, amount: try fullAmount($0))] } ?? [])
    }
    var done: String {
        get throws {
            let (deposit, pledge) = (try deposit.map { try fullAmount($0) }, try pledge.map { try fullAmount($0) })
            return "account \(account)" + (deposit.map { ", \($0) deposited" } ?? "") + (pledge.map { ", \($0) pledged" } ?? "")
        }
    }
}

struct FundProtection: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "fund", abstract: "Put money into the exchange's protection fund.", discussion: "Example: recourse exchange fund \"10000 USDT\"")
    @Argument(help: ArgumentHelp("How much.", valueName: "amount")) var amount: String
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] { [SandboxAct(.fundProtection, amount: try fullAmount(amount))] }
    var done: String { get throws { "\(try fullAmount(amount)) in the protection fund" } }
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
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] {
        var act = SandboxAct(.placeOrder, amount: try fullAmount(amount), fiat: try fullAmount(fiat), order: order.text)
        (act.rail, act.buyer, act.seller, act.merchantTier, act.created) = (rail?.text, buyer.text, seller.text, merchantTier?.text, created)
        return [act]
    }
    var done: String { get throws { "order \(order): \(try fullAmount(amount)) of \(seller) in escrow for \(buyer), against \(try fullAmount(fiat))" } }
}

struct MarkPaid: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "paid", abstract: "The buyer says the money is on its way.", discussion: "Example: recourse exchange paid P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] { [SandboxAct(.markPaid, order: order.text)] }
    var done: String { "order \(order) is marked paid" }
}

struct ReleaseOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "The seller releases the coin to the buyer.", discussion: "Example: recourse exchange release P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] { [SandboxAct(.release, order: order.text)] }
    var done: String { "order \(order) is released by the seller" }
}

struct CancelOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "The buyer cancels; the coin goes back.", discussion: "Example: recourse exchange cancel P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] { [SandboxAct(.cancel, order: order.text)] }
    var done: String { "order \(order) is cancelled by the buyer" }
}

struct ExpireOrder: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "expire", abstract: "The payment window runs out.", discussion: "Example: recourse exchange expire P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] { [SandboxAct(.expire, order: order.text)] }
    var done: String { "order \(order) ran out" }
}

struct RecordCard: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Record coin bought by card.",
        discussion: "Example: recourse exchange card CB-900 --account kenji --amount \"900 USDT\" --fiat \"830 EUR\"")
    @Argument(help: ArgumentHelp("The payment's reference.", valueName: "reference")) var order: OrderReference
    @Option(name: .long, help: ArgumentHelp("Whose.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("The coin.", valueName: "amount")) var amount: String
    @Option(name: .long, help: ArgumentHelp("What the card paid.", valueName: "amount")) var fiat: String
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] {
        [SandboxAct(.recordCard, account: account.text, amount: try fullAmount(amount), fiat: try fullAmount(fiat), order: order.text)]
    }
    var done: String { get throws { "\(order): \(account) bought \(try fullAmount(amount)) for \(try fullAmount(fiat)) by card" } }
}

struct RecordDeposit: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "arrive", abstract: "Coin arrived on chain but was not credited.",
        discussion: "Example: recourse exchange arrive DEP-77 --account kenji --amount \"500 USDT\"")
    @Argument(help: ArgumentHelp("The deposit's reference.", valueName: "reference")) var order: OrderReference
    @Option(name: .long, help: ArgumentHelp("Whose.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("How much.", valueName: "amount")) var amount: String
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] { [SandboxAct(.recordDeposit, account: account.text, amount: try fullAmount(amount), order: order.text)] }
    var done: String { get throws { "\(order): \(try fullAmount(amount)) arrived for \(account), not credited" } }
}

struct SayInChat: MarketAct {
    static let configuration = CommandConfiguration(
        commandName: "say", abstract: "One side of an order writes to the other in its chat.",
        discussion: "Example: recourse exchange say P2P-1001 \"I paid; please look.\" --by maria")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @Argument(help: ArgumentHelp("What to say.", valueName: "text")) var text: String
    @Option(name: .long, help: ArgumentHelp("Who.", valueName: "account")) var by: AccountReference
    @OptionGroup var market: MarketOptions
    func acts() throws -> [SandboxAct] {
        var act = SandboxAct(.say, account: by.text, order: order.text)
        act.text = text
        return [act]
    }
    var done: String { "\(by) said it in the chat of \(order)" }
}

struct ShowBalance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Show what an account can use.", discussion: "Example: recourse exchange balance omar --asset USDT")
    @Argument(help: ArgumentHelp("The account.", valueName: "account")) var account: AccountReference
    @Option(name: .long, help: ArgumentHelp("The asset.", valueName: "code")) var asset = "USDT"
    @OptionGroup var market: MarketOptions

    mutating func run() async throws {
        let balance = try await balance()
        guard !market.shared.json else { return print(balance.line) }
        let deposit = balance.deposit.isZero ? "" : ", \(balance.deposit) pledged"
        print("\(balance.account): \(balance.available) available\(deposit)" + (balance.frozen ? ", frozen" : ""))
    }

    private func balance() async throws -> SandboxBalance {
        let (account, asset) = (account, asset)
        if let address = market.address { return try await SandboxLine.use(address) { try await $0.balance(account, asset) } }
        return try await OpenDesk.use(market.shared) { desk in
            try await SandboxBalance(of: account, in: try Typed.amount("0 \(asset)").asset, on: try desk.sandbox())
        }
    }
}

struct ShowOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Show an order as the exchange knows it.", discussion: "Example: recourse exchange order P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var market: MarketOptions

    mutating func run() async throws {
        let found = try await found()
        guard !market.shared.json else { return print(found.line) }
        print("\(found.order): \(found.amount)" + (found.fiat.map { " against \($0)" } ?? "") + (found.rail.map { " by \($0)" } ?? ""))
        print("buyer \(found.buyer)" + (found.seller.map { ", seller \($0)" } ?? ""))
        print("escrow \(found.escrow), \(found.escrowBalance) in it")
    }

    private func found() async throws -> OrderBody {
        let order = order
        if let address = market.address { return try await SandboxLine.use(address) { try await $0.order(order) } }
        return try await OpenDesk.use(market.shared) { desk in OrderBody(try await desk.exchange.order(order)) }
    }
}

struct ShowChat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Show what the two sides of an order wrote to each other.", discussion: "Example: recourse exchange chat P2P-1001")
    @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: OrderReference
    @OptionGroup var market: MarketOptions

    mutating func run() async throws {
        let chat = try await found()
        guard !market.shared.json else { return print(chat.line) }
        if chat.lines.isEmpty { return print("Nobody said anything.") }
        for line in chat.lines { Screen.standard.print("\(Moments.exact(line.at))  \(line.by): \(harmless(line.text))") }
    }

    private func found() async throws -> SandboxChat {
        let order = order
        if let address = market.address { return try await SandboxLine.use(address) { try await $0.chat(order) } }
        return try await OpenDesk.use(market.shared) { desk in try await SandboxChat(of: order, on: try desk.sandbox()) }
    }
}
