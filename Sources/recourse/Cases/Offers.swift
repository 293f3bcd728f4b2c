import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

struct MakeOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "offer", abstract: "Offer to settle: openly, or in secret until offers cross.",
        discussion: """
            --to-buyer says what the buyer would get; the rest goes to the seller. With --blind nobody sees it: when the seller would give at
            least what the buyer asks, the case settles at the midpoint; otherwise nothing is revealed.

            Examples:
              recourse case offer P2P-1002 --to-buyer "600 USDT" --as account:maria
              recourse case offer P2P-1002 --to-buyer "700 USDT" --blind --as account:omar
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .customLong("to-buyer"), help: ArgumentHelp("What the buyer would get.", valueName: "amount")) var toBuyer: String
    @Flag(name: .long, help: "In secret.") var blind = false

    func perform(_ desk: Connection) async throws -> CaseChange {
        guard let order = try await desk.client.showCase(act.named).order else { throw Refusal.moneyWithoutOrder }
        let offer = OfferBody(toBuyer: try Typed.amount(toBuyer, of: order.amount.asset), blind: blind)
        return try await desk.client.makeOffer(act.named, offer)
    }
}

extension Connection {
    fileprivate func offer(_ typed: String?, of named: String, where isMeant: (OfferView) -> Bool) async throws -> OfferID {
        if let typed, let id = OfferID(typed) { return id }
        return try Connection.offer(typed, of: try await client.showCase(named), where: isMeant)
    }

    /// The offer meant: the one named, or the only open one.
    fileprivate static func offer(_ typed: String?, of detail: CaseDetail, where isMeant: (OfferView) -> Bool) throws(Failure) -> OfferID {
        if let typed {
            let found = detail.offers.filter { $0.id.description == typed || $0.id.crockford.hasSuffix(typed.uppercased()) }
            guard found.count == 1 else { throw Failure("“\(typed)” does not name one offer of this case") }
            return found[0].id
        }
        let open = detail.offers.filter { $0.ending == nil && isMeant($0) }
        guard open.count == 1 else {
            throw Failure(
                open.isEmpty
                    ? "there is no such open offer" : "name the offer: " + open.map { String($0.id.crockford.suffix(8)) }.joined(separator: ", "))
        }
        return open[0].id
    }
}

struct AcceptOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Accept the other side's open offer.", discussion: "Example: recourse case accept P2P-1002 --as account:omar")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The offer; needed when several are open.", valueName: "offer")) var offer: String?
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.acceptOffer(act.named, try await desk.offer(offer, of: act.named) { $0.toBuyer != nil })
    }
}

struct DeclineOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Decline the other side's open offer.", discussion: "Example: recourse case decline P2P-1002 --as account:omar")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The offer; needed when several are open.", valueName: "offer")) var offer: String?
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.declineOffer(act.named, try await desk.offer(offer, of: act.named) { $0.toBuyer != nil })
    }
}

struct WithdrawOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "withdraw-offer", abstract: "Take one's own offer back.",
        discussion: "Example: recourse case withdraw-offer P2P-1002 --as account:maria")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The offer; needed when several are open.", valueName: "offer")) var offer: String?
    func perform(_ desk: Connection) async throws -> CaseChange {
        let detail = try await desk.client.showCase(act.named)
        let own = try await desk.reader(of: detail)?.id
        return try await desk.client.withdrawOffer(act.named, try Connection.offer(offer, of: detail) { $0.by == own })
    }
}
