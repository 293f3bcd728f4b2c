import AsyncHTTPClient
import NIOCore
import NIOSSL
import Runtime

/// HTTP clients, each of which connects to one address and no other, whatever the name it asks for has come to mean since: the address that was judged
/// is the one that is used (DNS rebinding). Kept while they are in use and for the next message after, so that a line stays open.
actor PinnedClients {
    /// Whom a client speaks to: the name for the certificate and the `Host`, and where that is.
    struct Pin: Hashable, Sendable {
        let place: String
        let host: String
        let address: NetworkAddress
    }

    private struct Kept {
        let client: HTTPClient
        var users = 0
        var lastUse = 0
    }

    private static let keptMax = 64

    private let trustedCertificates: String?
    private var kept: [Pin: Kept] = [:]
    private var uses = 0

    /// - Parameter trustedCertificates: a PEM file of authorities trusted besides the system's.
    init(trustedCertificates: String?) { self.trustedCertificates = trustedCertificates }

    func take(_ pin: Pin) -> HTTPClient {
        uses += 1
        var entry = kept[pin] ?? Kept(client: client(pin))
        entry.users += 1
        entry.lastUse = uses
        kept[pin] = entry
        return entry.client
    }

    func giveBack(_ pin: Pin) async {
        kept[pin]?.users -= 1
        guard kept.count > PinnedClients.keptMax, let oldest = kept.filter({ $0.value.users == 0 }).min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return
        }
        kept[oldest.key] = nil
        try? await oldest.value.client.shutdown()
    }

    func close() async {
        let clients = kept.values.map(\.client)
        kept = [:]
        for client in clients { try? await client.shutdown() }
    }

    private func client(_ pin: Pin) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let trustedCertificates { tls.additionalTrustRoots = [.file(trustedCertificates)] }
        // A redirect would carry what happened to somebody's case to where nobody was asked about.
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.dnsOverride = [pin.host: "\(pin.address)"]
        configuration.httpVersion = .http1Only
        // Whether a failed connection is tried again is the courier's to say.
        configuration.connectionPool.retryConnectionEstablishment = false
        let address = pin.address
        configuration.http1_1ConnectionDebugInitializer = { channel in
            // The override did it; should it ever not, nothing leaves.
            guard let reached = channel.remoteAddress?.ipAddress.flatMap({ NetworkAddress($0) }), reached == address else {
                return channel.eventLoop.makeFailedFuture(NotThere())
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Connected to another address than the one that was judged.
    struct NotThere: Error {}
}
