import Chronicle
import Policies
import Timekeeping

/// Why a command was not carried out: a sentence a person can read, and a closed set a machine can switch over.
public enum Refusal: Error, Hashable, Sendable {
    // the case
    case noSuchCase
    case alreadyOpen
    case wrongPack(pinned: PolicyHash, offered: PolicyHash)
    case notNow(act: Act, step: String, phase: Phase)
    case closed(Stage.How)
    case underLegalHold
    // who
    case notPermitted(act: Act)
    case notYourCase
    case notTheOwner(owner: StaffID?)
    case conflictOfInterest
    case mustBeIndependent
    case notSilent(Side)
    case unqualified(needs: CertificateLevel, has: CertificateLevel)
    case beyondAuthority(value: Amount, limit: Amount)
    case unpriced(Asset, needs: CertificateLevel)
    case selfApproval
    // what was said
    case unknownCode(noun: String, code: String)
    case reasonNotOfType(ReasonCode, CaseTypeCode)
    case wrongFiler(expected: Filer, was: Filer)
    case partiesMissing(String)
    case counterclaimStands
    case notADuplicate(String)
    case sameDispute(CaseID, isOpen: Bool)
    case regulatorWaits
    case valueMissing(Asset)
    case valueTooLow(Amount, least: Amount)
    case nothingAtStake(Amount)
    case textTooLong(max: Int)
    case emptyText
    case tooMany(what: String, max: Int)
    case outcomeNotAllowed(OutcomeCode, reason: ReasonCode)
    case pointsUnanswered([Int])
    case answersUnknownPoint(Int)
    case reasonMissing(part: String)
    case deviationUnexplained
    case splitDoesNotAdd(total: Amount)
    case penaltyForMerchantsOnly(PenaltyCode)
    case penaltyWithoutParty
    case moneyWithoutOrder
    case costTooHigh(Amount, of: Amount)
    case insufficientEvidence(side: Side)
    // things
    case noSuchThing(String)
    case alreadyDone(String)
    case notYours(String)
    case notBefore(Instant, what: String)
    case noticesMissing(given: Int, needed: Int)
    case noDefault(reason: ReasonCode, side: Side)
    case nothingAsked(of: Side)
    case windowClosed(at: Instant)
    case concealmentBroken
    case snoozeOutOfRange(daysMax: Int)
    case alreadyVoted
    case panelFull
    case votesOutstanding(Int)
    case againstMajority
    case causeMissing
    case notAppealable
    case wrongRuling
    case wrongInstruction
    case settlementUnderWay
    case exchangeAnswers
    case clockNotRunning(ClockCode)
    case extensionTooLong(until: Instant)
    case clockFault(String)
    case packFault(String)
}

extension Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noSuchCase: "there is no such case"
        case .alreadyOpen: "this case is open already"
        case .wrongPack(let pinned, let offered): "the case is judged by pack \(pinned.short), not by \(offered.short); move it first"
        case .notNow(let act, let step, let phase): "“\(act.rawValue)” is not possible in step “\(step)” (\(phase.rawValue))"
        case .closed(let how): "the case is closed (\(how.rawValue)); reopen it first"
        case .underLegalHold: "an authority's order holds this case; nothing can be carried out until it is lifted"
        case .notPermitted(let act): "your role does not include “\(act.rawValue)”"
        case .notYourCase: "you are not a party of this case"
        case .notTheOwner(let owner): owner.map { "the case is assigned to \($0); take it first" } ?? "nobody has taken this case; take it first"
        case .conflictOfInterest: "you stand in a relation to a party of this case and may not work on it"
        case .mustBeIndependent: "someone who has not worked on this case must do that"
        case .notSilent(let side): "the \(side.rawValue) has given something since it was asked; decide on what is on file"
        case .unqualified(let needs, let has): "this needs a certificate \(needs.rawValue); yours is \(has.rawValue)"
        case .beyondAuthority(let value, let limit): "this is about \(value); you may decide up to \(limit)"
        case .unpriced(let asset, let needs): "some of this money has no price in \(asset.code); only a certificate \(needs.rawValue) may decide it"
        case .selfApproval: "the second key must be turned by someone else"
        case .unknownCode(let noun, let code): "the policy pack has no \(noun) “\(code)”"
        case .reasonNotOfType(let reason, let type): "reason \(reason) does not belong to case type \(type)"
        case .wrongFiler(let expected, let was): "this reason is for a \(expected.rawValue), not a \(was.rawValue)"
        case .partiesMissing(let what): what
        case .counterclaimStands: "the other side has a claim of its own on this case, which must be decided; the case goes on"
        case .notADuplicate(let why): "this is not the same dispute: \(why)"
        case .sameDispute(let id, true): "this order is disputed for the same reason already, in \(id); go on there"
        case .sameDispute(let id, false): "this order was disputed for the same reason in \(id), which is closed; ask for it to be reopened, or appeal"
        case .regulatorWaits: "a regulator's clock runs on this case; send the final response first"
        case .valueMissing(let asset): "the value of the case in \(asset.code) (\(asset.decimals) decimals) is needed to know who may decide it"
        case .nothingAtStake(let amount): "nobody disputes about \(amount): an amount is more than nothing"
        case .valueTooLow(let value, let least): "the case is about \(least) and cannot be worth only \(value)"
        case .textTooLong(let max): "the text is longer than \(max) characters"
        case .emptyText: "an empty text says nothing"
        case .tooMany(let what, let max): "no more than \(max) \(what) are possible"
        case .outcomeNotAllowed(let outcome, let reason): "\(outcome) is not an outcome of reason \(reason)"
        case .pointsUnanswered(let points): "points not answered: \(points.map(String.init).joined(separator: ", "))"
        case .answersUnknownPoint(let point): "there is no point \(point) to answer"
        case .reasonMissing(let part): "the \(part) needs a reason"
        case .deviationUnexplained: "like cases were decided differently; say why this one is different"
        case .splitDoesNotAdd(let total): "the two parts must add up to exactly \(total)"
        case .penaltyForMerchantsOnly(let code): "\(code) is for merchants only"
        case .penaltyWithoutParty: "say which party the penalty is for"
        case .moneyWithoutOrder: "there is no order or amount to carry this outcome out on"
        case .costTooHigh(let cost, let amount): "a cost of \(cost) cannot be taken from \(amount)"
        case .insufficientEvidence(let side): "what is on file for the \(side.rawValue) side is never sufficient alone"
        case .noSuchThing(let what): "there is no such \(what)"
        case .alreadyDone(let what): "\(what) already"
        case .notYours(let what): "the \(what) is not yours to decide on"
        case .notBefore(let instant, let what): "\(what) is possible from \(instant)"
        case .noticesMissing(let given, let needed): "\(needed) notices are needed before a ruling by default; \(given) were given"
        case .noDefault(let reason, let side): "reason \(reason) has no default against the \(side.rawValue); decide on what is on file"
        case .nothingAsked(let side): "nothing that was asked of the \(side.rawValue) is unanswered"
        case .windowClosed(let at): "the window closed at \(at)"
        case .concealmentBroken: "the opened value is not the one that was committed to"
        case .snoozeOutOfRange(let days): "a case is put aside until a moment still to come, at most \(days) days ahead"
        case .alreadyVoted: "you have voted already"
        case .panelFull: "the panel is complete"
        case .votesOutstanding(let count): "\(count) votes are still outstanding"
        case .againstMajority: "the decision must be the majority's"
        case .causeMissing: "say why the decision was changed"
        case .notAppealable: "this decision cannot be appealed"
        case .wrongRuling: "that is not the ruling that waits for its second key"
        case .wrongInstruction: "no such settlement instruction is being carried out"
        case .settlementUnderWay: "an instruction is on its way to the exchange; wait for its answer before deciding again"
        case .exchangeAnswers: "the exchange itself says what became of this instruction; nobody says it in its place"
        case .clockNotRunning(let clock): "clock \(clock) is not running"
        case .extensionTooLong(let until): "it can be extended to \(until) at the latest"
        case .clockFault(let what): "the deadline could not be computed: \(what)"
        case .packFault(let what): "the policy pack does not say what to do: \(what)"
        }
    }
}
