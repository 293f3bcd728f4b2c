import Chronicle
import Disputes
import Policies
import Timekeeping

/// Replies, decisions, appeals.
extension Columns {
    mutating func enterStep(_ body: StepEntered, _ place: Place, _ dispute: Case) {
        let decision = Int(cases.lastDecision[place.i])
        if decision >= 0 {
            if body.phase == .appealWindow {
                if decisions.windowOpened[decision] == never { decisions.windowOpened[decision] = place.ms }
                if decisions.appealed[decision] == never { decisions.windowClosed[decision] = never }
            } else if decisions.windowOpened[decision] != never, decisions.windowClosed[decision] == never {
                decisions.windowClosed[decision] = place.ms
            }
        }
        // An appeal whose decision could not be carried out is heard again.
        let appeal = Int(cases.lastAppeal[place.i])
        if body.phase == .appeal, appeal >= 0, dispute.appeals.last?.decision == nil {
            (appeals.decided[appeal], appeals.result[appeal], appeals.isHandlersError[appeal]) = (never, 0, false)
        }
    }

    mutating func hear(_ body: MessageSent, _ place: Place, _ dispute: Case) {
        switch body.by {
        case .staff: reply(to: body.audience, place, dispute)
        case .party: contactAgain(place.row, at: place.ms)
        case .machine, .clock: break
        }
    }

    mutating func respond(_ body: ResponseSent, _ place: Place, _ dispute: Case) {
        if case .staff = place.actor { reply(to: .filer, place, dispute) }
        if body.kind != .holding { resolve(place, dispute) }
    }

    /// A person wrote to a side. What staff write to each other is no reply.
    private mutating func reply(to audience: Audience, _ place: Place, _ dispute: Case) {
        let i = place.i
        if audience == .filer || audience == .parties, cases.repliedToFiler[i] == never {
            cases.repliedToFiler[i] = place.ms
            cases.repliedToFilerNet[i] = net(until: place.at, dispute)
        }
        if audience == .other || audience == .parties, cases.hasOther[i], cases.repliedToOther[i] == never {
            cases.repliedToOther[i] = place.ms
            cases.repliedToOtherNet[i] = net(until: place.at, dispute)
        }
    }

    mutating func resolve(_ place: Place, _ dispute: Case) {
        guard cases.resolved[place.i] == never else { return }
        cases.resolved[place.i] = place.ms
        cases.resolvedNet[place.i] = net(until: place.at, dispute)
    }

    /// What the desk answers for of the time since the case was opened, by the case's own timeline.
    private func net(until instant: Instant, _ dispute: Case) -> Int64 {
        guard dispute.opened < instant else { return 0 }
        return dispute.timeline.totals(over: dispute.opened..<instant).net.span.milliseconds
    }

    mutating func approve(_ body: RulingApproved, _ place: Place, _ dispute: Case, _ glossary: Glossary) {
        guard let made = dispute.rulings.last(where: { $0.ruling.id == body.ruling }), case .staff(let by) = made.by else { return }
        decide(made.ruling, by: by, place, dispute, glossary)
    }

    /// A ruling was signed by everyone who must.
    mutating func decide(_ ruling: Ruling, by staff: StaffID, _ place: Place, _ dispute: Case, _ glossary: Glossary) {
        let i = place.i
        reply(to: .parties, place, dispute)
        resolve(place, dispute)
        if cases.decided[i] == never { cases.decided[i] = place.ms }
        cases.decidedLast[i] = place.ms
        setCode(.outcome, ruling.outcome.code.text, place.row)
        if glossary.isMalicious(ruling.penalty.code) { cases.marks[i].insert(.malicious) } else { cases.marks[i].remove(.malicious) }
        let agent = code(.agent, staff.description)
        cases.lastDecision[i] = Int32(decisions.count)
        decisions.row.append(place.row)
        decisions.signed.append(place.ms)
        decisions.agent.append(agent)
        decisions.site.append(index.siteOfAgent[agent] ?? 0)
        decisions.outcome.append(code(.outcome, ruling.outcome.code.text))
        decisions.windowOpened.append(never)
        decisions.windowClosed.append(never)
        decisions.appealed.append(never)
    }

    mutating func appeal(_ appeal: Appeal, _ place: Place) {
        let decision = Int(cases.lastDecision[place.i])
        if decision >= 0 {
            decisions.appealed[decision] = min(decisions.appealed[decision], place.ms)
            decisions.windowClosed[decision] = min(decisions.windowClosed[decision], place.ms)
        }
        cases.lastAppeal[place.i] = Int32(appeals.count)
        appeals.row.append(place.row)
        appeals.decision.append(Int32(decision))
        appeals.filed.append(place.ms)
        appeals.decided.append(never)
        appeals.result.append(0)
        appeals.isHandlersError.append(false)
    }

    mutating func decideAppeal(_ body: AppealDecided, _ place: Place, _ dispute: Case, _ glossary: Glossary) {
        let appeal = Int(cases.lastAppeal[place.i])
        guard appeal >= 0 else { return }
        appeals.decided[appeal] = place.ms
        appeals.result[appeal] =
            switch body.result {
            case .upheld: 1
            case .varied: 2
            case .overturned: 3
            }
        appeals.isHandlersError[appeal] = body.result != .upheld && glossary.isHandlersError(body.cause, under: dispute.policy)
    }
}
