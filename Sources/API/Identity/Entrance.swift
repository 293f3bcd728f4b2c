import Chronicle
import Disputes
import EventStorage
import Runtime
import Wire

/// The operations of whoever is not known yet: they bring what proves who they are, and get a session.
public struct Entrance: Sendable, Placed {
    public let id: String
    public let method: Operation.Method
    public let path: String
    let pattern: PathPattern
    let brings: Operation.Brings
    /// Longest value of one parameter of its query, or field of its form.
    let queryCharactersMax: Int
    let run: @Sendable (Arrival, Counter) async throws -> Answer

    init(
        id: String, method: Operation.Method, path: String, bringing: Operation.Brings = .json, queryCharactersMax: Int = Arrival.queryCharactersMax,
        run: @escaping @Sendable (Arrival, Counter) async throws -> Answer
    ) {
        (self.id, self.method, self.path, pattern, brings, self.run) = (id, method, path, PathPattern(path), bringing, run)
        self.queryCharactersMax = queryCharactersMax
    }

    public static let all: [Entrance] = own + providers + links + invitations + passkeys

    private static let own: [Entrance] = [
        Entrance(id: "sign-in", method: .post, path: "/v1/sessions") { arrival, counter in
            let body = try arrival.read(SignInBody.self)
            do {
                let (token, session) = try await counter.desk.signIn(handle: body.handle, password: body.password, code: body.code)
                return try answer(token, session)
            } catch let error as SignInError { throw Problem(error) }
        },
        Entrance(id: "enter-as-party", method: .post, path: "/v1/party-sessions") { arrival, counter in
            let body = try arrival.read(PartyEntryBody.self)
            let (account, proof, until) = try await PartyTokens(desk: counter.desk).account(body.token)
            do {
                let (token, session) = try await counter.desk.letIn(account, showing: proof, until: until, by: "token of the exchange")
                return try answer(token, session)
            } catch let error as SignInError { throw Problem(error) }
        },
        // What it says is a hint; what is so, the exchange is asked. So a forged one could at most make the desk look.
        Entrance(id: "exchange-callback", method: .post, path: "/v1/exchange/movements") { arrival, counter in
            let now = counter.desk.surroundings.now()
            guard let signature = arrival.signature, signature.isGood(for: arrival.body, at: now, knowing: counter.exchangeSecrets) else {
                throw Problem(.unidentified, "the message is not signed by the exchange of this desk, or is not of now")
            }
            let isNew = try await counter.desk.isFirst(signature.id, from: "exchange", until: now + .minutes(10))
            if isNew { _ = try await EscrowWatch(counter.desk, counter.exchange).look() }
            return try .of(Nothing(), asOf: try await counter.desk.store.head().sequence)
        },
    ]

    /// The session in the body for a program, and in a cookie for a browser.
    static func answer(_ token: SessionToken, _ session: Session, status: Int = 201) throws -> Answer {
        var answer = try Answer.of(OpenedSession(session: token.text, expires: session.expires, secondFactor: session.strong), status: status, asOf: nil)
        answer.headers = [("Set-Cookie", Identity.setting(token))]
        return answer
    }
}

extension Identity {
    static func setting(_ token: SessionToken) -> String { SessionCookie.setting(token.text) }
}

extension Problem {
    init(_ error: SignInError) {
        switch error {
        case .wrong: self.init(.unidentified, "the name, the password or the code is wrong")
        case .codeMissing: self.init(.unidentified, "a code of your app is needed, too", field: "code")
        case .throttled(let wait):
            self.init(.tooManyRequests, "too many wrong ones for this name", retryAfterSeconds: Int((wait.milliseconds + 999) / 1_000))
        case .password(let refusal): self.init(.refused, "\(refusal)", field: "password")
        case .codesStand: self.init(.alreadyDone, "you have codes; an operator takes them away")
        case .noCodes: self.init(.notNow, "they have no codes")
        }
    }
}

extension Operation {
    static let session: [Operation] = [
        Operation("show-session", .get, "/v1/session", for: [.staff, .party, .machine(.read), .machine(.act), .machine(.administer)]) { visit in
            var view = SessionView(visit.who)
            if case .party(let context) = visit.who {
                view.account = try await visit.counter.desk.account(of: context.party)?.text
                view.onlyCase = context.onlyCase
            }
            return try .of(view, asOf: nil)
        },
        Operation("sign-out", .delete, "/v1/session", for: [.staff, .party]) { visit in
            var view = SessionView(visit.who)
            if let token = visit.arrival.session {
                view.endSession = try await visit.counter.desk.endSession(of: token)
                try await visit.counter.desk.signOut(token)
            }
            var answer = try Answer.of(view, asOf: nil)
            answer.headers = [("Set-Cookie", SessionCookie.forgetting)]
            return answer
        },
        Operation("change-password", .put, "/v1/me/password", for: [.staff], bringing: .json) { visit in
            let body = try visit.arrival.read(PasswordBody.self)
            guard case .staff(let context) = visit.who else { throw Problem(.notPermitted, "this is for members of staff") }
            do {
                _ = try await visit.counter.desk.signIn(handle: context.handle, password: body.current ?? "", code: body.code)
                try await visit.counter.desk.setPassword(body.password, of: context.handle, by: visit.who.requester)
            } catch let error as SignInError { throw Problem(error) }
            return try .of(SessionView(visit.who), asOf: nil)
        },
        Operation("new-codes", .post, "/v1/me/codes", for: [.staff]) { visit in
            guard case .staff(let context) = visit.who else { throw Problem(.notPermitted, "this is for members of staff") }
            guard !context.hasSecondFactor else { throw Problem(.alreadyDone, "you have codes; an operator takes them away") }
            let secret: String
            do { secret = try await visit.counter.desk.newCodes(of: context.handle) } catch let error as SignInError { throw Problem(error) }
            let uri = "otpauth://totp/Recourse:\(context.handle)?secret=\(secret)&issuer=Recourse"
            return try .of(NewCodes(secret: secret, uri: uri), status: 201, asOf: nil)
        },
        Operation("confirm-codes", .put, "/v1/me/codes", for: [.staff], bringing: .json) { visit in
            guard case .staff(let context) = visit.who else { throw Problem(.notPermitted, "this is for members of staff") }
            do {
                try await visit.counter.desk.confirmCodes(of: context.handle, try visit.arrival.read(CodeBody.self).code)
            } catch let error as SignInError { throw Problem(error) }
            return try .of(SessionView(visit.who), asOf: nil)
        },
        Operation("set-password", .put, "/v1/users/{handle}/password", for: [.machine(.administer)], bringing: .json) { visit in
            let handle = try visit.arrival.parameter("handle")
            do {
                try await visit.counter.desk.setPassword(try visit.arrival.read(PasswordBody.self).password, of: handle, by: visit.who.requester)
            } catch let error as SignInError { throw Problem(error) }
            let standing = try await visit.counter.desk.staff(handle)
            return try .of(UserView(handle: handle, standing: standing, active: true), asOf: try await visit.counter.desk.store.head().sequence)
        },
        Operation("drop-codes", .delete, "/v1/users/{handle}/codes", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let handle = try visit.arrival.parameter("handle")
            try visit.demandAnother(than: handle)
            do { try await visit.counter.desk.dropCodes(of: handle, by: visit.who.requester) } catch let error as SignInError { throw Problem(error) }
            let standing = try await visit.counter.desk.staff(handle)
            return try .of(UserView(handle: handle, standing: standing, active: true), asOf: try await visit.counter.desk.store.head().sequence)
        },
        Operation("trust-issuer", .put, "/v1/issuers/{issuer}", for: [.machine(.administer)], bringing: .json) { visit in
            let name = try visit.arrival.parameter("issuer")
            let keys = String(decoding: visit.arrival.body, as: UTF8.self)
            if let complaint = await PartyTokens.complaint(about: keys) { throw Problem(.refused, complaint, field: "keys") }
            try await visit.counter.desk.store.write([.put(IdentityTables.issuers, [.text(name), .text(keys)])], position: nil)
            return try .of(IssuerView(name: name), asOf: nil)
        },
    ]
}

extension SessionView {
    init(_ caller: Caller) {
        switch caller {
        case .staff(let context): self.init(kind: .staff, name: context.handle, scopes: nil)
        case .party(let context): self.init(kind: .party, name: context.party.description, scopes: nil)
        case .machine(let context): self.init(kind: .machine, name: context.name, scopes: context.scopes.map(\.rawValue).sorted())
        }
    }
}
