import Runtime
import Wire

extension Entrance {
    static let links: [Entrance] = [
        Entrance(id: "open-link", method: .get, path: LinkPage.path, bringing: .nothing) { _, _ in
            var answer = Answer(body: .whole(Array(LinkPage.text.utf8)), mediaType: "text/html; charset=utf-8")
            answer.headers = [("Content-Security-Policy", LinkPage.contentSecurityPolicy)]
            return answer
        },
        Entrance(id: "enter-by-link", method: .post, path: LinkPage.path, bringing: .jsonOrForm) { arrival, counter in
            // Another site's page could send a browser in as somebody else, and read what its owner then writes.
            guard arrival.form == nil || arrival.isOwn else { throw Problem(.unidentified, "this was not sent by a page of this desk") }
            let shown = try arrival.form.map { $0["token"] ?? "" } ?? arrival.read(LinkEntryBody.self).token
            let (token, session, next): (SessionToken, Session, LocalPath)
            do {
                guard let link = LinkToken(shown) else { throw SignInError.wrong }
                (token, session, next) = try await counter.desk.enter(by: link)
            } catch SignInError.throttled(let wait) {
                throw Problem(.tooManyRequests, "this link was tried too often", retryAfterSeconds: Int((wait.milliseconds + 999) / 1_000))
            } catch is SignInError {
                throw Problem(.unidentified, "this link lets nobody in: it was used, it ran out, or another was sent after it; ask for a new one")
            }
            guard arrival.form == nil else { return .goOn(to: next.text, setting: [Identity.setting(token)]) }
            return try Entrance.answer(token, session)
        },
    ]
}
