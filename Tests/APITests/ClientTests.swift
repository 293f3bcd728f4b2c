import Chronicle
import Disputes
import Policies
import RecourseClient
import Runtime
import Synchronization
import Testing
import Timekeeping
import Wire

@testable import API

/// Notes what is asked, and does none of it.
private final class Notebook: Transport {
    private let asked = Mutex<Set<String>>([])

    /// Operations, by what was asked of them.
    var operations: Set<String> { asked.withLock { $0 } }

    private func note(_ call: Call) throws {
        let path = call.path.split(separator: "?")[0].split(separator: "/", omittingEmptySubsequences: false).map { PercentText.decoded($0) ?? "" }
        let method = API.Operation.Method(rawValue: call.method)
        let name = try API.Operation.find(method, path)?.operation.id ?? Entrance.all.first { $0.path == call.path && $0.method == method }?.id
        asked.withLock { _ = $0.insert(name ?? "nothing is at \(call.method) \(call.path)") }
    }

    func send(_ call: Call) async throws -> Reply {
        try note(call)
        return Reply(status: 418, body: [], headers: [:])
    }

    func open(_ call: Call) async throws -> OpenReply {
        try note(call)
        throw Problem(.fault, "this is a notebook")
    }
}

@Suite("The client")
struct ClientTests {
    @Test("There is a method for each operation, and none for what is not there")
    func complete() async throws {
        let notebook = Notebook()
        for ask in try ClientTests.everything { await #expect(throws: Problem.self) { try await ask(RecourseClient(notebook)) } }
        let served = Set(API.Operation.all.map(\.id) + Entrance.all.map(\.id))
        // The exchange calls that one; browsers go through the other three.
        #expect(
            served.subtracting(notebook.operations).sorted() == ["begin-provider-sign-in", "end-provider-sign-in", "exchange-callback", "open-link"])
        #expect(notebook.operations.subtracting(served).isEmpty)
    }

    private typealias Ask = @Sendable (RecourseClient) async throws -> Void

    private static var everything: [Ask] {
        get throws {
            // A name with what a path would end at: it must arrive as one part of the path.
            let name = "cfpb:7/1?#"
            let because = BecauseBody(because: "x")
            let account = try #require(AccountReference("maria"))
            let party = try #require(PartyID("party_00000000000000000000000000"))
            let (offer, request, instruction, exhibit) = (
                try #require(OfferID("ofr_00000000000000000000000000")), try #require(RequestID("req_00000000000000000000000000")),
                try #require(InstructionID("ins_00000000000000000000000000")), try #require(ExhibitID("exh_00000000000000000000000000"))
            )
            let (reason, outcome, fault, tier, evidence, role) = (
                try #require(ReasonCode("P2P-B01")), try #require(OutcomeCode("OUT-REL")), try #require(FaultCode("FLT-SEL")), try #require(TierCode("T1")),
                try #require(EvidenceCode("EV-VIDEO")), try #require(RoleCode("R2"))
            )
            let clock: ClockCode = try #require(ClockCode("decision"))
            let amount = try Amount(parsing: "1.000000 USDT")
            let ruling = RulingBody(outcome: .init(code: outcome), fault: .init(code: fault))
            let file = Upload(pieces: AsyncThrowingStream<[UInt8], any Error> { $0.finish() }, bytes: 0)
            let reading: [Ask] = [
                { _ = try await $0.listCases() }, { _ = try await $0.listCases(of: party) }, { _ = try await $0.showCase(name) },
                { _ = try await $0.listMessages(name) },
                { _ = try await $0.explainClocks(name) }, { _ = try await $0.listPrecedents(name) }, { _ = try await $0.listEvents(name) },
                { _ = try await $0.countCases() }, { _ = try await $0.listLetters(name) },
                { _ = try await $0.previewLetter(name, try #require(LetterCode("decision")), to: .other) },
                { _ = try await $0.listMeasures() }, { _ = try await $0.showMeasure(.firstReply) }, { _ = try await $0.listMeasuredCases(.backlog) },
                { _ = try await $0.nextCase() }, { _ = try await $0.takeNextCase() },
            ]
            let onesOwn: [Ask] = [
                { _ = try await $0.showMyOrder(name) }, { _ = try await $0.showMyStanding() }, { _ = try await $0.listMyKeys() },
                { _ = try await $0.issueMyKey(OwnKeyBody(label: "x")) }, { _ = try await $0.revokeMyKey(name) },
                { _ = try await $0.rateProcess(name, RatingBody(scores: [:])) }, { _ = try await $0.takeCaseFile(name) },
                { _ = try await $0.showSurvey() }, { _ = try await $0.listOwnCases(OwnCaseQuery()) },
            ]
            let claiming: [Ask] = [
                { _ = try await $0.openCase(ClaimBody(reason: reason)) }, { _ = try await $0.admitClaim(name) },
                { _ = try await $0.refuseClaim(name, RefusalBody(ground: "x", because: "x")) }, { _ = try await $0.withdrawClaim(name) },
                { _ = try await $0.answerClaim(name, AnswerBody(disputes: true)) }, { _ = try await $0.counterclaim(name, CounterclaimBody(reason: reason)) },
                { _ = try await $0.raisePoint(name, TextBody(text: "x")) }, { _ = try await $0.callStaff(name) },
                { _ = try await $0.sendMessage(name, MessageBody(text: "x")) }, { _ = try await $0.acknowledge(name) },
                { _ = try await $0.sendResponse(name, ResponseBody(kind: .final, text: "x")) },
            ]
            let working: [Ask] = [
                { _ = try await $0.assignCase(name) }, { _ = try await $0.releaseCase(name) },
                { _ = try await $0.setTier(name, TierBody(tier: tier, because: "x")) },
                { _ = try await $0.declareRelation(name, RelationBody(staff: "x", because: "x")) }, { _ = try await $0.concludeInvestigation(name) },
                { _ = try await $0.extendClock(name, clock, ExtensionBody(because: "x")) }, { _ = try await $0.closeCase(name, because) },
                { _ = try await $0.reopenCase(name, because) }, { _ = try await $0.requestEvidence(name, EvidenceRequestBody(of: "x", types: [])) },
                { _ = try await $0.answerRequest(name, request, StatementBody(statement: "x")) }, { _ = try await $0.waiveRequest(name, request, because) },
                { _ = try await $0.giveNotice(name, NoticeBody(to: "x")) },
                { _ = try await $0.submitExhibit(name, file, mediaType: "image/png", type: evidence) },
                { _ = try await $0.beginUpload(name, UploadBody(type: evidence, mediaType: "image/png", bytes: 1)) }, { _ = try await $0.showUpload("x") },
                { _ = try await $0.continueUpload("x", at: 0, [1]) }, { _ = try await $0.cancelUpload("x") },
                { _ = try await $0.viewExhibit(name, exhibit, because) }, { _ = try await $0.readExhibit(name, exhibit) },
                { _ = try await $0.makeOffer(name, OfferBody(toBuyer: amount)) }, { _ = try await $0.acceptOffer(name, offer) },
                { _ = try await $0.declineOffer(name, offer) }, { _ = try await $0.withdrawOffer(name, offer) }, { _ = try await $0.placeHold(name) },
                { _ = try await $0.liftHold(name) }, { _ = try await $0.placeLegalHold(name, LegalHoldBody(authority: "x")) },
                { _ = try await $0.liftLegalHold(name) },
            ]
            let deciding: [Ask] = [
                { _ = try await $0.foreseeRuling(name, ForeseeBody(ruling: ruling)) }, { _ = try await $0.rule(name, ruling) },
                { _ = try await $0.ruleByDefault(name, DefaultRulingBody(against: "seller", ruling: ruling)) }, { _ = try await $0.approveRuling(name) },
                { _ = try await $0.returnRuling(name, because) }, { _ = try await $0.retrySettlement(name) },
                { _ = try await $0.confirmInstruction(name, instruction, ReceiptBody(receipt: "x")) },
                { _ = try await $0.failInstruction(name, instruction, because) },
                { _ = try await $0.recordSchemeEvent(name, SchemeEventBody(what: .won, reference: "x")) },
                { _ = try await $0.fileAppeal(name, AppealBody(grounds: "x")) }, { _ = try await $0.voteOnAppeal(name, VoteBody()) },
                { _ = try await $0.decideAppeal(name, AppealDecisionBody(result: .upheld, because: "x")) }, { _ = try await $0.escalateAppeal(name, because) },
                { _ = try await $0.mergeCase(name, OtherCaseBody(other: "x")) }, { _ = try await $0.unmergeCase(name, because) },
                { _ = try await $0.linkIncident(name, OtherCaseBody(other: "x")) }, { _ = try await $0.unlinkIncident(name) },
                { _ = try await $0.attachComplaint(name, OtherCaseBody(other: "x")) },
            ]
            let theDesk: [Ask] = [
                { _ = try await $0.showMe() }, { _ = try await $0.listUsers() },
                { _ = try await $0.addUser(UserBody(handle: "x", roles: [role], level: .l1)) }, { _ = try await $0.changeUser("x", StandingBody()) },
                { _ = try await $0.dismissUser("x") }, { _ = try await $0.setPassword("x", PasswordBody(password: "x")) }, { _ = try await $0.listKeys() },
                { _ = try await $0.issueKey(KeyBody(holder: "x", scopes: nil, label: "x", expires: nil)) },
                { _ = try await $0.revokeKey("x", because: "x") }, { _ = try await $0.trustIssuer("x", keys: []) },
                { _ = try await $0.signIn(SignInBody(handle: "x", password: "x")) }, { _ = try await $0.enterAsParty(PartyEntryBody(token: "x")) },
                { _ = try await $0.enterByLink(LinkEntryBody(token: "x")) }, { _ = try await $0.makeLink(name, LinkBody(party: "buyer")) },
                { _ = try await $0.showCode(CodeBody(code: "x")) }, { _ = try await $0.listProviders() },
                { _ = try await $0.trustProvider("x", ProviderBody(issuer: "x", clientID: "x")) }, { _ = try await $0.dropProvider("x", because: "x") },
                { _ = try await $0.bindAccount("x", at: "y", BindingBody(subject: "x")) }, { _ = try await $0.unbindAccount("x", at: "y") },
                { _ = try await $0.listWebhooks() }, { _ = try await $0.addWebhook(WebhookBody(url: "x", kinds: nil, label: "x")) },
                { _ = try await $0.showWebhook("x") }, { _ = try await $0.changeWebhook("x", WebhookChangeBody()) }, { _ = try await $0.removeWebhook("x") },
                { _ = try await $0.rotateWebhookSecret("x", RotationBody()) }, { _ = try await $0.testWebhook("x") },
                { _ = try await $0.listDeliveries(of: "x") }, { _ = try await $0.redeliver(1, to: "x") },
                { _ = try await $0.replayWebhook("x", ReplayBody(from: 1)) }, { _ = try await $0.showSession() }, { _ = try await $0.signOut() },
                { _ = try await $0.changePassword(PasswordBody(password: "x")) },
                { _ = try await $0.newCodes() }, { _ = try await $0.confirmCodes(CodeBody(code: "x")) }, { _ = try await $0.showPolicy() },
                { _ = try await $0.explainPolicy("P2P-B01") }, { _ = try await $0.explainProcedure() }, { _ = try await $0.publishPolicy(PackBody(files: [])) },
                { _ = try await $0.listProposals() }, { _ = try await $0.showVocabulary() }, { _ = try await $0.showProposal(2) },
                { _ = try await $0.proposePolicy(ProposalBody(files: [], because: "x")) }, { _ = try await $0.approveProposal(2) },
                { _ = try await $0.declineProposal(2, because: "x") }, { _ = try await $0.dropCodes("x") }, { _ = try await $0.lookAfter() },
                { _ = try await $0.erasePerson(.account(account), because: "x") },
                { _ = try await $0.importRecords("cfpb", file) },
                { _ = try await $0.showLog() }, { _ = try await $0.readLog() }, { _ = try await $0.signCheckpoint() }, { _ = try await $0.proveEvent(1) },
                { _ = try await $0.streamEvents(after: 0) }, { _ = try await $0.listOutbox() }, { _ = try await $0.retryInstruction("x") },
            ]
            let attention: [Ask] = [
                { _ = try await $0.showArrangement() }, { _ = try await $0.changeArrangement(ArrangementBody()) }, { _ = try await $0.listViews() },
                { _ = try await $0.saveView(SavedViewBody(name: "x", query: "")) }, { _ = try await $0.changeView("x", SavedViewChangeBody()) },
                { _ = try await $0.removeView("x") }, { _ = try await $0.summariseQueue() }, { _ = try await $0.snoozeCase(name, SnoozeBody(until: .epoch)) },
                { _ = try await $0.endSnooze(name) }, { _ = try await $0.showAttention(name) }, { _ = try await $0.followCase(name) },
                { _ = try await $0.unfollowCase(name) }, { _ = try await $0.markSeen(name, SeenBody(version: 1)) }, { _ = try await $0.listFollowed() },
                { _ = try await $0.listMentions() }, { _ = try await $0.listPresence() },
                { _ = try await $0.doInBulk(BulkBody(act: .take, cases: [])) },
            ]
            let administering: [Ask] = [
                { _ = try await $0.beginPasskey() }, { _ = try await $0.listPasskeys() }, { _ = try await $0.removePasskey("x") },
                { _ = try await $0.addPasskey(NewPasskeyBody(name: "x", challenge: "x", clientData: "x", attestation: "x")) },
                { _ = try await $0.beginPasskeySignIn() },
                {
                    _ = try await $0.signInByPasskey(
                        PasskeyEntryBody(credential: "x", challenge: "x", clientData: "x", authenticatorData: "x", signature: "x"))
                },
                { _ = try await $0.listSessions() }, { _ = try await $0.endSession("x") }, { _ = try await $0.signOutEverywhere() },
                { _ = try await $0.inviteUser("x") }, { _ = try await $0.join(JoinBody(word: "x", password: "x")) },
                { _ = try await $0.listPacks() }, { _ = try await $0.showPack(PolicyHash(Digest(hashing: []))) },
                { _ = try await $0.comparePacks(from: PolicyHash(Digest(hashing: [])), to: PolicyHash(Digest(hashing: []))) },
                { _ = try await $0.checkPolicy(PackBody(files: [])) }, { _ = try await $0.listCheckpoints() },
                { _ = try await $0.proveGrowth(since: 1) }, { _ = try await $0.showExchange() },
            ]
            return reading + onesOwn + claiming + working + deciding + theDesk + attention + administering
        }
    }
}
