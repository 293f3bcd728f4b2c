import Runtime
import Wire

extension Entrance {
    static let providers: [Entrance] = [
        Entrance(id: "begin-provider-sign-in", method: .get, path: "/v1/sign-in/oidc/{provider}", bringing: .nothing) { arrival, counter in
            let (address, secret) = try await counter.providers.begin(try arrival.parameter("provider"), next: arrival.query["return_to"])
            // Lax: the provider's page sends the browser back here, and this must come with it.
            let cookie = "\(BrowserSecret.cookie)=\(secret.text); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(Beginnings.lasts.milliseconds / 1_000)"
            return .goOn(to: address, setting: [cookie])
        },
        Entrance(
            // A code may be as long as a provider likes.
            id: "end-provider-sign-in", method: .get, path: "/v1/sign-in/oidc/{provider}/callback", bringing: .nothing, queryCharactersMax: 4_096
        ) { arrival, counter in
            let back = ProviderDoor.Return(provider: try arrival.parameter("provider"), secret: arrival.begun, query: arrival.query)
            let (token, session, next) = try await counter.providers.end(back)
            var answer = try next.map { Answer.signedIn($0) } ?? Entrance.answer(token, session, status: 200)
            answer.headers = [
                ("Set-Cookie", Identity.setting(token)), ("Set-Cookie", "\(BrowserSecret.cookie)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"),
            ]
            return answer
        },
    ]
}

extension Answer {
    /// Sends a browser on by `GET` (RFC 9110 §15.4.4).
    static func goOn(to address: String, setting cookies: [String] = []) -> Answer {
        var answer = Answer(status: 303, body: .whole(Array("Go on at \(address)\n".utf8)), mediaType: "text/plain; charset=utf-8")
        answer.headers = [("Location", address)] + cookies.map { ("Set-Cookie", $0) }
        return answer
    }

    /// A page that goes on by itself. A redirect would not do: the browser comes from the provider's page, and along a chain of redirects that began
    /// elsewhere it does not show a cookie that is `SameSite=Strict`. From a page of this desk it does.
    static func signedIn(_ next: LocalPath) -> Answer {
        let address = next.text.replacing("&", with: "&amp;")
        let page = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=\(address)"><title>Signed in</title>
            <p>You are signed in. <a href="\(address)">Go on</a></p>
            </html>

            """
        return Answer(body: .whole(Array(page.utf8)), mediaType: "text/html; charset=utf-8")
    }
}
