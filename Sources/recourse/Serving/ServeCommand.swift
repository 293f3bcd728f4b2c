import API
import ArgumentParser
import Chronicle
import Correspondence
import Logging
import Runtime
import Wire

/// `recourse serve`: the desk on the network.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the desk over HTTP until told to stop.",
        discussion: """
            Prints where it listens once it does. SIGTERM and SIGINT let nobody in any more, finish what was begun, and end it.

            A store that is not there is made. Where no policy pack is in force, the one in --policy is put in force; where nobody has a key, \
            one that opens everything is written to operator.key in the store.

            The exchange is asked at --exchange; the secret shared with it is in $RECOURSE_EXCHANGE_SECRET (whsec_…), the new one before the old \
            one while it is being changed.

            Staff come in by identity providers, and parties by links, where the desk knows its own --address.

            Without --tls-certificate it speaks plain HTTP: put it behind something that does not, or keep it on this machine.

            Example: recourse serve --store Data/desk --port 8080
            """)

    @Option(name: .long, help: ArgumentHelp("The address to listen on.", valueName: "host")) var host = "127.0.0.1"
    @Option(name: .long, help: ArgumentHelp("The port; 0 lets the system choose.", valueName: "number")) var port = 8080
    @Option(name: .customLong("tls-certificate"), help: ArgumentHelp("The certificate chain, PEM.", valueName: "file")) var certificate: String?
    @Option(name: .customLong("tls-key"), help: ArgumentHelp("Its key, PEM.", valueName: "file")) var privateKey: String?
    @Option(name: .long, help: ArgumentHelp("Where the exchange answers; without it the sandbox in the store.", valueName: "url")) var exchange: String?
    @Option(name: .long, help: ArgumentHelp("The pack for a store without one.", valueName: "folder")) var policy = "Policy"
    @Option(name: .customLong("log-level"), help: ArgumentHelp("error, warning, notice, info or debug.", valueName: "level")) var level = "notice"
    @OptionGroup var entering: EnteringOptions
    @OptionGroup var webhooks: WebhookOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard 0...65_535 ~= port else { throw ValidationError("--port is a number from 0 to 65535") }
        guard (certificate == nil) == (privateKey == nil) else { throw ValidationError("--tls-certificate and --tls-key belong together") }
        guard shared.at == nil else { throw ValidationError("a served desk goes by the machine's clock; --at is for single commands") }
        guard Logger.Level(rawValue: level) != nil else { throw ValidationError("“\(level)” is not a level of logging") }
    }

    mutating func run() async throws {
        let me = self
        // A store that is not there yet is made: serving is all somebody may ever do with it.
        if !shared.folder.exists {
            let key = try await OpenDesk.make(shared, rehearsal: false)
            Console.complain("recourse: made an empty store in \(shared.folder.path); its log's key, to publish: \(key)")
        }
        let secrets = try exchangeSecrets()
        let line = exchange.map { HTTPExchange(.init(address: $0, secrets: secrets)) }
        try await OpenDesk.use(shared, exchange: line) { desk in
            try await me.furnish(desk)
            var log = Logger(label: "recourse.serve") { JSONLinesLog(label: $0) }
            log.logLevel = Logger.Level(rawValue: me.level) ?? .notice
            let own = try me.entering.address()
            let providers = HTTPProviderLine(speaksPlainly: me.entering.httpProviders)
            let hooks = me.webhooks.line()
            let server = DeskServer(
                desk.desk, desk.exchange, isRehearsal: desk.isRehearsal, signer: try? LogKey.signer(of: desk.folder),
                .init(
                    host: me.host, port: me.port, certificate: me.certificate, privateKey: me.privateKey, exchangeSecrets: secrets,
                    socket: me.socket(of: desk.folder), address: own, providerLine: providers, webhookLine: hooks), log: log)
            let scheme = me.certificate == nil ? "http" : "https"
            let (host, json) = (me.host, me.shared.json)
            var failure: (any Error)?
            do {
                try await server.run { port in
                    let address = "\(scheme)://\(host):\(port)"
                    Console.say(json ? JSON.object([("listening", .text(address))]).line : "listening on \(address)")
                }
            } catch { failure = error }
            // Lines that are dropped while open end the process where it stands.
            try await providers.close()
            try await line?.close()
            await hooks.close()
            if let failure { throw failure }
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

    private func exchangeSecrets() throws -> [WebhookSecret] {
        let words = (Console.variable("RECOURSE_EXCHANGE_SECRET") ?? "").split(separator: " ")
        let secrets = words.compactMap { WebhookSecret(String($0)) }
        guard secrets.count == words.count else { throw Failure("RECOURSE_EXCHANGE_SECRET is not whsec_ and 24 to 64 bytes in base64") }
        guard exchange == nil || !secrets.isEmpty else { throw Failure("the exchange is asked with signed questions: set RECOURSE_EXCHANGE_SECRET") }
        return secrets
    }

    /// What a desk cannot be served without: rules, and somebody who may let others in.
    private func furnish(_ desk: OpenDesk) async throws {
        do { _ = try await desk.desk.policies.inForce() } catch DeskError.noPolicyInForce {
            if WholeFile.isDirectory(policy) {
                let published = try await desk.desk.publish(try PackFolder.read(policy), by: .machine("operator")).policy
                Console.complain("recourse: the pack in \(policy), \(published.hash.short), is in force from now on")
            } else {
                Console.complain("recourse: no policy pack is in force and there is none in \(policy); nothing can be decided before one is published")
            }
        }
        guard try await desk.desk.accessKeys().isEmpty else { return }
        let key = try await desk.desk.issueKey(
            to: .machine(name: "operator", scopes: KeyHolder.scopes), label: "made when the desk was first served", by: .machine("operator"))
        let file = desk.folder.operatorKey
        try WholeFile.write(Array((key.text + "\n").utf8), to: file, permissions: 0o600)
        Console.complain("recourse: a key that opens everything is in \(file), readable by you alone")
    }
}
