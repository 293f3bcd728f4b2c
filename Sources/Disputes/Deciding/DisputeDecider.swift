import Chronicle
import Policies

/// The decider of disputes: the one place where it is decided what may happen to a case, for the live desk, the replay of the past and the twin.
public enum DisputeDecider: Decider {
    public static var initial: CaseFile { CaseFile() }

    public static func decide(_ command: CaseCommand, _ state: CaseFile, _ context: DecisionContext) throws(Refusal) -> [CaseEvent] {
        try decide([command], state, context).events
    }

    /// Several commands of one actor at one moment, each on what the one before made of the case; all or nothing.
    public static func decide(
        _ commands: [CaseCommand], _ state: CaseFile, _ context: DecisionContext
    ) throws(Refusal) -> (events: [CaseEvent], state: CaseFile) {
        var deliberation = Deliberation(state, context)
        for command in commands { try deliberation.decide(command) }
        return (deliberation.events, deliberation.file)
    }

    public static func evolve(_ state: inout CaseFile, _ event: Recorded<CaseEvent>) { state.apply(event) }

    /// Acts that are possible wherever a case is, as long as it is not closed.
    static let alwaysPossible: Set<Act> = [
        .message, .note, .acknowledge, .take, .assign, .release, .setTier, .declareRelation, .submitExhibit, .viewSensitive, .answerRequest,
        .waiveRequest, .placeHold, .liftHold, .placeLegalHold, .liftLegalHold, .escrowMoved, .extend, .respond, .confirm, .reportFailure,
        .merge, .unmerge, .link, .attachComplaint, .movePolicy, .importHistory, .passTime, .recordScheme,
    ]

    /// Acts that are possible on a closed case.
    static let possibleWhenClosed: Set<Act> = [
        .reopen, .unmerge, .link, .attachComplaint, .merge, .movePolicy, .importHistory, .passTime, .note, .viewSensitive, .declareRelation, .confirm,
        .reportFailure,
        .liftHold, .liftLegalHold, .rate,
    ]
}

extension CaseCommand {
    /// The exchange's word on a hold is heard also after the case has closed: it is what became of the coins.
    fileprivate var answersHold: Bool {
        switch self {
        case .confirmHold, .refuseHold: true
        default: false
        }
    }
}

extension Deliberation {
    mutating func decide(_ command: CaseCommand) throws(Refusal) {
        try Permission.check(command, file.dispute, context)
        guard case .open(let opening) = command else {
            try checkMoment(command)
            return try decideOpen(command)
        }
        try open(opening)
    }

    /// Is this the pack the case is judged by, and is the act possible where the case stands?
    private func checkMoment(_ command: CaseCommand) throws(Refusal) {
        let dispute = try dispute()
        guard dispute.policy == policy.hash else { throw .wrongPack(pinned: dispute.policy, offered: policy.hash) }
        if case .closed(let closure) = dispute.stage {
            guard DisputeDecider.possibleWhenClosed.contains(command.act) || command.answersHold else { throw .closed(closure.how) }
            return
        }
        let step = try step()
        guard DisputeDecider.alwaysPossible.contains(command.act) || step.acts.contains(command.act) else {
            throw .notNow(act: command.act, step: step.title, phase: step.phase)
        }
    }

    /// One arm a command; each is a method of the capability's own file.
    private mutating func decideOpen(_ command: CaseCommand) throws(Refusal) {
        switch command {
        case .open: throw .alreadyOpen
        case .admit: try admit()
        case .refuse(let ground, let reason): try refuse(ground, reason)
        case .withdraw: try withdraw()
        case .answer(let disputes, let statement): try answer(disputes, statement)
        case .counterclaim(let claim): try counterclaim(claim)
        case .raisePoint(let text): try raisePoint(text)
        case .message(let audience, let body, let language): try message(audience, body, language)
        case .acknowledge: try acknowledge()
        case .callStaff: try callStaff()
        case .take: try take()
        case .assign(let staff): try assign(to: staff)
        case .release: try release()
        case .setTier(let tier, let reason): try setTier(tier, reason)
        case .declareRelation(let staff, let nature): try declareRelation(staff, nature)
        case .conclude: try conclude()
        case .snooze(let until): try snooze(until: until)
        case .endSnooze: try endSnooze()
        case .mention(let staff): try mention(staff)
        case .submitExhibit(let submission): try submit(submission)
        case .viewSensitive(let exhibit, let purpose): try viewSensitive(exhibit, purpose)
        case .requestEvidence(let party, let types): try requestEvidence(of: party, types)
        case .answerRequest(let request, let statement): try answerRequest(request, statement)
        case .waiveRequest(let request, let reason): try waiveRequest(request, reason)
        case .giveNotice(let party): try giveNotice(to: party)
        case .offer(let terms): try offer(terms)
        case .blindOffer(let offer): try offerBlind(offer)
        case .acceptOffer(let offer): try acceptOffer(offer)
        case .declineOffer(let offer): try declineOffer(offer)
        case .withdrawOffer(let offer): try withdrawOffer(offer)
        case .placeHold: try placeHold()
        case .liftHold: try liftHoldIfPlaced(byHand: true)
        case .confirmHold(let receipt): try confirmHold(receipt)
        case .refuseHold(let reason): try refuseHold(reason)
        case .placeLegalHold(let authority, let reference): try placeLegalHold(authority, reference)
        case .liftLegalHold: try liftLegalHold()
        case .rule(let draft): try rule(draft)
        case .ruleByDefault(let side, let draft): try ruleByDefault(against: side, draft)
        case .approve(let ruling): try approve(ruling)
        case .returnRuling(let ruling, let reason): try returnRuling(ruling, reason)
        case .confirmSettlement(let instruction, let receipt): try confirmSettlement(instruction, receipt)
        case .reportFailure(let instruction, let reason): try reportFailure(instruction, reason)
        case .retrySettlement: try retrySettlement()
        case .escrowMoved(let how, let reference): try escrowMoved(how, reference)
        case .appeal(let newEvidence, let grounds): try appeal(newEvidence, grounds)
        case .vote(let vote): try self.vote(vote)
        case .decideAppeal(let result, let cause, let reason, let draft): try decideAppeal(result, cause, reason, draft)
        case .escalateAppeal(let reason): try escalateAppeal(reason)
        case .extend(let clock, let span, let reason): try extend(clock, by: span, reason: reason)
        case .respond(let kind, let outcome, let body, let category, let timely): try respond(kind, outcome, body, category, timely)
        case .recordScheme(let what, let stage, let reference): try recordScheme(what, stage, reference)
        case .reopen(let reason): try reopen(reason)
        case .rate(let scores, let comment): try rate(scores, comment)
        case .merge(let primary): try merge(into: primary)
        case .absorb(let duplicate): emit(DuplicateAbsorbed(duplicate: duplicate))
        case .unmerge(let reason): try unmerge(reason)
        case .releaseDuplicate(let duplicate): emit(DuplicateReleased(duplicate: duplicate))
        case .link(let incident): emit(IncidentLinked(incident: incident))
        case .linkChild(let child, let removed): emit(ChildLinked(child: child, removed: removed))
        case .attachComplaint(let complaint): emit(ComplaintAttached(complaint: complaint))
        case .close(let reason): try close(reason)
        case .movePolicy(let to, let changes): try movePolicy(to, changes)
        case .importHistory(let change): try importHistory(change)
        case .passTime(let key, let due): try passTime(key, due: due)
        }
    }
}
