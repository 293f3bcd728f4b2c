import Chronicle
import Disputes
import Policies
import TestKit
import Testing

@testable import Runtime

/// Events that are no case's, and how they are written: for ever, as those of cases are.
@Suite("Events of people, keys, signing in and webhooks are for ever")
struct EventsForEverTests {
    @Test("Each is written as it always was, reads back the same, and none is missing here")
    func written() throws {
        let standing = StaffStanding(
            id: try #require(StaffID("staff_01JD8XVZ3N4Q5R6S7T8V9W0X1Y")), roles: [try #require(RoleCode("R2"))], level: .l2,
            languages: [try #require(Language("en"))], skills: [], site: "KUL")
        let person = #"{"id":"staff_01JD8XVZ3N4Q5R6S7T8V9W0X1Y","roles":["R2"],"level":"L2","languages":["en"],"skills":[],"site":"KUL"}"#
        try check(StaffEvent.registered(StaffRegistered(handle: "amir", standing: standing)), "staff-registered/1", #"{"handle":"amir","standing":\#(person)}"#)
        try check(StaffEvent.changed(StaffChanged(standing: standing)), "staff-changed/1", #"{"standing":\#(person)}"#)
        try check(StaffEvent.left(StaffLeft()), "staff-left/1", "{}")
        try check(
            KeyEvent.issued(KeyIssued(holder: .machine(name: "exchange", scopes: ["read", "act"]), label: "the exchange", expires: nil)), "key-issued/1",
            #"{"holder":{"machine":{"name":"exchange","scopes":["read","act"]}},"label":"the exchange"}"#)
        try check(
            KeyEvent.issued(KeyIssued(holder: .staff(handle: "amir"), label: "scripts", expires: Instant("2027-01-01T00:00:00Z"))), "key-issued/1",
            #"{"holder":{"staff":{"handle":"amir"}},"label":"scripts","expires":"2027-01-01T00:00:00Z"}"#)
        try check(KeyEvent.revoked(KeyRevoked(reason: "laptop lost")), "key-revoked/1", #"{"reason":"laptop lost"}"#)
        try check(SignInEvent.signedIn(SignedIn(by: "password and code")), "signed-in/1", #"{"by":"password and code"}"#)
        try check(SignInEvent.failed(SignInFailed(why: "code")), "sign-in-failed/1", #"{"why":"code"}"#)
        try check(SignInEvent.signedOut(SignedOut(why: "asked to")), "signed-out/1", #"{"why":"asked to"}"#)
        try check(SignInEvent.credentialSet(CredentialSet(what: "codes")), "credential-set/1", #"{"what":"codes"}"#)
        try check(
            SignInEvent.denied(AccessDenied(operation: "rule", code: "not-permitted", more: 3)), "access-denied/1",
            #"{"operation":"rule","code":"not-permitted","more":3}"#)
        try check(
            SignInEvent.signedIn(SignedIn(by: "oidc and second factor", through: "sso")), "signed-in/1", #"{"by":"oidc and second factor","through":"sso"}"#)
        try check(
            ProviderEvent.trusted(
                ProviderTrusted(issuer: "https://sso.example", client: "desk", subjectClaim: "sub", emailDomains: ["desk.example"], secondFactor: true)),
            "provider-trusted/1",
            #"{"issuer":"https://sso.example","client":"desk","subjectClaim":"sub","emailDomains":["desk.example"],"secondFactor":true}"#)
        try check(ProviderEvent.dropped(ProviderDropped(reason: "breached")), "provider-dropped/1", #"{"reason":"breached"}"#)
        try check(ProviderEvent.bound(AccountBound(handle: "amir")), "account-bound/1", #"{"handle":"amir"}"#)
        try check(ProviderEvent.unbound(AccountUnbound(handle: "amir")), "account-unbound/1", #"{"handle":"amir"}"#)
        let made = LinkMade(
            link: try #require(LinkID("link_01JD8XVZ3N4Q5R6S7T8V9W0X1Y")), case: try #require(CaseID("case_01JD8XVZ3N4Q5R6S7T8V9W0X1Y")),
            party: try #require(PartyID("party_01JD8XVZ3N4Q5R6S7T8V9W0X1Y")), expires: try #require(Instant("2027-01-01T00:15:00Z")))
        try check(
            LinkEvent.made(made), "link-made/1",
            #"{"link":"link_01JD8XVZ3N4Q5R6S7T8V9W0X1Y","case":"case_01JD8XVZ3N4Q5R6S7T8V9W0X1Y","party":"party_01JD8XVZ3N4Q5R6S7T8V9W0X1Y","expires":"2027-01-01T00:15:00Z"}"#
        )
        try check(
            WebhookEvent.added(WebhookAdded(host: "hooks.example.com:8443", kinds: ["case-closed"], label: "the ledger")), "webhook-added/1",
            #"{"host":"hooks.example.com:8443","kinds":["case-closed"],"label":"the ledger"}"#)
        try check(
            WebhookEvent.changed(WebhookChanged(host: "hooks.example.com", addressChanged: true, kinds: [], label: "the ledger")), "webhook-changed/1",
            #"{"host":"hooks.example.com","addressChanged":true,"kinds":[],"label":"the ledger"}"#)
        try check(
            WebhookEvent.rotated(WebhookSecretRotated(oldUntil: try #require(Instant("2027-01-01T00:00:00Z")))), "webhook-secret-rotated/1",
            #"{"oldUntil":"2027-01-01T00:00:00Z"}"#)
        try check(WebhookEvent.disabled(WebhookDisabled(because: "answered 410")), "webhook-disabled/1", #"{"because":"answered 410"}"#)
        try check(WebhookEvent.enabled(WebhookEnabled()), "webhook-enabled/1", "{}")
        try check(WebhookEvent.replayed(WebhookReplayed(from: 42)), "webhook-replayed/1", #"{"from":42}"#)
        try check(WebhookEvent.removed(WebhookRemoved()), "webhook-removed/1", "{}")
        let hash = PolicyHash(try #require(Digest("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")))
        let day = try #require(CivilDate("2027-01-01"))
        let files = [PolicyPublished.File(path: "pack.yaml", text: "title: x")]
        let pack =
            #""hash":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","title":"x","version":"2","effectiveFrom":"2027-01-01""#
        let fileJSON = #""files":[{"path":"pack.yaml","text":"title: x"}]"#
        try check(
            PolicyEvent.published(.init(hash: hash, title: "x", version: "2", effectiveFrom: day, files: files, proposal: nil)), "policy-published/1",
            "{\(pack),\(fileJSON)}")
        try check(
            PolicyEvent.published(.init(hash: hash, title: "x", version: "2", effectiveFrom: day, files: files, proposal: 2)), "policy-published/1",
            "{\(pack),\(fileJSON),\"proposal\":2}")
        try check(
            PolicyEvent.proposed(.init(hash: hash, title: "x", version: "2", effectiveFrom: day, reason: "y", files: files)), "policy-proposed/1",
            "{\(pack),\"reason\":\"y\",\(fileJSON)}")
        try check(PolicyEvent.declined(.init(proposal: 2, reason: "y")), "policy-declined/1", #"{"proposal":2,"reason":"y"}"#)
        // What is written above is all there is.
        #expect(PolicyEvent.catalogue.count == 3)
        #expect(StaffEvent.catalogue.count == 3 && KeyEvent.catalogue.count == 2 && SignInEvent.catalogue.count == 5)
        #expect(ProviderEvent.catalogue.count == 4 && LinkEvent.catalogue.count == 1)
        #expect(WebhookEvent.catalogue.count == 7)
    }

    private func check<Event: EventFamily>(_ event: Event, _ type: String, _ json: String, at location: SourceLocation = #_sourceLocation) throws {
        #expect(event.type.description == type, sourceLocation: location)
        #expect(String(decoding: try event.payload(), as: UTF8.self) == json, sourceLocation: location)
        let read = try Array(json.utf8).withUnsafeBytes { try Event.read(event.type, from: $0) }
        #expect(read == event, sourceLocation: location)
    }
}
