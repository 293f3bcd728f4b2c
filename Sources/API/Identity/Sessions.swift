import Chronicle
import Runtime
import Wire

extension Operation {
    /// What somebody is signed in with, for themselves; and being let in for the first time.
    static let ownSessions: [Operation] = [
        Operation("list-sessions", .get, "/v1/me/sessions", for: [.staff]) { visit in
            let handle = try visit.handle()
            let sessions = try await visit.counter.desk.sessions(of: .staff(handle: handle)).map { open in
                SessionEntry(
                    id: open.name, opened: open.session.opened, seen: open.session.seen, expires: open.session.expires, proved: open.session.proved,
                    current: visit.arrival.session?.name == open.name)
            }
            return try .of(SessionList(sessions: sessions), asOf: nil)
        },
        Operation("end-session", .delete, "/v1/me/sessions/{session}", for: [.staff]) { visit in
            let (handle, name) = (try visit.handle(), try visit.arrival.parameter("session"))
            guard try await visit.counter.desk.endSession(named: name, of: handle) else {
                throw Problem(.notFound, "you have no session “\(name)”; it may have ended")
            }
            return try .of(SessionView(visit.who), asOf: nil)
        },
        Operation("sign-out-everywhere", .delete, "/v1/me/sessions", for: [.staff]) { visit in
            try await visit.counter.desk.signOutEverywhere(handle: try visit.handle())
            var answer = try Answer.of(SessionView(visit.who), asOf: nil)
            answer.headers = [("Set-Cookie", SessionCookie.forgetting)]
            return answer
        },
        Operation("invite-user", .post, "/v1/users/{handle}/invitation", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let handle = try visit.arrival.parameter("handle")
            try visit.demandAnother(than: handle)
            let (token, expires) = try await visit.counter.desk.invite(handle, by: visit.who.requester)
            // Behind the “#”: no server on the way, and no log, has it.
            let url = visit.counter.address.map { "\($0.text)/join#\(token.text)" }
            return try .of(IssuedInvitation(handle: handle, word: token.text, url: url, expires: expires), status: 201, asOf: nil)
        },
    ]
}

extension Entrance {
    static let invitations: [Entrance] = [
        Entrance(id: "join", method: .post, path: "/v1/sign-in/invitation") { arrival, counter in
            let body = try arrival.read(JoinBody.self)
            do {
                guard let word = InvitationToken(body.word) else { throw SignInError.wrong }
                let (token, session) = try await counter.desk.join(by: word, password: body.password)
                return try answer(token, session)
            } catch SignInError.wrong {
                throw Problem(.unidentified, "this invitation lets nobody in: it was used, it ran out, or another was made after it; ask for a new one")
            } catch let error as SignInError { throw Problem(error) }
        }
    ]
}

extension Visit<Caller> {
    /// Of the member of staff who asks.
    func handle() throws(Problem) -> String {
        guard case .staff(let context) = who else { throw Problem(.notPermitted, "this is for members of staff") }
        return context.handle
    }

    /// Whoever administers the desk as a person does nothing to their own account: roles one gives oneself are checked by nobody.
    func demandAnother(than handle: String) throws(Problem) {
        guard case .staff(let context) = who, context.handle == handle else { return }
        throw Problem(.conflictOfInterest, "nobody changes their own account here; another administrator does")
    }
}
