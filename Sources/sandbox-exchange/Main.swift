import ArgumentParser
import Foundation
import Hummingbird
import Logging
import Runtime
import ServiceLifecycle
import UnixSignals
import Wire

/// An exchange to try a desk on: durable double-entry books, orders, escrows, and faults on demand, in a process of its own. Everything in it is
/// simulated.
@main
struct SandboxExchangeProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox-exchange", abstract: "A simulated exchange on the other side of a desk.",
        discussion: """
            The secret it shares with desks is in $RECOURSE_EXCHANGE_SECRET (whsec_…); several, apart by blanks, while one is being changed.

            Example: RECOURSE_EXCHANGE_SECRET=whsec_… sandbox-exchange --journal Data/exchange/journal --port 8090
            """)

    @Option(name: .long, help: ArgumentHelp("Where its books are kept.", valueName: "file")) var journal: String
    @Option(name: .long, help: ArgumentHelp("The address to listen on.", valueName: "host")) var host = "127.0.0.1"
    @Option(name: .long, help: ArgumentHelp("The port; 0 lets the system choose.", valueName: "number")) var port = 8090

    mutating func run() async throws {
        let secrets = (ProcessInfo.processInfo.environment["RECOURSE_EXCHANGE_SECRET"] ?? "").split(separator: " ").compactMap { WebhookSecret(String($0)) }
        guard !secrets.isEmpty else { throw ValidationError("RECOURSE_EXCHANGE_SECRET holds no secret: whsec_ and 24 to 64 bytes in base64") }
        let exchange = try SandboxExchange(opening: journal) { RealSurroundings().now() }
        var log = Logger(label: "sandbox-exchange")
        log.logLevel = .warning
        let host = host
        let application = Application(
            responder: SandboxDoor(exchange: exchange, secrets: secrets), configuration: .init(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in
                print("listening on http://\(host):\(channel.localAddress?.port ?? 0)")
                fflush(nil)
            }, logger: log)
        try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        await exchange.close()
    }
}
