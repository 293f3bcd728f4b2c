import Chronicle
import Policies

extension Deliberation {
    mutating func requestHold() throws(Refusal) {
        let dispute = try dispute()
        guard !isImport, dispute.order?.escrowHeld == true, dispute.hold == .none || dispute.hold == .lifted else { return }
        emit(HoldRequested(instruction: context.ids.next()))
    }

    mutating func liftHoldIfPlaced() throws(Refusal) {
        let dispute = try dispute()
        guard dispute.hold == .placed || dispute.hold == .requested, !dispute.escrowPaidOut, !dispute.legalHold else { return }
        emit(HoldLifted(instruction: context.ids.next()))
    }

    mutating func confirmHold(_ receipt: String) throws(Refusal) {
        guard try dispute().hold == .requested else { return }
        emit(HoldPlaced(receipt: receipt))
    }

    mutating func refuseHold(_ reason: String) throws(Refusal) {
        guard try dispute().hold == .requested else { return }
        emit(HoldRefused(reason: reason))
    }

    mutating func placeLegalHold(_ authority: String, _ reference: Sealed?) throws(Refusal) {
        guard !(try dispute().legalHold) else { throw .alreadyDone("a legal hold is in place") }
        guard !authority.isEmpty else { throw .reasonMissing(part: "legal hold") }
        emit(LegalHoldPlaced(authority: authority, reference: reference))
        try fire(.legalHoldPlaced)
    }

    mutating func liftLegalHold() throws(Refusal) {
        guard try dispute().legalHold else { throw .noSuchThing("legal hold") }
        emit(LegalHoldLifted())
        try fire(.legalHoldLifted)
    }

    mutating func escrowMoved(_ how: EscrowMoved.How, _ reference: String) throws(Refusal) {
        emit(EscrowMoved(how: how, reference: reference))
        try fire(.escrowMoved, closing: .escrowMovedByParties)
    }
}
