import Chronicle
import Policies
import RecourseClient
import Wire

extension Route {
    static let people: [Route] = [
        Route(.get, "/people", for: .staff) { visit in
            let frame = try await StaffFrame(visit)
            let page = PeoplePage(
                users: try await visit.client.listUsers().users, words: frame.words, administers: frame.administers, tabs: visit.administrationTabs(frame))
            return try visit.render(page, nav: frame.nav(visit))
        },
        Route(.get, "/people/new", for: .staff) { visit in try await visit.newPerson() },
        Route(.post, "/people/new", for: .staff) { visit in try await visit.addPerson() },
        Route(.get, "/people/{handle}", for: .staff) { visit in try await visit.person() },
        Route(.post, "/people/{handle}", for: .staff) { visit in
            let typed = TypedStanding(visit.request)
            let body = StandingBody(roles: typed.roles, level: typed.level, languages: typed.languages, skills: typed.skills, site: typed.site)
            return try await visit.toPerson("standing_changed") { _ = try await visit.client.changeUser($0, body) }
        },
        Route(.post, "/people/{handle}/drop-codes", for: .staff) { visit in
            try await visit.toPerson("codes_dropped") { _ = try await visit.client.dropCodes($0) }
        },
        Route(.post, "/people/{handle}/dismiss", for: .staff) { visit in
            try await visit.toPerson("dismissed") { _ = try await visit.client.dismissUser($0) }
        },
        // What is shown once is shown on the page that made it, and nowhere an address could carry it.
        Route(.post, "/people/{handle}/invite", for: .staff) { visit in try await visit.invite(visit.parameter("handle")) },
    ]
}

/// What a form says of somebody's standing.
struct TypedStanding {
    let roles: [RoleCode]
    let level: CertificateLevel
    let languages: [Language]
    let skills: [SkillCode]
    let site: String?

    init(_ request: PageRequest) {
        func codes(_ field: String) -> [Substring] { (request[field] ?? "").split { $0 == "," || $0 == " " } }
        roles = (request.form["role"] ?? []).compactMap { RoleCode($0) }
        level = request["level"].flatMap(CertificateLevel.init(rawValue:)) ?? .l0
        languages = codes("languages").compactMap { Language(String($0)) }
        skills = codes("skills").compactMap { SkillCode(String($0)) }
        site = request["site"]
    }
}

extension Visit {
    fileprivate func newPerson(problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        let typed = TypedStanding(request)
        let page = NewPersonPage(
            handle: request["handle"] ?? "", problem: problem?.detail,
            standing: StandingFields(
                words: frame.words, roles: typed.roles, level: typed.level, languages: typed.languages, skills: typed.skills, site: typed.site))
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }

    fileprivate func addPerson() async throws -> PageReply {
        let typed = TypedStanding(request)
        var body = UserBody(handle: request["handle"] ?? "", roles: typed.roles, level: typed.level)
        (body.languages, body.skills, body.site) = (typed.languages, typed.skills, typed.site)
        do {
            _ = try await client.addUser(body)
        } catch let problem as Problem {
            if problem.code == .codeNeeded { return codeFirst("/people/new") }
            guard problem.status < 500 else { throw problem }
            return try await newPerson(problem: problem)
        }
        return try await invite(body.handle)
    }

    fileprivate func person(problem: Problem? = nil, invitation: IssuedInvitation? = nil, of named: String? = nil) async throws -> PageReply {
        let handle = named ?? parameter("handle")
        let frame = try await StaffFrame(self)
        guard let user = try await client.listUsers().users.first(where: { $0.handle == handle }) else {
            throw Problem(.notFound, phrases("no_such_person", handle))
        }
        let page = PersonPage(
            user: user, words: frame.words, isOwn: user.handle == frame.me.handle, administers: frame.administers, problem: problem?.detail,
            invitation: invitation)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }

    fileprivate func invite(_ handle: String) async throws -> PageReply {
        do {
            return try await person(invitation: try await client.inviteUser(handle), of: handle)
        } catch let problem as Problem {
            if problem.code == .codeNeeded { return codeFirst("/people/" + RecourseClient.encoded(handle)) }
            guard problem.status < 500, problem.status != 404 else { throw problem }
            return try await person(problem: problem, of: handle)
        }
    }

    fileprivate func toPerson(_ said: String, _ act: (String) async throws -> Void) async throws -> PageReply {
        let handle = parameter("handle")
        return try await doing("/people/" + RecourseClient.encoded(handle), said: said) {
            try await act(handle)
        } refused: {
            try await person(problem: $0)
        }
    }
}

struct PeoplePage: Page {
    static let template = "admin-people"
    let users: [UserView]
    let words: Vocabulary
    let administers: Bool
    let tabs: [Fields]

    func title(_ visit: Visit) -> String { visit.phrases("people") }
    func fields(_ visit: Visit) -> Fields {
        [
            "administers": .flag(administers), "anyTabs": .flag(!tabs.isEmpty), "tabs": .list(tabs),
            "users": .list(
                users.map { user in
                    [
                        "handle": .text(user.handle), "gone": .flag(!user.active), "level": .text(user.level.rawValue), "site": .text(user.site ?? ""),
                        "href": Field(administers ? "/people/" + RecourseClient.encoded(user.handle) : nil),
                        "roles": .text(user.roles.map { role in words.roles.first { $0.code == role.text }?.title ?? role.text }.joined(separator: "; ")),
                        "languages": .text(
                            user.languages.isEmpty
                                ? visit.phrases("any_language")
                                : user.languages.map { visit.phrases.known("language.\($0.text)") ?? $0.text }.joined(separator: ", ")),
                    ]
                }),
        ]
    }
}

/// The fields of a form about somebody's standing.
struct StandingFields: Sendable {
    let words: Vocabulary
    let roles: [RoleCode]
    let level: CertificateLevel
    let languages: [Language]
    let skills: [SkillCode]
    let site: String?

    var fields: Fields {
        [
            // Whoever holds the role of a party works nowhere here.
            "roles": .list(
                words.roles.filter { $0.code != "R0" }.sorted { (Int($0.code.dropFirst()) ?? 0) < (Int($1.code.dropFirst()) ?? 0) }.map { role in
                    ["code": .text(role.code), "title": .text(role.title), "chosen": .flag(roles.contains { $0.text == role.code })]
                }),
            "levels": .list(CertificateLevel.allCases.map { ["code": .text($0.rawValue), "chosen": .flag($0 == level)] }),
            "languages": .text(languages.map(\.text).joined(separator: ", ")), "skills": .text(skills.map(\.text).joined(separator: ", ")),
            "site": .text(site ?? ""),
        ]
    }
}

struct NewPersonPage: Page {
    static let template = "admin-person-new"
    let handle: String
    let problem: String?
    let standing: StandingFields

    func title(_ visit: Visit) -> String { visit.phrases("add_person") }
    func fields(_ visit: Visit) -> Fields { standing.fields.with(["handle": .text(handle), "problem": Field(problem)]) }
}

struct PersonPage: Page {
    static let template = "admin-person"
    let user: UserView
    let words: Vocabulary
    let isOwn: Bool
    let administers: Bool
    let problem: String?
    let invitation: IssuedInvitation?

    func title(_ visit: Visit) -> String { user.handle }
    func fields(_ visit: Visit) -> Fields {
        let standing = StandingFields(
            words: words, roles: user.roles, level: user.level, languages: user.languages, skills: user.skills, site: user.site)
        return standing.fields.with([
            "handle": .text(user.handle), "gone": .flag(!user.active), "own": .flag(isOwn), "problem": Field(problem),
            "open": .flag(user.active && !isOwn && administers),
            "invitation": invitation.map {
                .group([
                    "address": .text($0.url ?? "/join#" + $0.word),
                    "until": .text(visit.phrases($0.url == nil ? "invitation_path_until" : "invitation_until", visit.clock.short($0.expires))),
                ])
            } ?? .none,
        ])
    }
}
