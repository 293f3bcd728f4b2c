import Chronicle
import Disputes
import Policies

/// The lives a case may have, in shares of a hundred, so that a case has about twelve events as a mixed desk does:
/// most disputes end without a ruling.
public enum Story: String, Sendable, CaseIterable {
    case escrowMoved = "escrow moved by the parties"
    case withdrawn
    case conceded
    case agreed
    case ruled
    case turnedDown = "turned down"
    case closedByStaff = "closed by staff"
    case waiting = "left waiting"

    /// Of a hundred cases.
    var share: Int {
        switch self {
        case .escrowMoved: 9
        case .withdrawn: 8
        case .conceded: 3
        case .agreed: 2
        case .ruled: 2
        case .turnedDown: 34
        case .closedByStaff: 32
        case .waiting: 10
        }
    }

    static func thrown(by dice: inout Dice) -> Story {
        var rest = dice.below(100)
        for story in allCases {
            rest -= story.share
            if rest < 0 { return story }
        }
        return .turnedDown
    }
}

extension Life {
    /// Lives the `number`-th case of a filling: opened at `begin`, told no further than `end`.
    public static func lived(
        _ number: Int, seed: UInt64, on set: StageSet, from begin: Instant, until end: Instant, keepingSteps: Bool = false
    ) throws(FillingError) -> (Life, Story) {
        var dice = Dice(seed: seed, case: number)
        let story = Story.thrown(by: &dice)
        var life = Life(set, id: CaseID(at: begin, randomness: dice.bits128()), from: begin, until: end, dice: dice, keepsSteps: keepingSteps)
        do {
            try life.live(story, number)
            return (life, story)
        } catch {
            throw .refused(case: number, story: story.rawValue, error)
        }
    }

    private mutating func live(_ story: Story, _ number: Int) throws(Refusal) {
        switch story {
        case .escrowMoved, .withdrawn, .conceded, .agreed, .ruled: try liveOrder(story, number)
        case .turnedDown, .closedByStaff, .waiting: try liveClaim(story)
        }
    }

    // MARK: Two sides and an order

    private mutating func liveOrder(_ story: Story, _ number: Int) throws(Refusal) {
        let (buyer, seller, total) = try openOrder(number)
        guard try pass(.seconds(20)) else { return }
        try act(as: .machine("exchange"), .confirmHold(receipt: "hold-\(number)"))
        switch story {
        case .withdrawn:
            guard try pass(.minutes(Int64(1 + dice.below(8)))) else { return }
            try act(as: .party(buyer), .withdraw)
        case .conceded:
            let agent = someone()
            guard try pass(.minutes(2)) else { return }
            try act(as: .staff(agent.id), staff: agent, .take)
            try act(as: .staff(agent.id), staff: agent, .admit)
            guard try pass(.minutes(Int64(1 + dice.below(6)))) else { return }
            try act(as: .party(seller), .answer(disputes: false, statement: said(by: StreamID(seller))))
            try settle()
        case .agreed: try agree(buyer, seller, total)
        case .ruled: try getRuled(buyer, seller)
        default:
            guard try pass(.minutes(Int64(1 + dice.below(8)))) else { return }
            try act(as: .machine("exchange"), .escrowMoved(.released, reference: "ORD-\(number)"))
        }
    }

    private mutating func agree(_ buyer: PartyID, _ seller: PartyID, _ total: Amount) throws(Refusal) {
        let agent = someone()
        guard try pass(.minutes(1)) else { return }
        try act(as: .staff(agent.id), staff: agent, .take)
        try act(as: .staff(agent.id), staff: agent, .admit)
        guard try pass(.minutes(1)) else { return }
        try act(as: .party(seller), .message(audience: .parties, body: said(by: StreamID(seller)), language: someLanguage()))
        let half = Amount(minorUnits: total.minorUnits / 2, of: total.asset)
        let rest = Amount(minorUnits: total.minorUnits - half.minorUnits, of: total.asset)
        try act(as: .party(seller), .offer(Terms(toBuyer: half, toSeller: rest)))
        guard try pass(.minutes(3)), let offer = try dispute.offers.last else { return }
        try act(as: .party(buyer), .acceptOffer(offer.id))
        try settle()
    }

    private mutating func getRuled(_ buyer: PartyID, _ seller: PartyID) throws(Refusal) {
        try act(as: .party(buyer), someExhibit(set.types.video))
        try act(as: .party(buyer), someExhibit(set.types.receipt))
        guard try pass(.minutes(Int64(30 + dice.below(90)))) else { return }
        try act(as: .party(seller), .message(audience: .parties, body: said(by: StreamID(seller)), language: someLanguage()))
        try act(as: .party(seller), someExhibit(set.types.video))
        let agent = someone()
        guard try pass(.minutes(Int64(10 + dice.below(300)))) else { return }
        guard try dispute.phase == .decision else { return }
        try act(as: .staff(agent.id), staff: agent, .take)
        try act(as: .staff(agent.id), staff: agent, .rule(draft(by: agent)))
        try settle()
        // Until then it waits in its appeal window, as most of what a desk calls open does.
        try waitForTheEnd()
    }

    private mutating func settle() throws(Refusal) {
        for instruction in try dispute.instructions {
            guard try pass(.seconds(30)) else { return }
            try act(as: .machine("exchange"), .confirmSettlement(instruction.id, receipt: "booking-\(dice.below(1_000_000_000))"))
        }
    }

    // MARK: One side

    private mutating func liveClaim(_ story: Story) throws(Refusal) {
        let user = somebody()
        let reason = set.oneSided[dice.below(set.oneSided.count)]
        let amount = someAmount()
        try act(
            as: .party(user),
            .open(
                .init(
                    id: id, type: reason.caseType, claim: Claim(by: user, reason: reason.code, statement: said(by: StreamID(user))),
                    parties: [Party(id: user, side: .filer, capacity: .user, language: someLanguage(), account: set.types.account)],
                    amount: amount, value: amount, language: someLanguage(), channel: "web", simulated: true)))
        guard story != .waiting else { return }
        let agent = someone()
        guard try pass(.minutes(Int64(5 + dice.below(1_500)))) else { return }
        try act(as: .staff(agent.id), staff: agent, .take)
        try act(as: .staff(agent.id), staff: agent, .message(audience: .parties, body: said(by: StreamID(agent.id)), language: someLanguage()))
        guard try pass(.minutes(Int64(5 + dice.below(240)))) else { return }
        try act(as: .party(user), .message(audience: .parties, body: said(by: StreamID(user)), language: someLanguage()))
        try act(as: .party(user), someExhibit(set.types.receipt))
        if story == .turnedDown {
            try act(as: .staff(agent.id), staff: agent, .refuse(ground: "outside the terms", reason: said(by: StreamID(user))))
        } else {
            try act(as: .staff(set.lead.id), staff: set.lead, .close(reason: "answered in the conversation"))
        }
    }
}
