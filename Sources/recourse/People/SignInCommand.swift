import ArgumentParser
import RecourseClient
import Wire

/// `recourse sign-in`: a session on a server, for the commands that follow.
struct SignInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in", abstract: "Sign in to a server; prints the session for $RECOURSE_KEY.",
        discussion: """
            The password is asked for, or read from standard input. The session ends after fifteen minutes of rest.

            Example: export RECOURSE_SERVER=http://127.0.0.1:8080 RECOURSE_KEY=$(recourse sign-in amir --server http://127.0.0.1:8080)
            """)

    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @Option(name: .long, help: ArgumentHelp("Of your app, where you have one.", valueName: "digits")) var code: String?
    @Option(name: .long, help: ArgumentHelp("The server ($RECOURSE_SERVER).", valueName: "url")) var server: String?
    @Flag(name: .long, help: "Print as JSON.") var json = false

    mutating func run() async throws {
        guard let server = server ?? Console.variable("RECOURSE_SERVER") else { throw Failure("say which server: --server URL, or set RECOURSE_SERVER") }
        let body = SignInBody(handle: handle, password: try Console.secret("Password of \(handle): "), code: code)
        let transport = HTTPTransport(server: server, key: nil)
        do {
            let opened = try await RecourseClient(transport).signIn(body)
            try await transport.close()
            guard !json else { return print(opened.line) }
            print(opened.session)
            Console.complain("recourse: signed in until \(Moments.exact(opened.expires)) UTC at the latest")
        } catch {
            try? await transport.close()
            throw Failure(of: error) ?? Failure("\(server) does not answer: \(error)")
        }
    }
}

/// `recourse user password`: gives somebody a password to begin with.
struct SetPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Give somebody a password to sign in with; their sessions end.",
        discussion: "It is asked for, or read from standard input.\n\nExample: recourse user password amir < password.txt")
    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (handle, password) = (handle, try Console.secret("New password of \(handle): "))
        let user = try await Connection.use(shared) { desk in try await desk.client.setPassword(handle, PasswordBody(password: password)) }
        print(shared.json ? user.line : "\(user.handle) signs in with it from now on")
    }
}

/// `recourse user invite`: lets somebody choose a password nobody else ever knows.
struct InviteUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Invite somebody on staff to choose a password; prints where, once.",
        discussion: """
            It is good for three days and for one use; an invitation made before is void. Hand it to them yourself: whoever has it chooses the password.

            Example: recourse user invite amir
            """)
    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let handle = handle
        let made = try await Connection.use(shared) { desk in try await desk.client.inviteUser(handle) }
        guard !shared.json else { return print(made.line) }
        print(made.url ?? "/join#\(made.word)")
        Console.complain("recourse: good until \(Moments.exact(made.expires)) UTC, once" + (made.url == nil ? "; it is a path of your desk" : ""))
    }
}

/// `recourse user drop-codes`: for whoever lost what makes them.
struct DropCodes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop-codes", abstract: "Take somebody's codes away, when they lost the app that makes them; their sessions end.",
        discussion: """
            Make sure first that it is they who ask. They sign in by password once more, and can do nothing before they set up new codes.

            Example: recourse user drop-codes amir
            """)
    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let handle = handle
        let user = try await Connection.use(shared) { desk in try await desk.client.dropCodes(handle) }
        print(shared.json ? user.line : "\(user.handle) has no codes any more, and sets up new ones when they next sign in")
    }
}
