import Chronicle
import Policies
import Timekeeping

/// Everything that can be asked of a case. One command, one `Act`, one permission.
public enum CaseCommand: Sendable {
    case open(Opening)
    case admit
    case refuse(ground: String, reason: Sealed?)
    case withdraw
    case answer(disputes: Bool, statement: Sealed?)
    case counterclaim(Claim)
    case raisePoint(text: Sealed)

    case message(audience: Audience, body: Sealed, language: Language)
    case acknowledge
    case callStaff

    case take
    case assign(to: StaffStanding)
    case release
    case setTier(TierCode, reason: String)
    case declareRelation(staff: StaffID, nature: String)
    case conclude
    /// Puts it out of the sight of whoever asks, until then.
    case snooze(until: Instant)
    case endSnooze
    /// Calls members of staff into a note by name.
    case mention([StaffID])

    case submitExhibit(Submission)
    case viewSensitive(ExhibitID, purpose: String)
    case requestEvidence(of: PartyID, types: [EvidenceCode])
    case answerRequest(RequestID, statement: Sealed?)
    case waiveRequest(RequestID, reason: String)
    case giveNotice(to: PartyID)

    case offer(Terms)
    case blindOffer(BlindOffer)
    case acceptOffer(OfferID)
    case declineOffer(OfferID)
    case withdrawOffer(OfferID)

    case placeHold
    case liftHold
    case confirmHold(receipt: String)
    case refuseHold(reason: String)
    case placeLegalHold(authority: String, reference: Sealed?)
    case liftLegalHold

    case rule(RulingDraft)
    case ruleByDefault(against: Side, RulingDraft)
    case approve(RulingID)
    case returnRuling(RulingID, reason: String)
    case confirmSettlement(InstructionID, receipt: String)
    case reportFailure(InstructionID, reason: String)
    case retrySettlement
    case escrowMoved(EscrowMoved.How, reference: String)

    case appeal(newEvidence: Bool, grounds: Sealed?)
    case vote(BlindVote)
    case decideAppeal(Appeal.Result, cause: OverturnCode?, reason: Sealed?, RulingDraft?)
    case escalateAppeal(reason: String)

    case extend(ClockCode, by: Span?, reason: String)
    case respond(ResponseSent.Kind, outcome: OutcomeCode?, body: Sealed?, sourceCategory: String?, timely: Bool?)
    case recordScheme(SchemeEventRecorded.What, stage: Code<SchemeStageKind>?, reference: String)

    case reopen(reason: String)
    case rate([Survey.Question: Survey.Score], comment: Sealed?)
    case merge(into: MergeTarget)
    case absorb(CaseID)
    case unmerge(reason: String)
    case releaseDuplicate(CaseID)
    case link(incident: CaseID?)
    case linkChild(CaseID, removed: Bool)
    case attachComplaint(CaseID)
    case close(reason: String)
    case movePolicy(to: Policy, changes: [String])
    case importHistory(ImportedChange)
    case passTime(DeadlineKey, due: Instant)

    /// A claim with everything known about it at the door.
    public struct Opening: Hashable, Sendable {
        public var id: CaseID
        public var type: CaseTypeCode
        public var claim: Claim
        public var parties: [Party]
        public var order: OrderSnapshot?
        public var amount: Amount?
        /// In the pack's value asset, at today's price.
        public var value: Amount?
        public var language: Language
        public var jurisdiction: Jurisdiction?
        /// Regimes to put it under besides those its jurisdiction brings; only for complaints.
        public var regimes: [RegimeCode]
        public var scheme: SchemeCode?
        public var channel: String
        public var reference: ExternalReference?
        /// The case a complaint is about.
        public var about: CaseID?
        /// More points than the claim itself.
        public var points: [Sealed]
        public var simulated: Bool

        public init(
            id: CaseID, type: CaseTypeCode, claim: Claim, parties: [Party], order: OrderSnapshot? = nil, amount: Amount? = nil,
            value: Amount? = nil, language: Language, jurisdiction: Jurisdiction? = nil, regimes: [RegimeCode] = [],
            scheme: SchemeCode? = nil, channel: String, reference: ExternalReference? = nil, about: CaseID? = nil, points: [Sealed] = [],
            simulated: Bool = false
        ) {
            (self.id, self.type, self.claim, self.parties, self.order) = (id, type, claim, parties, order)
            (self.amount, self.value, self.language, self.jurisdiction) = (amount, value, language, jurisdiction)
            (self.regimes, self.scheme, self.channel, self.reference) = (regimes, scheme, channel, reference)
            (self.about, self.points, self.simulated) = (about, points, simulated)
        }
    }

    /// A file the vault has taken in and hashed.
    public struct Submission: Hashable, Sendable {
        public var type: EvidenceCode
        public var sha256: Digest
        public var bytes: Int64
        public var mediaType: String
        public var request: RequestID?
        public var method: String
        public var fileName: Sealed?
        /// For system-made evidence: the side it speaks for, if any.
        public var side: Side?

        public init(
            type: EvidenceCode, sha256: Digest, bytes: Int64, mediaType: String, request: RequestID? = nil, method: String,
            fileName: Sealed? = nil, side: Side? = nil
        ) {
            (self.type, self.sha256, self.bytes, self.mediaType) = (type, sha256, bytes, mediaType)
            (self.request, self.method, self.fileName, self.side) = (request, method, fileName, side)
        }
    }

    /// A concealed offer: the least a seller-side party would accept to be left with, the most a buyer-side party would leave.
    /// The text is the amount the *buyer* would get under it.
    public struct BlindOffer: Hashable, Sendable {
        public var concealed: Concealed
        /// The same opened, for the rules to compare; it goes no further.
        public var opened: Concealed.Opened
        /// The other side's standing blind offer, opened by the shell.
        public var counterpart: (id: OfferID, opened: Concealed.Opened)?

        public init(concealed: Concealed, opened: Concealed.Opened, counterpart: (id: OfferID, opened: Concealed.Opened)?) {
            (self.concealed, self.opened, self.counterpart) = (concealed, opened, counterpart)
        }

        public static func == (a: BlindOffer, b: BlindOffer) -> Bool {
            a.concealed == b.concealed && a.opened == b.opened && a.counterpart?.id == b.counterpart?.id && a.counterpart?.opened == b.counterpart?.opened
        }

        public func hash(into hasher: inout Hasher) { hasher.combine(concealed) }
    }

    public struct BlindVote: Hashable, Sendable {
        public var concealed: Concealed
        public var opened: Concealed.Opened
        /// The votes cast before, opened by the shell; used only when this is the last one.
        public var earlier: [StaffID: Concealed.Opened]

        public init(concealed: Concealed, opened: Concealed.Opened, earlier: [StaffID: Concealed.Opened]) {
            (self.concealed, self.opened, self.earlier) = (concealed, opened, earlier)
        }
    }

    /// The case a duplicate goes into, as it stands: what the rules have to know of it.
    public struct MergeTarget: Hashable, Sendable {
        public var id: CaseID
        public var type: CaseTypeCode
        /// The order it is about.
        public var order: String?
        public var parties: Set<PartyID>
        public var isOpen: Bool

        public init(id: CaseID, type: CaseTypeCode, order: String?, parties: Set<PartyID>, isOpen: Bool) {
            (self.id, self.type, self.order, self.parties, self.isOpen) = (id, type, order, parties, isOpen)
        }

        public init(_ dispute: Case) {
            self.init(
                id: dispute.id, type: dispute.type, order: dispute.order?.reference, parties: Set(dispute.parties.map(\.id)), isOpen: !dispute.isClosed)
        }
    }

    /// One change of another desk's log.
    public struct ImportedChange: Hashable, Sendable {
        public var state: String
        public var holder: Holder
        public var changed: [String]
        public var group: String?
        public var assignee: StaffID?
        public var priority: String?
        public var slaMet: Bool?
        /// The source says the case ended here.
        public var closes: Bool
        /// The source says an ended case went on here.
        public var reopens: Bool

        public init(
            state: String, holder: Holder, changed: [String], group: String? = nil, assignee: StaffID? = nil, priority: String? = nil,
            slaMet: Bool? = nil, closes: Bool = false, reopens: Bool = false
        ) {
            (self.state, self.holder, self.changed, self.group) = (state, holder, changed, group)
            (self.assignee, self.priority, self.slaMet) = (assignee, priority, slaMet)
            (self.closes, self.reopens) = (closes, reopens)
        }
    }

    /// The act this command is an instance of.
    public var act: Act {
        switch self {
        case .open: .open
        case .admit: .admit
        case .refuse: .refuse
        case .withdraw: .withdraw
        case .answer: .answer
        case .counterclaim: .counterclaim
        case .raisePoint: .message
        case .message(let audience, _, _): audience == .staff ? .note : .message
        case .acknowledge: .acknowledge
        case .callStaff: .callStaff
        case .take: .take
        case .assign: .assign
        case .release: .release
        case .setTier: .setTier
        case .declareRelation: .declareRelation
        case .conclude: .conclude
        // Asides of staff among themselves: whoever may write a note may do them.
        case .snooze, .endSnooze, .mention: .note
        case .submitExhibit: .submitExhibit
        case .viewSensitive: .viewSensitive
        case .requestEvidence: .requestEvidence
        case .answerRequest: .answerRequest
        case .waiveRequest: .waiveRequest
        case .giveNotice: .giveNotice
        case .offer, .blindOffer: .offer
        case .acceptOffer: .acceptOffer
        case .declineOffer: .declineOffer
        case .withdrawOffer: .withdrawOffer
        case .placeHold, .confirmHold, .refuseHold: .placeHold
        case .liftHold: .liftHold
        case .placeLegalHold: .placeLegalHold
        case .liftLegalHold: .liftLegalHold
        case .rule: .rule
        case .ruleByDefault: .ruleByDefault
        case .approve: .approve
        case .returnRuling: .returnRuling
        case .confirmSettlement: .confirm
        case .reportFailure: .reportFailure
        case .retrySettlement: .execute
        case .escrowMoved: .escrowMoved
        case .appeal: .appeal
        case .vote: .vote
        case .decideAppeal, .escalateAppeal: .decideAppeal
        case .extend: .extend
        case .respond: .respond
        case .recordScheme: .recordScheme
        case .reopen: .reopen
        case .rate: .rate
        case .merge, .absorb: .merge
        case .unmerge, .releaseDuplicate: .unmerge
        case .link, .linkChild: .link
        case .attachComplaint: .attachComplaint
        case .close: .close
        case .movePolicy: .movePolicy
        case .importHistory: .importHistory
        case .passTime: .passTime
        }
    }
}
