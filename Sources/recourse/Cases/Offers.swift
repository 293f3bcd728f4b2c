import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

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

    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        guard let total = dispute.order?.amount else { throw Refusal.moneyWithoutOrder }
        let amount = try Typed.amount(toBuyer, of: total.asset)
        guard blind else {
            guard !amount.isNegative, !(try amount.exceeds(total)) else { throw Refusal.splitDoesNotAdd(total: total) }
            return [.offer(Terms(toBuyer: amount, toSeller: try total.subtracting(amount)))]
        }
        guard case .party(let id) = try await desk.requester() else { throw Failure("an offer is made by a party") }
        return [try await desk.desk.blindOffer(amount, by: id, on: dispute.id)]
    }
}

/// The offer meant: the one named, or the only open one.
private func offer(_ typed: String?, on dispute: Case, where isMeant: (Offer) -> Bool) throws(Failure) -> OfferID {
    if let typed {
        if let id = OfferID(typed) { return id }
        let found = dispute.offers.filter { $0.id.crockford.hasSuffix(typed.uppercased()) }
        guard found.count == 1 else { throw Failure("“\(typed)” does not name one offer of this case") }
        return found[0].id
    }
    let open = dispute.offers.filter { $0.isOpen && isMeant($0) }
    guard open.count == 1 else {
        throw Failure(
            open.isEmpty
                ? "there is no such open offer"
                : "name the offer: " + open.map { String($0.id.crockford.suffix(8)) }.joined(separator: ", "))
    }
    return open[0].id
}

struct AcceptOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Accept the other side's open offer.", discussion: "Example: recourse case accept P2P-1002 --as account:omar")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The offer; needed when several are open.", valueName: "offer")) var offer: String?
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        [.acceptOffer(try recourse.offer(offer, on: dispute) { $0.terms != nil })]
    }
}

struct DeclineOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Decline the other side's open offer.", discussion: "Example: recourse case decline P2P-1002 --as account:omar")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The offer; needed when several are open.", valueName: "offer")) var offer: String?
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        [.declineOffer(try recourse.offer(offer, on: dispute) { $0.terms != nil })]
    }
}

struct WithdrawOffer: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "withdraw-offer", abstract: "Take one's own offer back.",
        discussion: "Example: recourse case withdraw-offer P2P-1002 --as account:maria")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The offer; needed when several are open.", valueName: "offer")) var offer: String?
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        let requester = try await desk.requester()
        return [.withdrawOffer(try recourse.offer(offer, on: dispute) { .party($0.by) == requester })]
    }
}
