import Chronicle
import Disputes
import Policies
import TestKit
import Testing

/// Authority and second keys go by the money a decision is about, not by what the filer said the case is worth.
@Suite("Who may decide how much")
struct WhoMayDecideHowMuch {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("Money beyond the value of the case counts, whoever is to pay it", arguments: [Ruling.CompensationPart.Source.platform, .counterparty, .scheme])
    func compensation(source: Ruling.CompensationPart.Source) throws {
        // given a case of 1,200 USDT, and an agent who may decide up to 5,000
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .agent, .take)
        // then 3,800 more are within the limit, and 3,801 are not
        let fits = try draft(on: scene, "3800.000000 USDT", source)
        try copy(scene) { try $0.act(as: .agent, .rule(fits)) }
        let tooMuch = try draft(on: scene, "3801.000000 USDT", source)
        #expect(throws: Refusal.beyondAuthority(value: Props.amount("5001.000000 USDT"), limit: Props.amount("5000.000000 USDT"))) {
            try copy(scene) { try $0.act(as: .agent, .rule(tooMuch)) }
        }
    }

    @Test("More than one person may decide alone waits for a second key, however small the case")
    func secondKeyByMoney() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take)
        let large = try draft(on: scene, "4000.000000 USDT", .platform)
        try scene.act(as: .expert, .rule(large))
        #expect(try scene.dispute.phase == .approval)
    }

    @Test("Money that has no price in the value asset is decided by the highest certificate, with a second key")
    func unpriced() throws {
        // given a small case, and compensation in a coin nobody has priced
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take)
        let unpriced = try draft(on: scene, "1.00000000 BTC", .platform)
        #expect(throws: Refusal.unpriced(policy.authority.valueAsset, needs: .l4)) { try copy(scene) { try $0.act(as: .expert, .rule(unpriced)) } }
        let dispute = try scene.dispute
        #expect(dispute.stake(outcome: unpriced.outcome.code, compensation: unpriced.compensation, policy) == .unpriced)
        #expect(dispute.needsSecondKey(outcome: unpriced.outcome.code, compensation: unpriced.compensation, onAppeal: false, policy))
    }

    @Test("An outcome the pack gives two keys has two keys, though no money moves")
    func grave() throws {
        let code = try #require(OutcomeCode("OUT-OFB"))
        #expect(policy.outcomes[code]?.settlement == Outcome.Settlement.none)
        let scene = try Stories.inDecision(policy)
        #expect(try scene.dispute.needsSecondKey(outcome: code, compensation: .init(), onAppeal: false, policy))
    }

    @Test("A case cannot be worth less than the money it is about")
    func typedTooLow() throws {
        var scene = Scene(policy)
        #expect(throws: Refusal.valueTooLow(Props.amount("10.000000 USDT"), least: Props.amount("40000.000000 USDT"))) {
            try scene.act(as: .buyer, Props.escrowed(amount: "40000.000000 USDT", value: "10.000000 USDT", id: scene.id))
        }
    }

    @Test("Nobody disputes about nothing, or less", arguments: ["0.000000 USDT", "-1.000000 USDT"])
    func nothing(_ amount: String) throws {
        var scene = Scene(policy)
        #expect(throws: Refusal.nothingAtStake(Props.amount(amount))) { try scene.act(as: .buyer, Props.escrowed(amount: amount, id: scene.id)) }
    }

    @Test("A deposit answers for the other side only, never for the merchant who is to be paid")
    func deposits() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id, merchant: true))
        let dispute = try scene.dispute
        let code = try #require(OutcomeCode("OUT-DEP"))
        func settled(to party: PartyID) throws -> [Instruction.Kind] {
            let award = Ruling.CompensationPart(amount: Props.amount("10.000000 USDT"), to: party, source: .deposit, reason: Props.said("x"))
            return try dispute.settlement(outcome: .init(code: code, reason: nil), compensation: award, cost: .init(), policy)
        }
        #expect(
            try settled(to: Cast.buyer.party) == [
                .deductDeposit(merchant: Cast.seller.party, to: Cast.buyer.party, amount: Props.amount("10.000000 USDT"))
            ])
        #expect(throws: Refusal.partiesMissing("there is no merchant with a deposit on the other side of this case")) {
            try settled(to: Cast.seller.party)
        }
    }

    @Test("Recovered less the fee: who gets it bears the cost", arguments: [(Ruling.CostPart.Bearer.filer, "45.000000 USDT"), (.platform, "50.000000 USDT")])
    func lessTheFee(bearer: Ruling.CostPart.Bearer, paid: String) throws {
        var scene = Scene(policy)
        try scene.act(as: .user, Props.oneSided("DEP", "DEP-02", id: scene.id))
        let code = try #require(OutcomeCode("OUT-RCV"))
        let cost = Ruling.CostPart(amount: Props.amount("5.000000 USDT"), bearer: bearer, reason: Props.said("the recovery"))
        let dispute = try scene.dispute
        #expect(
            try dispute.settlement(outcome: .init(code: code, reason: nil), compensation: .init(), cost: cost, policy)
                == [.credit(party: Cast.user.party, amount: Props.amount(paid))])
        let whole = Ruling.CostPart(amount: Props.amount("50.000000 USDT"), bearer: .filer, reason: Props.said("the recovery"))
        #expect(throws: Refusal.costTooHigh(Props.amount("50.000000 USDT"), of: Props.amount("50.000000 USDT"))) {
            try dispute.settlement(outcome: .init(code: code, reason: nil), compensation: .init(), cost: whole, policy)
        }
    }

    private func draft(on scene: Scene, _ amount: String, _ source: Ruling.CompensationPart.Source) throws -> RulingDraft {
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.compensation = .init(amount: Props.amount(amount), to: Cast.buyer.party, source: source, reason: Props.said("for the trouble"))
        return draft
    }
}
