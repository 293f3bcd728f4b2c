import Chronicle
import Disputes
import Policies
import TestKit
import Timekeeping

/// Everybody who might do something to a case, and everything they might try, however foolish. The rules decide what comes of it.
struct Walker {
    let policy: Policy
    var scene: Scene
    var random: Seeded
    /// What seats of a panel have voted, for the last of them to open.
    private var opened: [StaffID: Concealed.Opened] = [:]

    /// One thing somebody tries.
    struct Attempt {
        let who: Cast
        let command: CaseCommand
    }

    init(_ policy: Policy, _ reason: Reason, seed: UInt64, amount: String) throws {
        self.policy = policy
        scene = Scene(policy, case: UInt128(seed + 1))
        random = Seeded(seed)
        try scene.act(as: .exchange, Props.opening(of: reason, policy, id: scene.id, amount: amount))
    }

    /// Tries one; a refusal changes nothing. Returns whether anything happened.
    mutating func attempt(_ attempt: Attempt) throws -> Bool {
        do {
            return try !scene.act(as: attempt.who, attempt.command).isEmpty
        } catch is Refusal {
            return false
        }
    }

    /// A step of the walk: towards a way not gone yet where one is known, otherwise something anybody might do now, or time passing.
    mutating func step(towards open: Set<Way>, _ map: WayMap) throws {
        if !random.rarely(4), try seek(open, map) { return }
        if random.rarely(6), let next = try scene.dispute.nextDeadline, next.due >= scene.now {
            return try scene.pass(next.due - scene.now)
        }
        _ = try attempt(random.pick(try everything()))
    }

    /// Does what goes a way not gone yet, or comes closer to one, or at least leads on. Returns whether there was such a thing.
    private mutating func seek(_ open: Set<Way>, _ map: WayMap) throws -> Bool {
        let here = map.distance(try scene.dispute.step.text)
        var closer: Walker?
        var on: Walker?
        for attempt in (try ways() + ends() + talk()).shuffled(using: &random) {
            var tried = self
            let before = tried.scene.log.count
            guard try tried.attempt(attempt) else { continue }
            let gone = tried.scene.ways(since: before)
            if gone.contains(where: open.contains) {
                self = tried
                return true
            }
            if !gone.isEmpty {
                if map.distance(try tried.scene.dispute.step.text) < here { closer = closer ?? tried }
            } else if [.vote, .take, .submitExhibit, .confirm, .reportFailure].contains(attempt.command.act) {
                on = on ?? tried
            }
        }
        guard let next = closer ?? on else { return false }
        let rest = random
        self = next
        random = rest
        return true
    }

    /// Can this case still go on: will time do something to it, or can somebody?
    func canGoOn() throws -> Bool {
        if try scene.dispute.nextDeadline != nil { return true }
        var copy = self
        let ways = try copy.ways()
        for way in ways {
            var tried = self
            if try tried.attempt(way) { return true }
            // Perhaps it only has to be given back, and taken by somebody else.
            for who in Walker.staff {
                var taken = self
                _ = try taken.attempt(Attempt(who: .lead, command: .release))
                if try taken.attempt(Attempt(who: who, command: .take)), try taken.attempt(Attempt(who: who, command: way.command)) { return true }
            }
        }
        return false
    }

    /// Several, as whoever signed once may not sign the next.
    static let keys: [Cast] = [.key, .lead, .panelWithKey(8), .panelWithKey(9)]
    static let staff: [Cast] = [.expert, .complaints, .compliance, .lead, .key]

    // MARK: what there is to try

    private mutating func everything() throws -> [Attempt] {
        if try scene.dispute.isClosed { return try ends() }
        var all = try ways() + talk()
        if random.rarely(12) { all += try ends() }
        return all
    }

    /// What leads a case on.
    mutating func ways() throws -> [Attempt] {
        let dispute = try scene.dispute
        var ways: [Attempt] = []
        func add(_ people: [Cast], _ command: CaseCommand) { for who in people { ways.append(Attempt(who: who, command: command)) } }
        let workers: [Cast] = [.expert, .complaints, .compliance]
        switch dispute.phase {
        case .intake: add(workers, .admit)
        case .negotiation, .investigation, .decision:
            add([.buyer], .callStaff)
            add([.seller], .answer(disputes: true, statement: Props.said("no", by: .seller)))
            add(workers, .conclude)
        case .approval:
            if case .approval(let waiting) = dispute.stage {
                add(Walker.keys, .approve(waiting.ruling.id))
                add(Walker.keys, .returnRuling(waiting.ruling.id, reason: "not so"))
            }
        case .execution:
            add(Walker.keys, .retrySettlement)
            add(workers, .conclude)
        case .appealWindow, .closed, .referred: break
        case .appeal: ways += try appeal(dispute)
        }
        if dispute.hold == .requested {
            add([.exchange], .confirmHold(receipt: "held"))
            add([.exchange], .refuseHold(reason: "moved"))
        }
        for instruction in dispute.instructions where dispute.progress[instruction.id] == .instructed {
            add([.exchange], .confirmSettlement(instruction.id, receipt: "done"))
            add([.exchange], .reportFailure(instruction.id, reason: "maintenance"))
        }
        if dispute.phase == .decision {
            for draft in drafts(dispute, precedent: random.rarely(2)) {
                add(workers, .rule(draft))
                add([.expert], .ruleByDefault(against: random.pick([.filer, .other]), draft))
            }
        }
        add(workers, .respond(.final, outcome: nil, body: Props.said("our answer"), sourceCategory: nil, timely: nil))
        add([.exchange], .recordScheme(random.pick([.won, .lost]), stage: nil, reference: "S-1"))
        add([.exchange], .recordScheme(.advanced, stage: nil, reference: "S-1"))
        if dispute.legalHold { add([.compliance], .liftLegalHold) }
        return ways
    }

    private func drafts(_ dispute: Case, precedent: Bool) -> [RulingDraft] {
        let outcomes = dispute.claims.flatMap { policy.reasons[$0.reason]?.outcomes ?? [] } + [OutcomeCode("OUT-CPN")].compactMap { $0 }
        return outcomes.map { outcome in
            let terms = dispute.order.map { Terms(toBuyer: $0.amount, toSeller: .zero(of: $0.amount.asset)) }
            var draft = Props.draft(outcome.text, fault: "FLT-NONE", terms: terms, answering: dispute)
            // Some are decided as a case before was, some are the first of their kind.
            if precedent { draft.precedents = [.init(case: CaseID(bits: 5), outcome: outcome)] }
            if policy.outcomes[outcome]?.settlement == .compensate {
                draft.compensation = .init(
                    amount: Props.amount("10.000000 USDT"), to: dispute.claim.by, source: .platform, reason: Props.said("our fault"))
            }
            return draft
        }
    }

    private mutating func appeal(_ dispute: Case) throws -> [Attempt] {
        guard case .appeal(let appeal) = dispute.stage else { return [] }
        var ways: [Attempt] = []
        let reason = Props.said("heard again")
        if appeal.panelSize == 1 {
            ways.append(Attempt(who: .senior, command: .decideAppeal(.upheld, cause: nil, reason: reason, nil)))
            ways.append(Attempt(who: .senior, command: .escalateAppeal(reason: "novel")))
            for draft in drafts(dispute, precedent: random.rarely(2)) {
                ways.append(Attempt(who: .senior, command: .decideAppeal(.varied, cause: OverturnCode("OVT-NEW"), reason: reason, draft)))
            }
            return ways
        }
        if let ballots = appeal.revealed {
            for seat in 1...4 where ballots[Cast.panel(seat).staff] != nil {
                ways.append(Attempt(who: .panel(seat), command: .decideAppeal(.upheld, cause: nil, reason: reason, nil)))
                for draft in drafts(dispute, precedent: random.rarely(2)) {
                    ways.append(Attempt(who: .panel(seat), command: .decideAppeal(.varied, cause: OverturnCode("OVT-NEW"), reason: reason, draft)))
                }
            }
        } else {
            opened = opened.filter { appeal.votes[$0.key] != nil }
            let texts = ["uphold", "change OUT-CPN"]
            for seat in 1...4 where appeal.votes[Cast.panel(seat).staff] == nil {
                let mine = Concealed.Opened(salt: Array(repeating: UInt8(seat), count: 16), text: random.pick(texts))
                let concealed = Concealed(commitment: Leaf.commitment(salt: mine.salt, payload: Array(mine.text.utf8)), box: Props.said("sealed"))
                ways.append(Attempt(who: .panel(seat), command: .vote(.init(concealed: concealed, opened: mine, earlier: opened))))
                // Remembered in case it is the one that is cast; what was not cast is forgotten above.
                opened[Cast.panel(seat).staff] = mine
            }
        }
        return ways
    }

    private mutating func talk() throws -> [Attempt] {
        let dispute = try scene.dispute
        var all: [Attempt] = []
        let types = dispute.openRequests.flatMap(\.types) + [EvidenceCode("EV-BSTMT")].compactMap { $0 }
        all.append(Attempt(who: random.pick([.buyer, .seller]), command: Props.exhibit(random.pick(types).text, "\(random.next())")))
        all.append(Attempt(who: .exchange, command: Props.exhibit("EV-ORDLOG", "\(random.next())")))
        for who in Walker.staff { all.append(Attempt(who: who, command: .take)) }
        all.append(Attempt(who: .lead, command: .release))
        if let total = dispute.order?.amount {
            all.append(Attempt(who: random.pick([.buyer, .seller]), command: .offer(Terms(toBuyer: total, toSeller: .zero(of: total.asset)))))
        }
        for offer in dispute.offers where offer.isOpen { all.append(Attempt(who: random.pick([.buyer, .seller]), command: .acceptOffer(offer.id))) }
        if let other = dispute.principal(.other), let type = EvidenceCode("EV-VIDEO") {
            all.append(Attempt(who: .expert, command: .giveNotice(to: other.id)))
            all.append(Attempt(who: .expert, command: .requestEvidence(of: other.id, types: [type])))
        }
        all.append(Attempt(who: random.pick([.buyer, .seller]), command: .appeal(newEvidence: false, grounds: Props.said("unfair"))))
        for request in dispute.openRequests { all.append(Attempt(who: .expert, command: .waiveRequest(request.id, reason: "clear"))) }
        return all
    }

    /// What ends a case early, holds it up, or opens it again.
    private mutating func ends() throws -> [Attempt] {
        let workers: [Cast] = [.expert, .complaints, .compliance]
        var all: [Attempt] = [
            Attempt(who: .buyer, command: .withdraw), Attempt(who: .lead, command: .close(reason: "over")),
            Attempt(who: .compliance, command: .placeLegalHold(authority: "Court", reference: nil)),
            Attempt(who: .exchange, command: .escrowMoved(.released, reference: "ORD")),
            Attempt(who: .seller, command: .answer(disputes: false, statement: Props.said("yes", by: .seller))),
            Attempt(who: .lead, command: .reopen(reason: "after all")), Attempt(who: .lead, command: .unmerge(reason: "not the same")),
        ]
        for who in workers { all.append(Attempt(who: who, command: .refuse(ground: "not-ours", reason: Props.said("no")))) }
        var target = CaseCommand.MergeTarget(try scene.dispute)
        target.id = CaseID(bits: 1)
        target.isOpen = true
        all.append(Attempt(who: .lead, command: .merge(into: target)))
        return all
    }
}

/// A way out of a step, as the pack draws it.
struct Way: Hashable, Comparable {
    let from: String, on: String, to: String
    var text: String { "\(from) –\(on)→ \(to)" }
    static func < (a: Way, b: Way) -> Bool { a.text < b.text }
}

extension Scene {
    /// The ways gone by the events after the first `count`.
    func ways(since count: Int) -> [Way] {
        log.dropFirst(count).compactMap { event in
            guard let entered = event.body.body as? StepEntered, let from = entered.from, let on = entered.on else { return nil }
            return Way(from: from.text, on: "\(on)", to: entered.step.text)
        }
    }
}

/// How far each step of a workflow is from a way not gone yet.
struct WayMap {
    private var distances: [String: Int] = [:]

    init(_ workflow: Workflow, _ open: Set<Way>) {
        for way in open { distances[way.from] = 0 }
        var changed = true
        while changed {
            changed = false
            for step in workflow.steps.values {
                for exit in step.exits {
                    guard let beyond = distances[exit.to.text], beyond + 1 < distance(step.code.text) else { continue }
                    distances[step.code.text] = beyond + 1
                    changed = true
                }
            }
        }
    }

    func distance(_ step: String) -> Int { distances[step] ?? .max }
}
