import Chronicle
import Glibc
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import Runtime
import ServiceLifecycle
import UnixSignals
import Wire

/// The desk as a server: its door and what goes on behind it, started and stopped as one.
public struct DeskServer: Sendable {
    public struct Settings: Sendable {
        public var host: String
        public var port: Int
        /// Certificate chain and key, PEM files; without them the desk speaks plain HTTP and belongs behind something that does not.
        public var certificate: String?
        public var privateKey: String?
        /// What is shared with the exchange.
        public var exchangeSecrets: [WebhookSecret]
        /// A socket in the store's own folder, for whoever may open that folder; the path must be short enough for one (107 bytes).
        public var socket: String?
        /// As browsers know this desk, `https://desk.example`: where providers send people back to, and links lead.
        public var address: WebAddress?
        /// How identity providers are asked; without it nobody comes in on their word.
        public var providerLine: (any ProviderLine)?
        /// The pages of the desk; without them it is an API alone.
        public var elsewhere: Elsewhere?
        /// What whoever reads `/metrics` shows; without it whoever reaches the desk reads them.
        public var metricsKey: String?
        /// The way to operators' systems; without it no webhook is made or sent.
        public var webhookLine: (any WebhookLine)?

        public init(
            host: String = "127.0.0.1", port: Int = 8080, certificate: String? = nil, privateKey: String? = nil, exchangeSecrets: [WebhookSecret] = [],
            socket: String? = nil, address: WebAddress? = nil, providerLine: (any ProviderLine)? = nil, webhookLine: (any WebhookLine)? = nil,
            metricsKey: String? = nil, elsewhere: Elsewhere? = nil
        ) {
            (self.host, self.port, self.certificate, self.privateKey) = (host, port, certificate, privateKey)
            (self.exchangeSecrets, self.socket, self.address) = (exchangeSecrets, socket, address)
            (self.providerLine, self.webhookLine, self.metricsKey, self.elsewhere) = (providerLine, webhookLine, metricsKey, elsewhere)
        }
    }

    private let desk: Desk
    private let exchange: any Exchange
    private let isRehearsal: Bool
    private let signer: NoteSigner?
    private let settings: Settings
    private let log: Logger

    public init(_ desk: Desk, _ exchange: any Exchange, isRehearsal: Bool, signer: NoteSigner?, _ settings: Settings, log: Logger) {
        (self.desk, self.exchange, self.isRehearsal, self.signer) = (desk, exchange, isRehearsal, signer)
        (self.settings, self.log) = (settings, log)
    }

    /// Serves until the process is told to end (SIGTERM, SIGINT); then lets nobody in, finishes what was begun, and returns.
    /// - Parameter started: called with the port once it is open.
    public func run(started: @escaping @Sendable (Int) async -> Void) async throws {
        let (meters, gate) = (Meters(), Gate(Gate.requestsMax))
        let office = settings.webhookLine.map { WebhookOffice(desk, $0) }
        let counter = Counter(
            desk: desk, exchange: exchange, isRehearsal: isRehearsal, signer: signer, exchangeSecrets: settings.exchangeSecrets,
            address: settings.address, providerLine: settings.providerLine, webhooks: office)
        let standing = Standing(
            desk: desk, meters: meters, gate: gate, webhooks: office.map { WebhookFigures(desk: desk, office: $0) }, document: PackageResources.openapi_yaml,
            metricsKey: settings.metricsKey)
        func responder(_ doorkeeper: Doorkeeper) -> DeskResponder {
            DeskResponder(
                counter: counter, doorkeeper: doorkeeper, gate: gate, meters: meters, standing: standing, isEncrypted: settings.certificate != nil, log: log,
                elsewhere: doorkeeper.counts ? settings.elsewhere : nil)
        }
        var services: [any Service] = [DeskKeeper(desk, exchange, log: log)]
        if let office { services.append(WebhookKeeper(office: office)) }
        if let socket = settings.socket { services.append(folderDoor(responder(.name), at: socket)) }
        let application = Application(
            responder: responder(.proof(Identity(desk, demandsSecondFactor: !isRehearsal))), server: try channel(),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil), services: services,
            onServerRunning: { channel in await started(channel.localAddress?.port ?? 0) }, logger: log)
        try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        if let socket = settings.socket { unlink(socket) }
    }

    /// What a crash left of the socket goes first: nobody else can be serving this store.
    private func folderDoor(_ responder: DeskResponder, at socket: String) -> some Service {
        unlink(socket)
        return Application(
            responder: responder, configuration: .init(address: .unixDomainSocket(path: socket), serverName: nil),
            onServerRunning: { _ in _ = chmod(socket, 0o600) }, logger: log)
    }

    private func channel() throws -> HTTPServerBuilder {
        // A header of 80 kB says nothing a desk wants to hear; a connection that says nothing for a minute is given back.
        var configuration = HTTP1Channel.Configuration(idleTimeout: .seconds(60))
        configuration.httpDecoder = .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
        let plain = HTTPServerBuilder.http1(configuration: configuration)
        guard let certificate = settings.certificate, let privateKey = settings.privateKey else { return plain }
        return try .tls(plain, tlsConfiguration: try TLSFiles(certificate: certificate, privateKey: privateKey).configuration())
    }
}
