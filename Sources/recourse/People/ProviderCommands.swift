import ArgumentParser
import Chronicle
import RecourseClient
import Wire

/// `recourse provider …`: whose word is taken for who members of staff are.
struct ProviderCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Let members of staff in on the word of an OpenID provider.",
        discussion: """
            A provider lets in whoever is bound to an account there, and makes no accounts of its own.

            Example: recourse provider add keycloak --issuer https://sso.example/realms/staff --client recourse
            """,
        subcommands: [AddProvider.self, ListProviders.self, RemoveProvider.self, BindAccount.self, UnbindAccount.self])
}

struct AddProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Take a provider's word from now on, or take it in another way.",
        discussion: """
            The client's secret is read from $RECOURSE_CLIENT_SECRET, sealed, and shown to nobody again; without one, what there was stays, and a \
            provider that gave none is asked without.

            Examples:
              recourse provider add keycloak --issuer https://sso.example/realms/staff --client recourse --second-factor
              recourse provider add entra --issuer https://login.microsoftonline.com/TENANT/v2.0 --client 1b4d… --subject-claim oid
            """)

    @Argument(help: ArgumentHelp("What it is called here: a–z, 0–9, -.", valueName: "name")) var name: String
    @Option(name: .long, help: ArgumentHelp("The issuer, as it stands in its tokens.", valueName: "url")) var issuer: String
    @Option(name: .long, help: ArgumentHelp("What the provider calls this desk.", valueName: "id")) var client: String
    @Option(name: .customLong("subject-claim"), help: ArgumentHelp("The claim that tells people apart for ever.", valueName: "claim")) var claim = "sub"
    @Option(
        name: .customLong("email-domain"), help: ArgumentHelp("Let in only verified addresses of this domain; repeat for more.", valueName: "domain"))
    var domain: [String] = []
    @Flag(name: .customLong("second-factor"), help: "Take its word (amr with mfa) for a second factor.") var secondFactor = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        var provider = ProviderBody(issuer: issuer, clientID: client)
        (provider.subjectClaim, provider.emailDomains, provider.secondFactor) = (claim, domain, secondFactor)
        provider.clientSecret = Console.variable("RECOURSE_CLIENT_SECRET")
        let (name, trusted) = (name, provider)
        try await Connection.use(shared) { desk in desk.show(try await desk.client.trustProvider(name, trusted)) }
    }
}

struct ListProviders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List providers: who they are, and who may come in on the word of each.", discussion: "Example: recourse provider list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await Connection.use(shared) { desk in
            let providers = try await desk.client.listProviders().providers
            if providers.isEmpty, !desk.options.json { return print("No provider's word is taken.") }
            for provider in providers { desk.show(provider) }
        }
    }
}

struct RemoveProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take its word no more: bindings end, and whoever may have come in by it is signed out.",
        discussion: "Example: recourse provider remove keycloak --because \"moved to another\"")
    @Argument(help: ArgumentHelp("Its name here.", valueName: "name")) var name: String
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            let provider = try await desk.client.dropProvider(me.name, because: me.because)
            print(me.shared.json ? provider.line : "\(provider.name) lets nobody in any more")
        }
    }
}

struct BindAccount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind", abstract: "Say which account at a provider is somebody's: it lets them in.",
        discussion: """
            The subject is what the provider's claim says of them: their id there, never an address that can pass to another. Only its hash is kept.

            Example: recourse provider bind keycloak amir --subject 6f1c2e0e-7d7f-4a34-9a3e-0f4f3c0f7a11
            """)
    @Argument(help: ArgumentHelp("The provider's name here.", valueName: "name")) var name: String
    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @Option(name: .long, help: ArgumentHelp("Their id there.", valueName: "id")) var subject: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            desk.show(try await desk.client.bindAccount(me.handle, at: me.name, BindingBody(subject: me.subject)))
        }
    }
}

struct UnbindAccount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unbind", abstract: "Let somebody in on its word no more, and sign them out.",
        discussion: "Example: recourse provider unbind keycloak amir")
    @Argument(help: ArgumentHelp("The provider's name here.", valueName: "name")) var name: String
    @Argument(help: ArgumentHelp("Who.", valueName: "handle")) var handle: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in desk.show(try await desk.client.unbindAccount(me.handle, at: me.name)) }
    }
}

extension Connection {
    fileprivate func show(_ provider: ProviderView) {
        guard !options.json else { return print(provider.line) }
        let who =
            provider.handles.isEmpty ? "nobody yet: recourse provider bind \(provider.name) HANDLE --subject ID" : provider.handles.joined(separator: ", ")
        let factor = provider.secondFactor ? "its word for a second factor is taken" : "codes are asked for here"
        print("\(provider.name)  \(provider.issuer) as \(harmless(provider.clientID)), by “\(provider.subjectClaim)”; \(factor)")
        if !provider.emailDomains.isEmpty { print("  only addresses of \(provider.emailDomains.joined(separator: ", "))") }
        if let redirect = provider.redirectURI { print("  to be told to the provider: \(redirect)") }
        print("  lets in \(who)")
    }
}
