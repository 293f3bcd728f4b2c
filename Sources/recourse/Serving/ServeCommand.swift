import API
import ArgumentParser
import Chronicle
import Correspondence
import Logging
import Runtime
import Wire

#if canImport(Glibc)
    import Glibc
#endif

/// `recourse serve`: the desk on the network.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the desk over HTTP until told to stop.",
        discussion: """
            Prints where it listens once it does. SIGTERM and SIGINT let nobody in any more, finish what was begun, and end it.

            A store that is not there is made. Where no policy pack is in force, the one in --policy is put in force; where nobody has a key, \
            one that opens everything is written to operator.key in the store.

            What is said here can be said in the environment (--log-level as RECOURSE_LOG_LEVEL) or in a file of name: value lines (--config); a \
            flag comes before the environment, that before the file. --print-config shows what holds and who said so, secrets hidden.

            The exchange is asked at --exchange; the secret shared with it is RECOURSE_EXCHANGE_SECRET (whsec_…) or exchange-secret in the file, \
            the new one before the old one while it is being changed.

            Staff come in by identity providers, and parties by links, where the desk knows its own --address.

            Without --tls-certificate it speaks plain HTTP: put it behind something that does not, or keep it on this machine.

            Example: recourse serve --store Data/desk --port 8080
            """)

    @Option(name: .long, help: ArgumentHelp("The address to listen on (default: 127.0.0.1).", valueName: "host")) var host: String?
    @Option(name: .long, help: ArgumentHelp("The port (default: 8080); 0 lets the system choose.", valueName: "number")) var port: String?
    @Option(name: .customLong("tls-certificate"), help: ArgumentHelp("The certificate chain, PEM.", valueName: "file")) var certificate: String?
    @Option(name: .customLong("tls-key"), help: ArgumentHelp("Its key, PEM.", valueName: "file")) var privateKey: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The desk as browsers know it, https://desk.example: providers send staff back to it, links to parties lead to it.", valueName: "url"))
    var address: String?
    @Option(name: .long, help: ArgumentHelp("Where the exchange answers; without it the sandbox in the store.", valueName: "url")) var exchange: String?
    @Option(name: .long, help: ArgumentHelp("The pack for a store without one (default: Policy).", valueName: "folder")) var policy: String?
    @Option(
        name: .customLong("log-level"), help: ArgumentHelp("error, warning, notice (the default), info or debug.", valueName: "level")) var level: String?
    @Flag(name: .customLong("http-providers"), help: "Ask identity providers on this machine over plain HTTP, to try things out.") var httpProviders = false
    @OptionGroup var webhooks: WebhookOptions
    @Option(name: .long, help: ArgumentHelp("A file of settings ($RECOURSE_CONFIG).", valueName: "file")) var config: String?
    @Flag(name: .customLong("print-config"), help: "Print what holds and who said so, and serve nothing.") var printConfig = false
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard shared.at == nil else { throw ValidationError("a served desk goes by the machine's clock; --at is for single commands") }
        guard shared.server == nil else { throw ValidationError("a store is served, not a server: leave out --server") }
    }

    private func settings() throws(Failure) -> ServeSettings {
        var flags: [ServeSetting: String] = [:]
        for (setting, value) in [
            (.store, shared.store), (.host, host), (.port, port), (.certificate, certificate), (.privateKey, privateKey), (.address, address),
            (.exchange, exchange), (.policy, policy), (.logLevel, level),
        ] as [(ServeSetting, String?)] { flags[setting] = value }
        if httpProviders { flags[.httpProviders] = "true" }
        if webhooks.allowLocal { flags[.localWebhooks] = "true" }
        return try ServeSettings(flags: flags, variable: Console.variable, file: config ?? Console.variable("RECOURSE_CONFIG"))
    }

    mutating func run() async throws {
        let settings = try settings()
        if printConfig { return settings.lines(asJSON: shared.json).forEach { print($0) } }
        ServeCommand.heedSignals()
        shared.store = settings[.store]
        let lines = try Lines(settings)
        do { try await serve(settings, lines) } catch {
            try? await lines.close()
            throw error
        }
        try await lines.close()
    }

    /// A container's first process never sees a signal it has no handler for. Until the server has its own they end the program where it stands, which
    /// the store recovers from.
    private static func heedSignals() {
        for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
    }

    /// The ways out of the desk. What is dropped while open ends the process where it stands, so they are closed whatever happens.
    private struct Lines {
        let exchange: HTTPExchange?
        let providers: HTTPProviderLine
        let webhooks: HTTPWebhookLine

        init(_ settings: ServeSettings) throws(Failure) {
            let secrets = try settings.exchangeSecrets()
            exchange = settings[.exchange].map { HTTPExchange(.init(address: $0, secrets: secrets)) }
            providers = HTTPProviderLine(speaksPlainly: settings.isOn(.httpProviders))
            webhooks = HTTPWebhookLine(.init(allowsLocal: settings.isOn(.localWebhooks)))
        }

        func close() async throws {
            await webhooks.close()
            try await providers.close()
            try await exchange?.close()
        }
    }

    private func serve(_ settings: ServeSettings, _ lines: Lines) async throws {
        let own = try settings.address()
        // A store that is not there yet is made: serving is all somebody may ever do with it.
        if !shared.folder.exists {
            let key = try await OpenDesk.make(shared, rehearsal: false)
            Console.complain("recourse: made an empty store in \(shared.folder.path); its log's key, to publish: \(key)")
        }
        let me = self
        try await OpenDesk.use(shared, exchange: lines.exchange) { desk in
            try await me.furnish(desk, settings)
            var log = Logger(label: "recourse.serve") { JSONLinesLog(label: $0) }
            log.logLevel = settings.logLevel
            let (scheme, host, json) = (settings[.certificate] == nil ? "http" : "https", settings[.host] ?? "127.0.0.1", me.shared.json)
            let server = DeskServer(
                desk.desk, desk.exchange, isRehearsal: desk.isRehearsal, signer: try? LogKey.signer(of: desk.folder),
                .init(
                    host: host, port: settings.port, certificate: settings[.certificate], privateKey: settings[.privateKey],
                    exchangeSecrets: try settings.exchangeSecrets(), socket: me.socket(of: desk.folder), address: own, providerLine: lines.providers,
                    webhookLine: lines.webhooks, metricsKey: settings[.metricsKey], elsewhere: try PagesBehind.elsewhere(isRehearsal: desk.isRehearsal)),
                log: log)
            try await server.run { port in
                let address = "\(scheme)://\(host):\(port)"
                Console.say(json ? JSON.object([("listening", .text(address))]).line : "listening on \(address)")
            }
        }
    }

    /// Longest path of a socket the system takes (`sun_path`), with its end.
    private static let socketBytesMax = 107

    /// Commands on a store that is being served come through a socket in its folder.
    private func socket(of folder: StoreFolder) -> String? {
        guard folder.socket.utf8.count <= ServeCommand.socketBytesMax else {
            Console.complain("recourse: the path of the store is too long for a socket in it; commands reach this desk with --server only")
            return nil
        }
        return folder.socket
    }

    /// What a desk cannot be served without: rules, and somebody who may let others in.
    private func furnish(_ desk: OpenDesk, _ settings: ServeSettings) async throws {
        if try await !hasRules(desk) { try await putInForce(settings[.policy] ?? "Policy", desk) }
        try await giveFirstKey(desk)
    }

    private func hasRules(_ desk: OpenDesk) async throws -> Bool {
        do {
            _ = try await desk.desk.policyInForce()
            return true
        } catch {
            guard case .noPolicyInForce = error else { throw error }
            return false
        }
    }

    private func putInForce(_ folder: String, _ desk: OpenDesk) async throws {
        guard WholeFile.isDirectory(folder) else {
            return Console.complain("recourse: no policy pack is in force and there is none in \(folder); nothing can be decided before one is published")
        }
        let published = try await desk.desk.publish(try PackFolder.read(folder), by: .machine("operator")).policy
        Console.complain("recourse: the pack in \(folder), \(published.hash.short), is in force from now on")
    }

    private func giveFirstKey(_ desk: OpenDesk) async throws {
        guard try await desk.desk.accessKeys().isEmpty else { return }
        let key = try await desk.desk.issueKey(
            to: .machine(name: "operator", scopes: KeyHolder.scopes), label: "made when the desk was first served", by: .machine("operator"))
        let file = desk.folder.operatorKey
        try WholeFile.write(Array((key.text + "\n").utf8), to: file, permissions: 0o600)
        Console.complain("recourse: a key that opens everything is in \(file), readable by you alone")
    }
}
