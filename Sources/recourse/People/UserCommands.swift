import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// `recourse user …`: who is on staff, and what each may be trusted with.
struct UserCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Register members of staff, with roles, certificate and languages.",
        discussion: "Example: recourse user add amir --role R2 --level L2 --language en",
        subcommands: [AddUser.self, ListUsers.self, ChangeUser.self, InviteUser.self, SetPassword.self, DropCodes.self, RemoveUser.self])
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
        try await Connection.use(shared) { desk in
            var user = UserBody(handle: asked.handle, roles: asked.role, level: try asked.certificate() ?? .l0)
            (user.languages, user.skills, user.site) = (asked.language, asked.skill, asked.site)
            desk.show(try await desk.client.addUser(user))
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
        try await Connection.use(shared) { desk in
            let standing = StandingBody(
                roles: asked.role.isEmpty ? nil : asked.role, level: try asked.certificate(), languages: asked.language.isEmpty ? nil : asked.language,
                skills: asked.skill.isEmpty ? nil : asked.skill, site: asked.site)
            desk.show(try await desk.client.changeUser(asked.handle, standing))
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
        try await Connection.use(shared) { desk in desk.show(try await desk.client.dismissUser(handle)) }
    }
}

struct ListUsers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List everybody on staff.", discussion: "Example: recourse user list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await Connection.use(shared) { desk in
            let users = try await desk.client.listUsers().users
            if users.isEmpty, !desk.options.json { return print("Nobody is on staff yet: recourse user add HANDLE --role R2 --level L2") }
            for user in users { desk.show(user) }
        }
    }
}

extension Connection {
    fileprivate func show(_ user: UserView) {
        guard !options.json else { return print(user.line) }
        let roles = user.roles.map(\.text).joined(separator: ",")
        let languages = user.languages.isEmpty ? "any language" : user.languages.map(\.text).joined(separator: ",")
        print(padded(user.handle, to: 12) + "  " + padded(roles, to: 10) + "  \(user.level.rawValue)  \(languages)" + (user.active ? "" : "  (left)"))
    }
}
