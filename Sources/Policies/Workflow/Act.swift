/// Everything a person or a machine can do to a case. One act, one command, one permission, one row in the role matrix.
public enum Act: String, Hashable, Sendable, CaseIterable, Codable {
    // intake
    case open = "open-case"
    case admit = "admit-claim"
    case refuse = "refuse-claim"
    case withdraw = "withdraw-claim"
    case answer = "answer-claim"
    case counterclaim = "counterclaim"
    // talk
    case message = "message"
    case note = "internal-note"
    case acknowledge = "acknowledge"
    // work
    case take = "take-case"
    case assign = "assign-case"
    case release = "release-case"
    case setTier = "set-tier"
    case declareRelation = "declare-relation"
    case conclude = "conclude-investigation"
    case callStaff = "call-staff"
    // evidence
    case submitExhibit = "submit-exhibit"
    case requestEvidence = "request-evidence"
    case answerRequest = "answer-request"
    case waiveRequest = "waive-request"
    case giveNotice = "give-notice"
    case viewSensitive = "view-sensitive-exhibit"
    // settlement between the parties
    case offer = "make-offer"
    case acceptOffer = "accept-offer"
    case declineOffer = "decline-offer"
    case withdrawOffer = "withdraw-offer"
    // money held
    case placeHold = "place-hold"
    case liftHold = "lift-hold"
    case placeLegalHold = "place-legal-hold"
    case liftLegalHold = "lift-legal-hold"
    // deciding
    case rule = "rule"
    case ruleByDefault = "rule-by-default"
    case approve = "approve-ruling"
    case returnRuling = "return-ruling"
    case execute = "execute-settlement"
    case confirm = "confirm-settlement"
    case reportFailure = "report-settlement-failure"
    case escrowMoved = "report-escrow-movement"
    // appeal
    case appeal = "file-appeal"
    case vote = "vote-on-appeal"
    case decideAppeal = "decide-appeal"
    // clocks
    case extend = "extend-deadline"
    /// More time on a clock the law sets; needed besides the ordinary one.
    case extendLegal = "extend-legal-deadline"
    case respond = "send-response"
    case recordScheme = "record-scheme-event"
    // relations of cases
    case reopen = "reopen-case"
    case merge = "merge-duplicate"
    case unmerge = "unmerge-duplicate"
    case link = "link-incident"
    case attachComplaint = "attach-complaint"
    case close = "close-case"
    /// A party says how it was to be a party here, once the case is over.
    case rate = "rate-process"
    case movePolicy = "move-policy"
    case importHistory = "import-history"
    case passTime = "pass-time"
}

extension Act {
    /// What other systems (the exchange, an importer, the timer) do by their nature; a pack cannot grant them more.
    public static let ofMachines: Set<Act> = [
        .open, .acknowledge, .submitExhibit, .placeHold, .confirm, .reportFailure, .escrowMoved, .recordScheme, .respond, .importHistory,
        .movePolicy, .link, .attachComplaint, .passTime,
    ]
}
