import Chronicle
import Disputes
import EventStorage
import Measures
import Runtime
import Wire

extension Problem {
    /// The problem behind an error of any part of the house. What nobody foresaw is a fault, and says no more of itself than that: the log does.
    init(of error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as DeskError: self.init(desk: error)
        case let refusal as Refusal: self.init(refusal: refusal)
        case let refusal as HolderRefusal: self.init(.refused, "\(refusal)", field: "holder")
        case let refusal as WebhookRefusal: self.init(webhook: refusal)
        case let refusal as PolicyRefusal: self.init(policy: refusal)
        case let refusal as PasskeyRefusal: self.init(passkey: refusal)
        case let refusal as DoorRefusal: self.init(door: refusal)
        case let refusal as ProviderRefusal: self.init(provider: refusal)
        case let error as StoreError: self.init(store: error)
        case let error as ExchangeError: self.init(exchange: error)
        case let error as SealingError: self.init(.unavailable, "\(error)", retryAfterSeconds: 60)
        case let error as VaultError: self.init(vault: error)
        case let refusal as QuestionRefusal: self.init(measure: refusal)
        case let refusal as UploadRefusal: self.init(upload: refusal)
        case let error as AmountError: self.init(.malformed, "\(error)")
        case let error as LedgerJSONError: self.init(.malformed, "\(error)", field: error.field)
        default: self.init(.fault, "the desk could not do this; it has been written down")
        }
    }

    private init(desk error: DeskError) {
        switch error {
        case .refused(let refusal): self.init(refusal: refusal)
        case .store(let error): self.init(store: error)
        case .sealing(let error): self.init(.unavailable, "\(error)", retryAfterSeconds: 60)
        case .vault(let error): self.init(vault: error)
        case .exchange(let error): self.init(exchange: error)
        case .noPolicyInForce: self.init(.unavailable, "\(error)", retryAfterSeconds: 60)
        case .unknownPolicy, .unreadable: self.init(.fault, "\(error)")
        case .badPolicy(let complaints): self.init(.refused, "the policy pack has errors", complaints: complaints)
        case .unknownStaff, .unknownCase, .unknownKey: self.init(.notFound, "\(error)")
        case .ambiguousCase: self.init(.refused, "\(error)")
        case .webhook(let refusal): self.init(webhook: refusal)
        case .arrangement(.unknownView): self.init(.notFound, "\(error)")
        case .arrangement: self.init(.refused, "\(error)")
        case .tooBusy: self.init(.busy, "\(error)", retryAfterSeconds: 1)
        case .notAHandle: self.init(.refused, "\(error)", field: "handle")
        case .roleMissing: self.init(.refused, "\(error)", field: "roles")
        case .nothingSealed: self.init(.notFound, "\(error)")
        case .erasedAlready: self.init(.alreadyDone, "\(error)")
        case .alreadyTaken: self.init(.alreadyDone, "\(error)")
        }
    }

    private init(webhook refusal: WebhookRefusal) {
        switch refusal {
        case .notAnAddress, .notEncrypted, .oddHost, .localName, .unresolved, .special: self.init(.refused, "\(refusal)", field: "url")
        case .unknownKind: self.init(.refused, "\(refusal)", field: "kinds")
        case .labelLength: self.init(.refused, "\(refusal)", field: "label")
        case .overlapTooLong: self.init(.refused, "\(refusal)", field: "overlap")
        case .beyondLog: self.init(.refused, "\(refusal)", field: "from")
        case .tooMany, .disabled: self.init(.notNow, "\(refusal)")
        case .unknown, .unknownDelivery: self.init(.notFound, "\(refusal)")
        case .notSending: self.init(.unavailable, "\(refusal)", retryAfterSeconds: 60)
        }
    }

    private init(door refusal: DoorRefusal) {
        switch refusal {
        case .accountMissing: self.init(.refused, "\(refusal)", field: "party")
        case .orderMissing, .oneSidedOrder: self.init(.refused, "\(refusal)", field: "order")
        case .notYourOrder: self.init(.notFound, "\(refusal)", field: "order")
        case .chairMissing, .noChair: self.init(.refused, "\(refusal)", field: "by")
        case .notAReference: self.init(.malformed, "\(refusal)", field: "reference")
        case .wrongValueAsset: self.init(.refused, "\(refusal)", field: "value")
        }
    }

    private init(policy refusal: PolicyRefusal) {
        switch refusal {
        case .unknown: self.init(.notFound, "\(refusal)")
        case .settled, .unchanged: self.init(.alreadyDone, "\(refusal)")
        case .ownProposal: self.init(.conflictOfInterest, "\(refusal)")
        case .notPermitted: self.init(.notPermitted, "\(refusal)")
        case .reasonMissing: self.init(.refused, "\(refusal)", field: "because")
        case .twoNeeded: self.init(.notNow, "\(refusal)")
        }
    }

    private init(provider refusal: ProviderRefusal) {
        switch refusal {
        case .unknown, .notBound: self.init(.notFound, "\(refusal)")
        case .notAName: self.init(.refused, "\(refusal)", field: "provider")
        case .notAnIssuer: self.init(.refused, "\(refusal)", field: "issuer")
        case .notAClient: self.init(.refused, "\(refusal)", field: "client_id")
        case .notASecret: self.init(.refused, "\(refusal)", field: "client_secret")
        case .notAClaim, .changingClaim: self.init(.refused, "\(refusal)", field: "subject_claim")
        case .notADomain, .tooManyDomains: self.init(.refused, "\(refusal)", field: "email_domains")
        case .notASubject: self.init(.refused, "\(refusal)", field: "subject")
        case .isAnother, .boundToAnother: self.init(.alreadyDone, "\(refusal)")
        }
    }

    private init(store error: StoreError) {
        switch error {
        case .conflict: self.init(.overtaken, "\(error)")
        case .duplicate: self.init(.alreadyDone, "\(error)")
        case .keyReused: self.init(.keyReused, "\(error)")
        case .overtaken: self.init(.busy, "\(error)", retryAfterSeconds: 1)
        case .malformed(let reason): self.init(.malformed, reason)
        case .unavailable(_, let retryAfter): self.init(.unavailable, "\(error)", retryAfterSeconds: max(1, Int(retryAfter.milliseconds / 1_000)))
        case .damaged: self.init(.fault, "\(error)")
        case .fatal: self.init(.unavailable, "\(error)", retryAfterSeconds: 60)
        }
    }

    private init(exchange error: ExchangeError) {
        switch error {
        case .unknownOrder, .unknownAccount: self.init(.notFound, "\(error)")
        case .refused, .insufficient, .conflict, .keyReused: self.init(.refused, "\(error)")
        case .unavailable(let retryAfter), .resting(let retryAfter):
            self.init(.exchange, "\(error)", retryAfterSeconds: max(1, Int(retryAfter.milliseconds / 1_000)))
        }
    }

    private init(vault error: VaultError) {
        switch error {
        case .empty, .broken, .carries, .tooManyPixels: self.init(.refused, "\(error)")
        case .contentDenies: self.init(.wrongMediaType, "\(error)")
        case .tooLarge, .quotaExceeded: self.init(.tooLarge, "\(error)")
        case .interrupted: self.init(.malformed, "\(error)")
        case .unknown: self.init(.notFound, "\(error)")
        case .diskFull, .disk, .busy: self.init(.unavailable, "\(error)", retryAfterSeconds: 60)
        case .damaged: self.init(.fault, "\(error)")
        }
    }

    private init(upload refusal: UploadRefusal) {
        switch refusal {
        case .unknown: self.init(.notFound, "\(refusal)")
        case .tooMany: self.init(.refused, "\(refusal)")
        case .notThere: self.init(.notNow, "\(refusal)", field: "Upload-Offset")
        case .tooLong: self.init(.tooLarge, "\(refusal)")
        case .notTaken: self.init(.refused, "\(refusal)")
        case .underWay: self.init(.busy, "\(refusal)", retryAfterSeconds: 1)
        }
    }

    private init(refusal: Refusal) { self.init(refusal.problemCode, "\(refusal)") }
}

extension Refusal {
    /// One switch over the closed set: a new refusal does not compile before it has its place here.
    var problemCode: Problem.Code {
        switch self {
        case .noSuchCase, .noSuchThing, .clockNotRunning: .notFound
        case .notPermitted, .notTheOwner, .unqualified: .notPermitted
        case .notYourCase, .notYours: .notYours
        case .conflictOfInterest, .mustBeIndependent, .selfApproval: .conflictOfInterest
        case .beyondAuthority, .unpriced: .beyondAuthority
        case .alreadyOpen, .alreadyDone, .alreadyVoted, .sameDispute: .alreadyDone
        case .wrongPack, .notNow, .closed, .underLegalHold, .counterclaimStands, .regulatorWaits, .notSilent, .notBefore, .noticesMissing, .nothingAsked,
            .windowClosed, .panelFull, .votesOutstanding, .notAppealable, .wrongRuling, .wrongInstruction, .settlementUnderWay, .exchangeAnswers:
            .notNow
        case .unknownCode, .reasonNotOfType, .wrongFiler, .partiesMissing, .notADuplicate, .valueMissing, .valueTooLow, .nothingAtStake, .textTooLong,
            .emptyText, .tooMany,
            .outcomeNotAllowed, .pointsUnanswered, .answersUnknownPoint, .reasonMissing, .deviationUnexplained, .splitDoesNotAdd,
            .penaltyForMerchantsOnly, .penaltyWithoutParty, .moneyWithoutOrder, .costTooHigh, .insufficientEvidence, .noDefault, .concealmentBroken,
            .againstMajority, .causeMissing, .extensionTooLong, .snoozeOutOfRange:
            .refused
        case .clockFault, .packFault: .fault
        }
    }
}
