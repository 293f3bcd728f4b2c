import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

/// `recourse user …`: who is on staff, and what each may be trusted with.
struct UserCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Register members of staff, with roles, certificate and languages.",
        discussion: "Example: recourse user add amir --role R2 --level L2 --language en",
        subcommands: [AddUser.self, ListUsers.self, ChangeUser.self, RemoveUser.self])
}

/// What a person's standing is made of.
struct StandingOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("What they sign in with; an alias, not a legal name.", valueName: "handle")) var handle: String
    @Option(name: .long, help: ArgumentHelp("A role of the pack; repeat for more.", valueName: "code")) var role: [RoleCode] = []
    @Option(name: .long, help: ArgumentHelp("The certificate: L0 to L5.", valueName: "level")) var level: String?
    @Option(name: .long, help: ArgumentHelp("A language they work in; repeat for more.", valueName: "code")) var language: [Language] = []
    @Option(name: .long, help: ArgumentHelp("A skill of the pack; repeat for more.", valueName: "code")) var skill: [SkillCode] = []
    @Option(name: .long, help: ArgumentHelp("Their site.", valueName: "code")) var site: String?

    func certificate() throws(Failure) -> CertificateLevel? {
        guard let level else { return nil }
        guard let known = CertificateLevel(rawValue: level) else { throw Failure("“\(level)” is not a certificate; there are L0 to L5") }
        return known
    }
}

struct AddUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register somebody.", discussion: "Example: recourse user add lee --role R3 --role R9 --level L3")
    @OptionGroup var standing: StandingOptions
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let asked = standing
        try await OpenDesk.use(shared) { desk in
            let id = StaffID(at: desk.now, randomness: desk.desk.surroundings.random())
            let standing = StaffStanding(
                id: id, roles: asked.role, level: try asked.certificate() ?? .l0, languages: asked.language, skills: asked.skill, site: asked.site)
            try await desk.desk.register(handle: asked.handle, standing, by: try await desk.operatorOrNamed())
            desk.show(asked.handle, standing, active: true)
        }
    }
}

struct ChangeUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change somebody's roles, certificate, languages, skills or site; what is not named stays.",
        discussion: "Example: recourse user change amir --level L3")
    @OptionGroup var standing: StandingOptions
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let asked = standing
        try await OpenDesk.use(shared) { desk in
            let old = try await desk.desk.staff(asked.handle)
            let standing = StaffStanding(
                id: old.id, roles: asked.role.isEmpty ? old.roles : asked.role, level: try asked.certificate() ?? old.level,
                languages: asked.language.isEmpty ? old.languages : asked.language, skills: asked.skill.isEmpty ? old.skills : asked.skill,
                site: asked.site ?? old.site)
            try await desk.desk.change(standing, by: try await desk.operatorOrNamed())
            desk.show(asked.handle, standing, active: true)
        }
    }
}

struct RemoveUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "End somebody's account; what they did stays.", discussion: "Example: recourse user remove amir")
    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let handle = handle
        try await OpenDesk.use(shared) { desk in
            let standing = try await desk.desk.staff(handle)
            try await desk.desk.dismiss(handle: handle, by: try await desk.operatorOrNamed())
            desk.show(handle, standing, active: false)
        }
    }
}

struct ListUsers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List everybody on staff.", discussion: "Example: recourse user list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await OpenDesk.use(shared) { desk in
            let people = try await desk.desk.everyone()
            if people.isEmpty, !desk.options.json { return print("Nobody is on staff yet: recourse user add HANDLE --role R2 --level L2") }
            for (handle, account) in people {
                if let standing = account.standing { desk.show(handle, standing, active: account.active) }
            }
        }
    }
}

extension OpenDesk {
    fileprivate func show(_ handle: String, _ standing: StaffStanding, active: Bool) {
        if options.json {
            let fields: [(String, JSON)] = [
                ("handle", .text(handle)), ("id", .text(standing.id.description)), ("roles", .list(standing.roles.map { .text($0.text) })),
                ("level", .text(standing.level.rawValue)), ("languages", .list(standing.languages.map { .text($0.text) })),
                ("skills", .list(standing.skills.map { .text($0.text) })), ("site", .text(standing.site)), ("active", .boolean(active)),
            ]
            return print(JSON.object(fields).line)
        }
        let roles = standing.roles.map(\.text).joined(separator: ",")
        let languages = standing.languages.isEmpty ? "any language" : standing.languages.map(\.text).joined(separator: ",")
        print(padded(handle, to: 12) + "  " + padded(roles, to: 10) + "  \(standing.level.rawValue)  \(languages)" + (active ? "" : "  (left)"))
    }
}
