import RecourseClient
import Wire

extension Route {
    static let signingIn: [Route] = [
        Route(.get, "/", for: .anyone) { visit in
            switch visit.session?.kind {
            case .staff?: .goOn(to: "/queue")
            case .party?: .goOn(to: "/my")
            default: .goOn(to: "/sign-in")
            }
        },
        Route(.get, "/sign-in", for: .anyone) { visit in try visit.render(SignInPage(next: visit.request.query["next"])) },
        Route(.post, "/sign-in", for: .anyone) { visit in try await visit.signIn() },
        Route(.post, "/sign-out", for: .anyone) { visit in
            if visit.session != nil { _ = try? await visit.client.signOut() }
            return .goOn(to: visit.session?.kind == .party ? "/enter?said=p_left" : "/sign-in", setting: [SessionCookie.forgetting])
        },
        Route(.get, "/codes", for: .staff) { visit in try visit.render(CodesPage()) },
        Route(.post, "/codes", for: .staff) { visit in
            let made = try await visit.client.newCodes()
            return try visit.render(CodesPage(secret: made.secret, uri: made.uri))
        },
        Route(.post, "/codes/confirm", for: .staff) { visit in
            do {
                _ = try await visit.client.confirmCodes(CodeBody(code: visit.request["code"] ?? ""))
                return .goOn(to: "/sign-in", setting: [SessionCookie.forgetting])
            } catch let problem as Problem where problem.status < 500 {
                return try visit.render(
                    CodesPage(secret: visit.request["secret"], uri: visit.request["uri"], problem: problem.detail), status: problem.status)
            }
        },
        Route(.get, "/code", for: .staff) { visit in try visit.render(CodePage(next: visit.request.query["next"])) },
        Route(.post, "/code", for: .staff) { visit in
            do {
                let opened = try await visit.client.showCode(CodeBody(code: visit.request["code"] ?? ""))
                return .goOn(to: Visit.local(visit.request["next"]) ?? "/queue", setting: [SessionCookie.setting(opened.session)])
            } catch let problem as Problem where problem.status < 500 {
                return try visit.render(CodePage(next: visit.request["next"], problem: problem.detail), status: problem.status)
            }
        },
    ]
}

extension Visit {
    /// A path of this desk, and nothing that leads elsewhere.
    static func local(_ path: String?) -> String? {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"), path.unicodeScalars.allSatisfy({ $0.value > 0x20 }) else {
            return nil
        }
        return path
    }

    fileprivate func signIn() async throws -> PageReply {
        let handle = request["handle"] ?? ""
        let body = SignInBody(handle: handle, password: request.form["password"]?.last ?? "", code: request["code"])
        do {
            let opened = try await client.signIn(body)
            let next = Visit.local(request["next"]) ?? "/queue"
            return .goOn(to: opened.secondFactor || console.isRehearsal ? next : "/codes", setting: [SessionCookie.setting(opened.session)])
        } catch let problem as Problem where problem.status < 500 {
            return try render(SignInPage(next: request["next"], handle: handle, problem: problem.detail), status: problem.status)
        }
    }
}

struct SignInPage: Page {
    static let template = "sign-in"
    static let layout = "portal"
    var next: String?
    var handle = ""
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("sign_in_title") }
    func fields(_ visit: Visit) -> Fields { ["next": .text(next ?? ""), "handle": .text(handle), "problem": Field(problem)] }
}

struct CodesPage: Page {
    static let template = "codes"
    static let layout = "portal"
    var secret: String?
    var uri: String?
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("codes_title") }
    func fields(_ visit: Visit) -> Fields {
        // An address of an app, and of nothing else.
        let address = uri.flatMap { $0.hasPrefix("otpauth://") ? $0 : nil }
        return ["secret": Field(secret), "uri": .text(address ?? ""), "problem": Field(problem)]
    }
}

struct CodePage: Page {
    static let template = "code"
    static let layout = "portal"
    var next: String?
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("code_again_title") }
    func fields(_ visit: Visit) -> Fields { ["next": .text(next ?? ""), "problem": Field(problem)] }
}

struct ErrorPage: Page {
    static let template = "error"
    static let layout = "portal"
    let problem: Problem
    let isStaff: Bool

    func title(_ visit: Visit) -> String {
        (visit.session?.kind == .party ? visit.phrases.known("p_error.\(problem.code.rawValue)") : nil) ?? problem.title
    }
    func fields(_ visit: Visit) -> Fields {
        [
            "headline": .text(title(visit)), "status": .text(String(problem.status)),
            "detail": .text(visit.session?.kind == .party ? visit.told(problem, isGuest: false) : problem.detail),
            "complaints": .list((problem.complaints ?? []).map { ["text": .text($0)] }), "home": .text("/"),
        ]
    }
}
