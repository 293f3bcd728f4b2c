import Chronicle

/// Something that happened to a case. One struct, one name, one golden file; the list below is the only registry.
public protocol CaseHappening: Codable, Hashable, Sendable {
    static var type: EventType { get }
    /// What the case is after it. Total: what happened cannot be refused.
    func evolve(_ dispute: inout Case, _ envelope: Envelope)
}

/// Any event of a case's stream.
public struct CaseEvent: EventFamily {
    public let body: any CaseHappening

    public init(_ body: any CaseHappening) { self.body = body }

    public var type: EventType { Swift.type(of: body).type }

    public func payload() throws -> [UInt8] { try LedgerJSON.encode(body) }

    public static func == (a: CaseEvent, b: CaseEvent) -> Bool { AnyHashable(a.body) == AnyHashable(b.body) }

    /// Every event a case's stream may hold, in the order a case meets them.
    public static let all: [any CaseHappening.Type] = [
        CaseOpened.self, StepEntered.self, ClaimAdmitted.self, ClaimRefused.self, ClaimAnswered.self, CounterclaimMade.self,
        PointRaised.self, ClaimWithdrawn.self, AcknowledgementSent.self,
        MessageSent.self, LetterSent.self, StaffCalled.self,
        CaseAssigned.self, CaseReleased.self, TierSet.self, RelationDeclared.self, InvestigationConcluded.self,
        CaseSnoozed.self, SnoozeEnded.self, StaffMentioned.self,
        ExhibitSubmitted.self, ExhibitViewed.self, EvidenceRequested.self, EvidenceRequestEnded.self, NoticeGiven.self,
        OfferMade.self, OfferEnded.self, OffersCrossed.self, AgreementReached.self,
        HoldRequested.self, HoldPlaced.self, HoldRefused.self, HoldLifted.self, LegalHoldPlaced.self, LegalHoldLifted.self,
        ClockStarted.self, ClockPaused.self, ClockResumed.self, ClockExtended.self, ClockMet.self, ClockCancelled.self, DeadlinePassed.self,
        RulingMade.self, RulingApproved.self, RulingReturned.self,
        SettlementInstructed.self, SettlementConfirmed.self, SettlementFailed.self, EscrowMoved.self,
        AppealFiled.self, AppealEscalated.self, VoteCast.self, VotesRevealed.self, AppealDecided.self,
        ResponseSent.self, SchemeEventRecorded.self,
        CaseClosed.self, CaseReopened.self, ProcessRated.self, MergedAsDuplicate.self, DuplicateAbsorbed.self, MergeUndone.self, DuplicateReleased.self,
        IncidentLinked.self, ChildLinked.self, ComplaintAttached.self, PolicyMoved.self, HistoryImported.self,
    ]

    public static var catalogue: [EventType] { all.map { $0.type } }

    private static let byName: [String: any CaseHappening.Type] = Dictionary(uniqueKeysWithValues: all.map { ($0.type.name, $0) })

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> CaseEvent {
        guard let kind = byName[type.name], kind.type.version == type.version else { throw UnknownEvent(type) }
        return CaseEvent(try decode(kind, payload))
    }

    private static func decode<Body: CaseHappening>(_ kind: Body.Type, _ payload: UnsafeRawBufferPointer) throws -> any CaseHappening {
        try LedgerJSON.decode(kind, from: payload)
    }
}
