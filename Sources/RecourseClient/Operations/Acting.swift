import Chronicle
import Disputes
import Policies
import Timekeeping
import Wire

/// Acts on a case. The case is named by its id, the last eight characters of it, the order's number, or `source:number`.
extension RecourseClient {
    private func act(_ named: String, _ rest: String, by method: String = "POST", _ body: some WireBody = Nothing()) async throws -> CaseChange {
        try await send(method, RecourseClient.path(named, rest), body)
    }

    // MARK: Claiming

    public func openCase(_ claim: ClaimBody) async throws -> CaseChange { try await send("POST", "/v1/cases", claim) }
    public func admitClaim(_ named: String) async throws -> CaseChange { try await act(named, "admission") }
    public func refuseClaim(_ named: String, _ refusal: RefusalBody) async throws -> CaseChange { try await act(named, "refusal", refusal) }
    public func withdrawClaim(_ named: String) async throws -> CaseChange { try await act(named, "withdrawal") }
    public func answerClaim(_ named: String, _ answer: AnswerBody) async throws -> CaseChange { try await act(named, "answer", answer) }
    public func counterclaim(_ named: String, _ claim: CounterclaimBody) async throws -> CaseChange { try await act(named, "counterclaims", claim) }
    public func raisePoint(_ named: String, _ point: TextBody) async throws -> CaseChange { try await act(named, "points", point) }
    public func callStaff(_ named: String) async throws -> CaseChange { try await act(named, "staff-call") }

    // MARK: Talking

    public func sendMessage(_ named: String, _ message: MessageBody) async throws -> CaseChange { try await act(named, "messages", message) }
    public func acknowledge(_ named: String) async throws -> CaseChange { try await act(named, "acknowledgement") }
    public func sendResponse(_ named: String, _ response: ResponseBody) async throws -> CaseChange { try await act(named, "responses", response) }

    // MARK: Working

    /// What whoever asks should work on now.
    public func nextCase() async throws -> NextWork { try await get("/v1/work/next") }

    /// Takes it, where it is for whoever has it; otherwise, and where nothing waits, says what `nextCase` says.
    public func takeNextCase() async throws -> TakenWork {
        let reply = try await raw(Call("POST", "/v1/work/next"))
        if let change = try? CaseChange(json: reply.body) { return .taken(change) }
        return .notTaken(try NextWork(json: reply.body))
    }

    public enum TakenWork: Hashable, Sendable {
        case taken(CaseChange)
        case notTaken(NextWork)
    }

    /// - Parameter assignment: whose it is to be; without a handle, whoever asks takes it.
    public func assignCase(_ named: String, _ assignment: AssignmentBody = AssignmentBody()) async throws -> CaseChange {
        try await act(named, "assignment", assignment)
    }
    public func releaseCase(_ named: String) async throws -> CaseChange { try await act(named, "assignment", by: "DELETE") }
    public func setTier(_ named: String, _ tier: TierBody) async throws -> CaseChange { try await act(named, "tier", by: "PUT", tier) }
    public func declareRelation(_ named: String, _ relation: RelationBody) async throws -> CaseChange { try await act(named, "relations", relation) }
    public func concludeInvestigation(_ named: String) async throws -> CaseChange { try await act(named, "conclusion") }
    public func extendClock(_ named: String, _ clock: ClockCode, _ extension: ExtensionBody) async throws -> CaseChange {
        try await act(named, "clocks/\(clock)/extensions", `extension`)
    }
    public func closeCase(_ named: String, _ because: BecauseBody) async throws -> CaseChange { try await act(named, "closing", because) }
    public func reopenCase(_ named: String, _ because: BecauseBody) async throws -> CaseChange { try await act(named, "reopening", because) }

    // MARK: Negotiating

    public func makeOffer(_ named: String, _ offer: OfferBody) async throws -> CaseChange { try await act(named, "offers", offer) }
    public func acceptOffer(_ named: String, _ offer: OfferID) async throws -> CaseChange { try await act(named, "offers/\(offer)/acceptance") }
    public func declineOffer(_ named: String, _ offer: OfferID) async throws -> CaseChange { try await act(named, "offers/\(offer)/refusal") }
    public func withdrawOffer(_ named: String, _ offer: OfferID) async throws -> CaseChange { try await act(named, "offers/\(offer)", by: "DELETE") }

    // MARK: Holding

    public func placeHold(_ named: String) async throws -> CaseChange { try await act(named, "hold", by: "PUT") }
    public func liftHold(_ named: String) async throws -> CaseChange { try await act(named, "hold", by: "DELETE") }
    public func placeLegalHold(_ named: String, _ hold: LegalHoldBody) async throws -> CaseChange { try await act(named, "legal-hold", by: "PUT", hold) }
    public func liftLegalHold(_ named: String) async throws -> CaseChange { try await act(named, "legal-hold", by: "DELETE") }

    // MARK: Deciding

    /// What a ruling would do; nothing is done.
    public func foreseeRuling(_ named: String, _ ruling: ForeseeBody) async throws -> Consequences {
        try await send("POST", RecourseClient.path(named, "ruling/consequences"), ruling)
    }
    public func rule(_ named: String, _ ruling: RulingBody) async throws -> CaseChange { try await act(named, "ruling", ruling) }
    public func ruleByDefault(_ named: String, _ ruling: DefaultRulingBody) async throws -> CaseChange { try await act(named, "default-ruling", ruling) }
    public func approveRuling(_ named: String) async throws -> CaseChange { try await act(named, "ruling/approval") }
    public func returnRuling(_ named: String, _ because: BecauseBody) async throws -> CaseChange { try await act(named, "ruling/return", because) }
    public func retrySettlement(_ named: String) async throws -> CaseChange { try await act(named, "settlement") }
    public func confirmInstruction(_ named: String, _ instruction: InstructionID, _ receipt: ReceiptBody) async throws -> CaseChange {
        try await act(named, "instructions/\(instruction)/confirmation", receipt)
    }
    public func failInstruction(_ named: String, _ instruction: InstructionID, _ because: BecauseBody) async throws -> CaseChange {
        try await act(named, "instructions/\(instruction)/failure", because)
    }
    public func recordSchemeEvent(_ named: String, _ event: SchemeEventBody) async throws -> CaseChange { try await act(named, "scheme-events", event) }

    // MARK: Appealing

    public func fileAppeal(_ named: String, _ appeal: AppealBody) async throws -> CaseChange { try await act(named, "appeals", appeal) }
    public func voteOnAppeal(_ named: String, _ vote: VoteBody) async throws -> CaseChange { try await act(named, "appeal/votes", vote) }
    public func decideAppeal(_ named: String, _ decision: AppealDecisionBody) async throws -> CaseChange { try await act(named, "appeal/decision", decision) }
    public func escalateAppeal(_ named: String, _ because: BecauseBody) async throws -> CaseChange { try await act(named, "appeal/escalation", because) }

    // MARK: Relating

    public func mergeCase(_ named: String, _ primary: OtherCaseBody) async throws -> CaseChange { try await act(named, "duplicate-of", by: "PUT", primary) }
    public func unmergeCase(_ named: String, _ because: BecauseBody) async throws -> CaseChange { try await act(named, "separation", because) }
    public func linkIncident(_ named: String, _ incident: OtherCaseBody) async throws -> CaseChange { try await act(named, "incident", by: "PUT", incident) }
    public func unlinkIncident(_ named: String) async throws -> CaseChange { try await act(named, "incident", by: "DELETE") }
    public func attachComplaint(_ named: String, _ complaint: OtherCaseBody) async throws -> CaseChange { try await act(named, "complaints", complaint) }

    // MARK: Evidence

    public func requestEvidence(_ named: String, _ request: EvidenceRequestBody) async throws -> CaseChange { try await act(named, "requests", request) }
    public func answerRequest(_ named: String, _ request: RequestID, _ statement: StatementBody) async throws -> CaseChange {
        try await act(named, "requests/\(request)/answer", statement)
    }
    public func waiveRequest(_ named: String, _ request: RequestID, _ because: BecauseBody) async throws -> CaseChange {
        try await act(named, "requests/\(request)/waiver", because)
    }
    public func giveNotice(_ named: String, _ notice: NoticeBody) async throws -> CaseChange { try await act(named, "notices", notice) }

    /// Puts a file on the case.
    /// - Parameters:
    ///   - mediaType: what kind of file it is, `image/png`.
    ///   - name: what it was called where it came from; sealed.
    ///   - side: for staff and machines, the side or party it speaks for.
    public func submitExhibit(
        _ named: String, _ file: Upload, mediaType: String, type: EvidenceCode, name: String? = nil, request: RequestID? = nil, side: String? = nil
    ) async throws -> CaseChange {
        let words: [(String, String?)] = [("type", type.text), ("name", name), ("request", request?.description), ("side", side)]
        let path = RecourseClient.address(RecourseClient.path(named, "exhibits"), words.compactMap { name, value in value.map { (name, $0) } })
        return try await send(file, mediaType, to: path)
    }

    /// Begins a file that will come in parts.
    public func beginUpload(_ named: String, _ upload: UploadBody) async throws -> UploadView {
        try await send("POST", RecourseClient.path(named, "uploads"), upload)
    }
    /// How far it has come.
    public func showUpload(_ id: String) async throws -> UploadView { try await get("/v1/uploads/" + RecourseClient.encoded(id)) }
    /// Sends the next part, which begins at `offset`; with the last one the file is on the case.
    public func continueUpload(_ id: String, at offset: Int64, _ part: [UInt8]) async throws -> UploadView {
        let call = Call(
            "PATCH", "/v1/uploads/" + RecourseClient.encoded(id), body: part, mediaType: "application/partial-upload",
            headers: [("Upload-Offset", String(offset))])
        return try UploadView(json: try await raw(call).body)
    }
    public func cancelUpload(_ id: String) async throws -> UploadView { try await send("DELETE", "/v1/uploads/" + RecourseClient.encoded(id)) }

    /// Says why an exhibit must be seen, which goes on record, and gets where it can be read for some minutes.
    public func viewExhibit(_ named: String, _ exhibit: ExhibitID, _ because: BecauseBody) async throws -> ExhibitPass {
        try await send("POST", RecourseClient.path(named, "exhibits/\(exhibit)/views"), because)
    }

    /// A file as it is: for staff with what `viewExhibit` gave, for a party what its own side put on file.
    public func readExhibit(_ pass: ExhibitPass) async throws -> OpenReply { try await open(Call("GET", pass.content)) }
    public func readExhibit(_ named: String, _ exhibit: ExhibitID) async throws -> OpenReply {
        try await open(Call("GET", RecourseClient.path(named, "exhibits/\(exhibit)/content")))
    }
}
