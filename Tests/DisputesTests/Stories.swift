import Chronicle
import Disputes
import Policies
import TestKit
import Timekeeping

/// Stories that between them make every event of the catalogue happen.
enum Stories {
    static func all(_ policy: Policy) throws -> [Scene] {
        [
            try ruledAndAppealed(policy), try agreed(policy), try crossedBlind(policy), try conceded(policy), try refused(policy), try withdrawn(policy),
            try ghost(policy), try held(policy), try returned(policy), try failed(policy), try panel(policy), try complaint(policy), try card(policy),
            try relations(policy), try imported(policy), try work(policy),
        ]
    }

    static func inDecision(_ policy: Policy, value: String = "1200.000000 USDT") throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(amount: value, id: scene.id))
        try scene.act(as: .exchange, .confirmHold(receipt: "booking 1"))
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "video"), Props.exhibit("EV-BRCPT", "receipt"))
        try scene.pass(.hours(1))
        try scene.act(as: .seller, Props.exhibit("EV-VIDEO", "no receipt"))
        return scene
    }

    static func ruled(_ policy: Policy, value: String = "1200.000000 USDT") throws -> Scene {
        var scene = try inDecision(policy, value: value)
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        if case .approval(let waiting) = try scene.dispute.stage { try scene.act(as: .key, .approve(waiting.ruling.id)) }
        for instruction in try scene.dispute.instructions { try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking 2")) }
        return scene
    }

    private static func ruledAndAppealed(_ policy: Policy) throws -> Scene {
        var scene = try ruled(policy, value: "8000.000000 USDT")
        try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("unfair", by: .seller)))
        try scene.act(as: .senior, .escalateAppeal(reason: "no case like it was decided before"))
        try scene.pass(.days(120))
        return scene
    }

    private static func negotiating(_ policy: Policy) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .agent, .take, .admit)
        return scene
    }

    private static func agreed(_ policy: Policy) throws -> Scene {
        var scene = try negotiating(policy)
        let terms = Terms(toBuyer: Props.amount("800.000000 USDT"), toSeller: Props.amount("400.000000 USDT"))
        try scene.act(as: .seller, .offer(terms))
        try scene.act(as: .buyer, .acceptOffer(try offer(scene)))
        return scene
    }

    private static func crossedBlind(_ policy: Policy) throws -> Scene {
        var scene = try negotiating(policy)
        func blind(_ text: String, _ salt: UInt8) -> (Concealed, Concealed.Opened) {
            let opened = Concealed.Opened(salt: Array(repeating: salt, count: 16), text: text)
            return (Concealed(commitment: Leaf.commitment(salt: opened.salt, payload: Array(text.utf8)), box: Props.said("sealed")), opened)
        }
        let (asked, askedOpen) = blind("900.000000 USDT", 1)
        let (given, givenOpen) = blind("1000.000000 USDT", 2)
        try scene.act(as: .buyer, .blindOffer(.init(concealed: asked, opened: askedOpen, counterpart: nil)))
        try scene.act(as: .seller, .blindOffer(.init(concealed: given, opened: givenOpen, counterpart: (try offer(scene), askedOpen))))
        return scene
    }

    private static func conceded(_ policy: Policy) throws -> Scene {
        var scene = try negotiating(policy)
        try scene.act(as: .seller, .answer(disputes: false, statement: Props.said("he is right", by: .seller)))
        return scene
    }

    private static func refused(_ policy: Policy) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .agent, .take, .refuse(ground: "not-our-order", reason: Props.said("another exchange")))
        try scene.act(as: .agent, .reopen(reason: "it was our order after all"))
        return scene
    }

    private static func withdrawn(_ policy: Policy) throws -> Scene {
        var scene = try negotiating(policy)
        try scene.act(as: .buyer, .withdraw)
        let scores: [Survey.Question: Survey.Score] = Survey.Score(5).map { [.heard: $0, .informed: $0] } ?? [:]
        try scene.act(as: .buyer, .rate(scores, comment: Props.said("quick", by: .buyer)))
        return scene
    }

    private static func ghost(_ policy: Policy) throws -> Scene {
        var scene = try negotiating(policy)
        try scene.act(as: .exchange, .refuseHold(reason: "the order is released"))
        try scene.act(as: .exchange, .escrowMoved(.released, reference: "ORD-1"))
        return scene
    }

    private static func held(_ policy: Policy) throws -> Scene {
        var scene = try inDecision(policy)
        try scene.act(as: .compliance, .placeLegalHold(authority: "High Court", reference: Props.said("order 7/26")))
        try scene.act(as: .compliance, .liftLegalHold)
        try scene.act(as: .buyer, .withdraw)
        return scene
    }

    private static func returned(_ policy: Policy) throws -> Scene {
        var scene = try inDecision(policy, value: "40000.000000 USDT")
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        guard case .approval(let waiting) = try scene.dispute.stage else { return scene }
        try scene.act(as: .key, .returnRuling(waiting.ruling.id, reason: "wrong month"))
        try scene.act(as: .expert, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        guard case .approval(let again) = try scene.dispute.stage else { return scene }
        try scene.act(as: .key, .approve(again.ruling.id))
        return scene
    }

    private static func failed(_ policy: Policy) throws -> Scene {
        var scene = try inDecision(policy)
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        for instruction in try scene.dispute.instructions { try scene.act(as: .exchange, .reportFailure(instruction.id, reason: "the order is gone")) }
        return scene
    }

    private static func panel(_ policy: Policy) throws -> Scene {
        var scene = try ruled(policy, value: "20000.000000 USDT")
        try scene.act(as: .seller, .appeal(newEvidence: true, grounds: Props.said("see my statement", by: .seller)))
        var earlier: [StaffID: Concealed.Opened] = [:]
        for seat in 1...3 {
            let opened = Concealed.Opened(salt: Array(repeating: UInt8(seat), count: 16), text: "uphold")
            let concealed = Concealed(commitment: Leaf.commitment(salt: opened.salt, payload: Array(opened.text.utf8)), box: Props.said("sealed"))
            try scene.act(as: .panel(seat), .vote(.init(concealed: concealed, opened: opened, earlier: earlier)))
            earlier[Cast.panel(seat).staff] = opened
        }
        try scene.act(as: .panel(1), .decideAppeal(.upheld, cause: nil, reason: Props.said("unanimous"), nil))
        return scene
    }

    private static func complaint(_ policy: Policy) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .user, Props.complaint(regimes: ["CFPB-PORTAL"], id: scene.id))
        try scene.act(as: .complaints, .take, .acknowledge)
        if let final = ClockCode("CFPB-PORTAL.final") {
            try scene.act(as: .complaints, .respond(.holding, outcome: nil, body: Props.said("we need longer"), sourceCategory: nil, timely: nil))
            try scene.act(as: .complaints, .extend(final, by: nil, reason: "waiting for the bank"))
        }
        try scene.act(as: .complaints, .respond(.final, outcome: nil, body: Props.said("sorry"), sourceCategory: nil, timely: nil))
        return scene
    }

    private static func card(_ policy: Policy) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .exchange, Props.oneSided("CARD", "CRD-13", id: scene.id, scheme: "visa"))
        try scene.act(as: .exchange, .recordScheme(.advanced, stage: nil, reference: "visa-1"))
        return scene
    }

    private static func relations(_ policy: Policy) throws -> Scene {
        var scene = try negotiating(policy)
        let other = CaseID(bits: 77)
        try scene.act(as: .lead, .absorb(other))
        try scene.act(as: .lead, .releaseDuplicate(other))
        try scene.act(as: .lead, .link(incident: other))
        try scene.act(as: .lead, .linkChild(other, removed: false))
        try scene.act(as: .lead, .attachComplaint(other))
        var target = CaseCommand.MergeTarget(try scene.dispute)
        target.id = other
        try scene.act(as: .lead, .merge(into: target))
        try scene.act(as: .lead, .unmerge(reason: "two different payments"))
        let edition = DefaultPack.files.map { file in
            file.path == "pack.yaml" ? PackFile(path: file.path, bytes: file.bytes + Array("\n# another edition\n".utf8)) : file
        }
        if let other = PolicyLoader.load(edition).policy {
            try scene.act(as: .exchange, .movePolicy(to: other, changes: ["Reason P2P-B01: evidence window 24 h → 48 h"]))
        }
        return scene
    }

    private static func imported(_ policy: Policy) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .importer, Props.complaint("CMP-01", jurisdiction: nil, id: scene.id))
        try scene.act(as: .importer, .importHistory(.init(state: "Active", holder: .staff, changed: ["state"], group: "Group 1", assignee: Cast.agent.staff)))
        try scene.act(as: .importer, .importHistory(.init(state: "Closed", holder: .system, changed: ["state"], closes: true)))
        try scene.act(as: .importer, .importHistory(.init(state: "Active", holder: .staff, changed: ["reopen"], reopens: true)))
        return scene
    }

    private static func work(_ policy: Policy) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .seller, .raisePoint(text: Props.said("and another thing", by: .seller)))
        try scene.act(as: .agent, .take, .admit)
        if let reason = ReasonCode("P2P-S01") {
            try scene.act(as: .seller, .counterclaim(Claim(by: Cast.seller.party, reason: reason, statement: Props.said("nothing came", by: .seller))))
        }
        try scene.act(as: .buyer, .callStaff)
        try scene.act(as: .agent, .message(audience: .parties, body: Props.said("hello"), language: Props.english))
        try scene.act(as: .agent, .giveNotice(to: Cast.seller.party))
        if let tier = TierCode("T0") { try scene.act(as: .lead, .setTier(tier, reason: "threatened")) }
        if let exhibit = try scene.dispute.exhibits.first { try scene.act(as: .agent, .viewSensitive(exhibit.id, purpose: "check the name")) }
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO"), Props.exhibit("EV-BRCPT"))
        if let exhibit = try scene.dispute.exhibits.first { try scene.act(as: .agent, .viewSensitive(exhibit.id, purpose: "check the name")) }
        try scene.act(as: .agent, .snooze(until: scene.now + .hours(4)), .endSnooze)
        try scene.act(
            as: .agent, .message(audience: .staff, body: Props.said("what do you think?"), language: Props.english), .mention([Cast.lead.staff]))
        try scene.act(as: .agent, .conclude)
        try scene.act(as: .agent, .release)
        try scene.act(as: .agent, .declareRelation(staff: Cast.agent2.staff, nature: "neighbour"))
        try scene.pass(.days(3))
        return scene
    }

    private static func offer(_ scene: Scene) throws -> OfferID {
        guard let offer = try scene.dispute.offers.last else { throw Refusal.noSuchThing("offer") }
        return offer.id
    }
}
