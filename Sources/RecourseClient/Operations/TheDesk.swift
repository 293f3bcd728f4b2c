import Chronicle
import Disputes
import Policies
import Wire

/// What is about the desk itself: people, keys, packs, the log.
extension RecourseClient {
    // MARK: People

    public func showMe() async throws -> UserView { try await get("/v1/me") }
    public func listUsers() async throws -> UserList { try await get("/v1/users") }
    public func addUser(_ user: UserBody) async throws -> UserView { try await send("POST", "/v1/users", user) }
    public func changeUser(_ handle: String, _ standing: StandingBody) async throws -> UserView {
        try await send("PATCH", "/v1/users/" + RecourseClient.encoded(handle), standing)
    }
    public func dismissUser(_ handle: String) async throws -> UserView { try await send("DELETE", "/v1/users/" + RecourseClient.encoded(handle)) }
    public func setPassword(_ handle: String, _ password: PasswordBody) async throws -> UserView {
        try await send("PUT", "/v1/users/" + RecourseClient.encoded(handle) + "/password", password)
    }
    /// Takes somebody's codes away, for whoever lost what makes them.
    public func dropCodes(_ handle: String) async throws -> UserView {
        try await send("DELETE", "/v1/users/" + RecourseClient.encoded(handle) + "/codes")
    }

    /// Makes an invitation to choose a password; its word is in the answer, once.
    public func inviteUser(_ handle: String) async throws -> IssuedInvitation {
        try await send("POST", "/v1/users/" + RecourseClient.encoded(handle) + "/invitation")
    }

    public func listKeys() async throws -> KeyList { try await get("/v1/keys") }
    public func issueKey(_ key: KeyBody) async throws -> IssuedKey { try await send("POST", "/v1/keys", key) }
    public func revokeKey(_ id: String, because: String) async throws -> KeyView {
        try await send("DELETE", RecourseClient.address("/v1/keys/" + RecourseClient.encoded(id), [("because", because)]))
    }

    /// Trusts tokens signed with these keys (a JWKS, RFC 7517) to say who a party is.
    public func trustIssuer(_ name: String, keys: [UInt8]) async throws -> IssuerView {
        try IssuerView(json: try await raw(Call("PUT", "/v1/issuers/" + RecourseClient.encoded(name), body: keys)).body)
    }

    // MARK: Coming and going

    public func signIn(_ body: SignInBody) async throws -> OpenedSession { try await send("POST", "/v1/sessions", body) }
    public func enterAsParty(_ body: PartyEntryBody) async throws -> OpenedSession { try await send("POST", "/v1/party-sessions", body) }
    public func showSession() async throws -> SessionView { try await get("/v1/session") }
    public func signOut() async throws -> SessionView { try await send("DELETE", "/v1/session") }
    public func changePassword(_ password: PasswordBody) async throws -> SessionView { try await send("PUT", "/v1/me/password", password) }
    public func newCodes() async throws -> NewCodes { try await send("POST", "/v1/me/codes") }
    public func confirmCodes(_ code: CodeBody) async throws -> SessionView { try await send("PUT", "/v1/me/codes", code) }

    /// Chooses a password with the word of an invitation, which is spent with that.
    public func join(_ body: JoinBody) async throws -> OpenedSession { try await send("POST", "/v1/sign-in/invitation", body) }
    public func beginPasskey() async throws -> PasskeyChallenge { try await send("POST", "/v1/me/passkeys/challenge") }
    public func listPasskeys() async throws -> PasskeyList { try await get("/v1/me/passkeys") }
    public func addPasskey(_ passkey: NewPasskeyBody) async throws -> PasskeyView { try await send("POST", "/v1/me/passkeys", passkey) }
    public func removePasskey(_ id: String) async throws -> PasskeyView { try await send("DELETE", "/v1/me/passkeys/" + RecourseClient.encoded(id)) }
    public func beginPasskeySignIn() async throws -> PasskeyChallenge { try await send("POST", "/v1/sign-in/passkey/challenge") }
    public func signInByPasskey(_ body: PasskeyEntryBody) async throws -> OpenedSession { try await send("POST", "/v1/sign-in/passkey", body) }
    /// What whoever asks is signed in with.
    public func listSessions() async throws -> SessionList { try await get("/v1/me/sessions") }
    public func endSession(_ id: String) async throws -> SessionView { try await send("DELETE", "/v1/me/sessions/" + RecourseClient.encoded(id)) }
    /// Ends every session of whoever asks, this one as well.
    public func signOutEverywhere() async throws -> SessionView { try await send("DELETE", "/v1/me/sessions") }

    /// Enters with the word of a link: it is spent with that.
    public func enterByLink(_ body: LinkEntryBody) async throws -> OpenedSession { try await send("POST", "/v1/sign-in/link", body) }
    /// Makes a link that lets a party of a case in once; whoever asks sends it to them.
    public func makeLink(_ named: String, _ link: LinkBody) async throws -> IssuedLink { try await send("POST", RecourseClient.path(named, "links"), link) }
    /// Shows a code, where a session came in without one; the session that comes back takes its place.
    public func showCode(_ code: CodeBody) async throws -> OpenedSession { try await send("POST", "/v1/me/second-factor", code) }

    // MARK: Providers

    public func listProviders() async throws -> ProviderList { try await get("/v1/providers") }
    public func trustProvider(_ name: String, _ provider: ProviderBody) async throws -> ProviderView {
        try await send("PUT", "/v1/providers/" + RecourseClient.encoded(name), provider)
    }
    public func dropProvider(_ name: String, because: String) async throws -> ProviderView {
        try await send("DELETE", RecourseClient.address("/v1/providers/" + RecourseClient.encoded(name), [("because", because)]))
    }
    public func bindAccount(_ handle: String, at provider: String, _ binding: BindingBody) async throws -> ProviderView {
        try await send("PUT", "/v1/users/" + RecourseClient.encoded(handle) + "/providers/" + RecourseClient.encoded(provider), binding)
    }
    public func unbindAccount(_ handle: String, at provider: String) async throws -> ProviderView {
        try await send("DELETE", "/v1/users/" + RecourseClient.encoded(handle) + "/providers/" + RecourseClient.encoded(provider))
    }

    // MARK: Webhooks

    private static func webhook(_ id: String, _ rest: String = "") -> String { "/v1/webhooks/" + encoded(id) + rest }

    public func listWebhooks() async throws -> WebhookList { try await get("/v1/webhooks") }
    public func addWebhook(_ webhook: WebhookBody) async throws -> NewWebhook { try await send("POST", "/v1/webhooks", webhook) }
    public func showWebhook(_ id: String) async throws -> WebhookView { try await get(RecourseClient.webhook(id)) }
    public func changeWebhook(_ id: String, _ change: WebhookChangeBody) async throws -> WebhookView {
        try await send("PATCH", RecourseClient.webhook(id), change)
    }
    public func removeWebhook(_ id: String) async throws -> WebhookView { try await send("DELETE", RecourseClient.webhook(id)) }
    public func rotateWebhookSecret(_ id: String, _ rotation: RotationBody) async throws -> RotatedSecret {
        try await send("POST", RecourseClient.webhook(id, "/secret"), rotation)
    }
    public func testWebhook(_ id: String) async throws -> AttemptView { try await send("POST", RecourseClient.webhook(id, "/test")) }
    /// - Parameter state: `pending`, `delivered` or `failed`; all, without.
    public func listDeliveries(of id: String, state: String? = nil, after: Int64? = nil, limit: Int = 50) async throws -> DeliveryList {
        let query = [("state", state), ("after", after.map(String.init)), ("limit", String(limit))].compactMap { name, value in value.map { (name, $0) } }
        return try await get(RecourseClient.webhook(id, "/deliveries"), query)
    }
    public func redeliver(_ sequence: Int64, to id: String) async throws -> DeliveryView {
        try await send("POST", RecourseClient.webhook(id, "/deliveries/\(sequence)/redelivery"))
    }
    public func replayWebhook(_ id: String, _ replay: ReplayBody) async throws -> WebhookView {
        try await send("POST", RecourseClient.webhook(id, "/replay"), replay)
    }

    // MARK: Packs

    public func showPolicy() async throws -> PolicyView { try await get("/v1/policy") }
    /// What the pack in force calls things.
    public func showVocabulary() async throws -> Vocabulary { try await get("/v1/policy/vocabulary") }
    public func explainPolicy(_ code: String) async throws -> PolicyWords { try await get("/v1/policy/rows/" + RecourseClient.encoded(code)) }
    public func explainProcedure() async throws -> PolicyWords { try await get("/v1/policy/procedure") }
    public func publishPolicy(_ pack: PackBody) async throws -> PolicyView { try await send("POST", "/v1/policy", pack) }

    public func listPacks() async throws -> PackEditionList { try await get("/v1/policy/packs") }
    public func showPack(_ hash: PolicyHash) async throws -> PackView { try await get("/v1/policy/packs/\(hash)") }
    /// What changed from one pack of the log to another, in words.
    public func comparePacks(from: PolicyHash, to: PolicyHash) async throws -> PackChangeList {
        try await get("/v1/policy/packs/\(to)/changes", [("from", from.description)])
    }
    /// Everything there is to complain of, and what would change; nothing is written.
    public func checkPolicy(_ pack: PackBody) async throws -> PackVerdict { try await send("POST", "/v1/policy/check", pack) }

    public func listProposals() async throws -> ProposalList { try await get("/v1/policy/proposals") }
    public func showProposal(_ number: Int) async throws -> ProposalView { try await get("/v1/policy/proposals/\(number)") }
    public func proposePolicy(_ proposal: ProposalBody) async throws -> ProposalView { try await send("POST", "/v1/policy/proposals", proposal) }
    public func approveProposal(_ number: Int) async throws -> ProposalView { try await send("POST", "/v1/policy/proposals/\(number)/approval") }
    public func declineProposal(_ number: Int, because: String) async throws -> ProposalView {
        try await send("POST", "/v1/policy/proposals/\(number)/refusal", BecauseBody(because: because))
    }

    // MARK: The log

    public func showLog() async throws -> LogView { try await get("/v1/log") }
    public func readLog(after: Int64 = 0, limit: Int = 100) async throws -> LogPage {
        try await get("/v1/log/events", [("after", String(after)), ("limit", String(limit))])
    }
    /// A checkpoint signed by the log's key, as text (C2SP tlog-checkpoint).
    public func signCheckpoint() async throws -> [UInt8] { try await raw(Call("POST", "/v1/log/checkpoint")).body }
    /// A proof bundle anybody can verify without the desk.
    public func proveEvent(_ sequence: Int64, withholdingBody: Bool = false) async throws -> [UInt8] {
        let path = RecourseClient.address("/v1/log/events/\(sequence)/proof", withholdingBody ? [("withhold_body", "true")] : [])
        return try await raw(Call("POST", path)).body
    }
    /// The heads the log signed, the latest first.
    public func listCheckpoints() async throws -> CheckpointList { try await get("/v1/log/checkpoints") }
    /// A proof anybody can verify without the desk that the log only grew since a head of this size.
    public func proveGrowth(since size: Int64) async throws -> [UInt8] { try await raw(Call("POST", "/v1/log/checkpoints/\(size)/growth")).body }
    /// The log as it grows (server-sent events), from after a sequence on.
    public func streamEvents(after: Int64) async throws -> OpenReply { try await open(Call("GET", "/v1/stream", headers: [("Last-Event-ID", String(after))])) }

    // MARK: Upkeep

    /// Lets time and the exchange act; a server does so by itself.
    public func lookAfter() async throws -> UpkeepView { try await send("POST", "/v1/upkeep") }
    /// Destroys the key a person's words are sealed with, for ever.
    public func erasePerson(_ party: PartyID, because: String) async throws -> ErasureView {
        try await send("POST", "/v1/parties/\(party)/erasure", BecauseBody(because: because))
    }
    /// Another desk's records, in a file; how far they are is told line by line, until one says `finished`.
    public func importRecords(_ format: String, _ file: Upload) async throws -> OpenReply {
        var call = Call("POST", "/v1/imports/" + RecourseClient.encoded(format), mediaType: "application/octet-stream")
        call.file = file
        return try await open(call)
    }

    // MARK: The outbox

    /// How the way to the exchange is.
    public func showExchange() async throws -> ExchangeView { try await get("/v1/exchange") }
    public func listOutbox() async throws -> OutboxList { try await get("/v1/outbox") }
    public func retryInstruction(_ id: String) async throws -> OutboxList { try await send("POST", "/v1/outbox/" + RecourseClient.encoded(id) + "/retry") }
}
