import Chronicle
import Disputes
import Wire

/// An event in a few words, with the code or amount that matters.
enum Happening {
    static func words(_ event: any CaseHappening) -> String {
        switch event {
        case let it as CaseOpened: "case opened: \(it.claim.reason)" + (it.order.map { ", order \($0.reference)" } ?? "")
        case let it as StepEntered: "→ \(it.step) (\(it.phase.rawValue))" + (it.on.map { ", on \($0)" } ?? "")
        case let it as ClaimAnswered: it.disputes ? "claim disputed" : "claim agreed to"
        case let it as CounterclaimMade: "counterclaim: \(it.claim.reason)"
        case let it as PointRaised: "point \(it.point.number) raised"
        case let it as MessageSent: "message to \(it.audience.rawValue)"
        case let it as LetterSent: "letter \(it.letter) to \(it.audience.rawValue)"
        case let it as CaseSnoozed: "put aside until \(Moments.exact(it.until)); every clock runs on"
        case is SnoozeEnded: "taken up again before its time"
        case let it as StaffMentioned: it.staff.count == 1 ? "a colleague called in" : "\(it.staff.count) colleagues called in"
        case let it as TierSet: "tier \(it.tier): \(it.reason)"
        case let it as ExhibitSubmitted: "exhibit \(it.exhibit.type), \(it.exhibit.bytes) bytes"
        case let it as ExhibitViewed: "exhibit seen: \(it.purpose)"
        case let it as EvidenceRequested: "asked for " + it.request.types.map(\.text).joined(separator: ", ")
        case let it as EvidenceRequestEnded: "request \(it.how.rawValue)"
        case let it as NoticeGiven: "notice \(it.number) to the \(it.side.rawValue) side"
        case let it as OfferMade: it.offer.terms.map { "offer: \($0.toBuyer.shown) to the buyer" } ?? "blind offer"
        case let it as OfferEnded: "offer \(it.how.rawValue)"
        case let it as AgreementReached: "agreed: \(it.terms.toBuyer.shown) to the buyer, \(it.terms.toSeller.shown) to the seller"
        case let it as HoldRefused: "hold refused: \(it.reason)"
        case let it as LegalHoldPlaced: "legal hold by \(it.authority)"
        case let it as ClockStarted: "clock \(it.clock) until \(Moments.exact(it.due))"
        case let it as ClockPaused: "clock \(it.clock) stands still"
        case let it as ClockResumed: "clock \(it.clock) runs on until \(Moments.exact(it.due))"
        case let it as ClockExtended: "clock \(it.clock) extended to \(Moments.exact(it.due))"
        case let it as ClockMet: "clock \(it.clock) met"
        case let it as ClockCancelled: "clock \(it.clock) cancelled"
        case let it as DeadlinePassed: "deadline passed: \(it.key)"
        case let it as RulingMade: "ruling: \(it.ruling.outcome.code), \(it.ruling.fault.code)" + (it.needsSecondKey ? ", needs a second key" : "")
        case let it as RulingReturned: "ruling given back: \(it.reason)"
        case let it as SettlementInstructed: "instructed: " + words(InstructionView(it.instruction, nil, isForStaff: true))
        case let it as SettlementConfirmed: "carried out, receipt \(it.receipt)"
        case let it as SettlementFailed: "not carried out: \(it.reason)"
        case let it as EscrowMoved: "escrow \(it.how.rawValue) by the parties"
        case let it as AppealFiled: "appeal to \(it.appeal.level.rawValue)"
        case let it as VotesRevealed: "votes revealed: " + it.ballots.values.map(\.text).sorted().joined(separator: ", ")
        case let it as AppealDecided: "appeal \(it.result.rawValue)" + (it.cause.map { ", \($0)" } ?? "")
        case let it as ResponseSent: "\(it.kind.rawValue) response" + (it.outcome.map { ", \($0)" } ?? "") + (it.sourceCategory.map { " (“\($0)”)" } ?? "")
        case let it as SchemeEventRecorded: "card network: \(it.what.rawValue)"
        case let it as CaseClosed: "closed: \(it.how.rawValue)"
        case let it as CaseReopened: "reopened: \(it.reason)"
        case let it as HistoryImported: "imported: \(it.state)" + (it.group.map { ", \($0)" } ?? "")
        default: type(of: event).type.name.replacing("-", with: " ")
        }
    }

    /// What the exchange is to do.
    static func words(_ instruction: InstructionView) -> String {
        let (reference, amount) = (instruction.reference ?? "", instruction.amount?.shown ?? "")
        return switch instruction.kind {
        case "release": "release \(reference) to the buyer"
        case "return-to-seller": "return \(reference) to the seller"
        case "split": "split \(reference)" + (instruction.terms.map { ": \($0.toBuyer.shown) to the buyer, \($0.toSeller.shown) to the seller" } ?? "")
        case "compensate": "compensate \(amount)"
        case "deduct-deposit": "\(amount) from the merchant's deposit"
        case "credit": "credit \(amount)"
        case "return-to-sender": "send \(reference) back where it came from"
        case "accept-chargeback": "accept the chargeback \(reference)"
        case "represent": "represent \(reference) with evidence"
        default: instruction.kind
        }
    }
}
