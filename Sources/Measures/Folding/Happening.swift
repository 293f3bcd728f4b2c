import Chronicle
import Disputes

/// The happenings that change a column, told apart by one look-up instead of by trying up to sixty casts on each event.
enum Happening {
    case opened, stepEntered, refused, acknowledged, message, response
    case assigned, tierSet
    case requested, requestEnded
    case agreed, holdPlaced, holdLifted, escrowMoved
    case clockStarted, clockMoved, clockExtended, clockMet, clockCancelled
    case ruled, approved
    case instructed, confirmed, failed
    case appealed, appealDecided
    case closed, reopened, merged, absorbed, unmerged
    case policyMoved, imported

    static let of: [ObjectIdentifier: Happening] = [
        ObjectIdentifier(CaseOpened.self): .opened, ObjectIdentifier(StepEntered.self): .stepEntered, ObjectIdentifier(ClaimRefused.self): .refused,
        ObjectIdentifier(AcknowledgementSent.self): .acknowledged, ObjectIdentifier(MessageSent.self): .message,
        ObjectIdentifier(ResponseSent.self): .response, ObjectIdentifier(CaseAssigned.self): .assigned,
        ObjectIdentifier(TierSet.self): .tierSet,
        ObjectIdentifier(EvidenceRequested.self): .requested, ObjectIdentifier(EvidenceRequestEnded.self): .requestEnded,
        ObjectIdentifier(AgreementReached.self): .agreed, ObjectIdentifier(HoldPlaced.self): .holdPlaced, ObjectIdentifier(HoldLifted.self): .holdLifted,
        ObjectIdentifier(EscrowMoved.self): .escrowMoved, ObjectIdentifier(ClockStarted.self): .clockStarted,
        ObjectIdentifier(ClockPaused.self): .clockMoved, ObjectIdentifier(ClockResumed.self): .clockMoved,
        ObjectIdentifier(ClockExtended.self): .clockExtended, ObjectIdentifier(ClockMet.self): .clockMet,
        ObjectIdentifier(ClockCancelled.self): .clockCancelled, ObjectIdentifier(RulingMade.self): .ruled, ObjectIdentifier(RulingApproved.self): .approved,
        ObjectIdentifier(SettlementInstructed.self): .instructed, ObjectIdentifier(SettlementConfirmed.self): .confirmed,
        ObjectIdentifier(SettlementFailed.self): .failed, ObjectIdentifier(AppealFiled.self): .appealed,
        ObjectIdentifier(AppealDecided.self): .appealDecided, ObjectIdentifier(CaseClosed.self): .closed, ObjectIdentifier(CaseReopened.self): .reopened,
        ObjectIdentifier(MergedAsDuplicate.self): .merged, ObjectIdentifier(DuplicateAbsorbed.self): .absorbed,
        ObjectIdentifier(MergeUndone.self): .unmerged, ObjectIdentifier(DuplicateReleased.self): .absorbed,
        ObjectIdentifier(PolicyMoved.self): .policyMoved, ObjectIdentifier(HistoryImported.self): .imported,
    ]
}
