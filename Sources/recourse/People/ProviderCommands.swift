import ArgumentParser
import Chronicle
import Runtime

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
        let me = self
        try await OpenDesk.use(shared) { desk in
            try await ProviderCommands.plainly {
                guard let name = ProviderName(me.name) else { throw ProviderRefusal.notAName(me.name) }
                guard let issuer = WebAddress(me.issuer) else { throw ProviderRefusal.notAnIssuer(me.issuer) }
                let provider = try IdentityProvider(
                    name: name, issuer: issuer, clientID: me.client, subjectClaim: me.claim, emailDomains: me.domain,
                    vouchesForSecondFactor: me.secondFactor)
                let secret = Console.variable("RECOURSE_CLIENT_SECRET")
                try await desk.desk.trust(provider, secret: secret, by: try await desk.operatorOrNamed())
                try await desk.show(provider, in: me.shared)
            }
        }
    }
}

struct ListProviders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List providers: who they are, and who may come in on the word of each.", discussion: "Example: recourse provider list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let shared = shared
        try await OpenDesk.use(shared) { desk in
            let providers = try await desk.desk.providers()
            if providers.isEmpty, !shared.json { return print("No provider's word is taken.") }
            for (provider, _) in providers { try await desk.show(provider, in: shared) }
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
        try await OpenDesk.use(shared) { desk in
            try await ProviderCommands.plainly {
                let name = try ProviderCommands.name(me.name)
                try await desk.desk.dropProvider(name, because: me.because, by: try await desk.operatorOrNamed())
                print(me.shared.json ? JSON.object([("removed", .text(name.text))]).line : "\(name) lets nobody in any more")
            }
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
        try await OpenDesk.use(shared) { desk in
            try await ProviderCommands.plainly {
                let name = try ProviderCommands.name(me.name)
                try await desk.desk.bind(me.handle, to: name, subject: me.subject, by: try await desk.operatorOrNamed())
                try await desk.show(try await desk.desk.provider(name), in: me.shared)
            }
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
        try await OpenDesk.use(shared) { desk in
            try await ProviderCommands.plainly {
                let name = try ProviderCommands.name(me.name)
                try await desk.desk.unbind(me.handle, from: name, by: try await desk.operatorOrNamed())
                try await desk.show(try await desk.desk.provider(name), in: me.shared)
            }
        }
    }
}

extension ProviderCommands {
    fileprivate static func name(_ text: String) throws -> ProviderName {
        guard let name = ProviderName(text) else { throw ProviderRefusal.unknown(text) }
        return name
    }

    /// A refusal as the sentence a person reads.
    fileprivate static func plainly(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let refusal as ProviderRefusal { throw Failure("\(refusal)") }
    }
}

extension OpenDesk {
    fileprivate func show(_ provider: IdentityProvider, in shared: SharedOptions) async throws {
        let handles = try await desk.boundHandles(of: provider.name)
        guard !shared.json else {
            let fields: [(String, JSON)] = [
                ("name", .text(provider.name.text)), ("issuer", .text(provider.issuer.text)), ("client_id", .text(provider.clientID)),
                ("subject_claim", .text(provider.subjectClaim)), ("email_domains", .list(provider.emailDomains.map { .text($0) })),
                ("second_factor", .boolean(provider.vouchesForSecondFactor)), ("handles", .list(handles.map { .text($0) })),
            ]
            return print(JSON.object(fields).line)
        }
        let who = handles.isEmpty ? "nobody yet: recourse provider bind \(provider.name) HANDLE --subject ID" : handles.joined(separator: ", ")
        let factor = provider.vouchesForSecondFactor ? "its word for a second factor is taken" : "codes are asked for here"
        print("\(provider.name)  \(provider.issuer.text) as \(harmless(provider.clientID)), by “\(provider.subjectClaim)”; \(factor)")
        if !provider.emailDomains.isEmpty { print("  only addresses of \(provider.emailDomains.joined(separator: ", "))") }
        print("  lets in \(who)")
    }
}
