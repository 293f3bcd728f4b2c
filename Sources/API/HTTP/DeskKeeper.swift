import Chronicle
import EventStorage
import Logging
import Runtime
import ServiceLifecycle

/// What goes on behind the counter: instructions go out to the exchange, what its users did comes in, and deadlines are rung when they pass.
/// Woken by every commit, and at least once a second for what only time brings.
public struct DeskKeeper: Service {
    private let desk: Desk
    private let exchange: any Exchange
    private let log: Logger

    public init(_ desk: Desk, _ exchange: any Exchange, log: Logger) { (self.desk, self.exchange, self.log) = (desk, exchange, log) }

    /// Commits that come together are looked at together.
    private static let breath = Duration.milliseconds(20)

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var seen: Int64 = 0
            var swept: Instant?
            while !Task.isCancelled {
                do {
                    _ = try await Upkeep(desk, exchange).look { [desk] in desk.surroundings.now() }
                    try await sweep(&swept)
                    seen = try await desk.store.head().sequence
                    seen = try await desk.store.wait(after: seen, timeout: .seconds(1)).sequence
                } catch {
                    log.error("the desk could not look after its outbox and deadlines", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
                try? await Task.sleep(for: DeskKeeper.breath)
            }
        }
    }

    /// How often what nobody finished is removed.
    private static let sweepEvery = Span.minutes(10)

    private func sweep(_ last: inout Instant?) async throws {
        let now = desk.surroundings.now()
        if let last, now - last < DeskKeeper.sweepEvery { return }
        if last == nil { try await desk.sweepOrphanedUploads() }
        last = now
        try await desk.sweepUploads()
    }
}
