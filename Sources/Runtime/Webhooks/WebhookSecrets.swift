import Chronicle
import EventStorage

/// The secrets a webhook signs with: the one given out last, and while it is being changed those before it. Kept sealed with a key of the webhook's
/// own, which is destroyed with it; to sign they have to be had again, so a hash would not do.
struct WebhookSecrets: Codable, Hashable, Sendable {
    struct Secret: Codable, Hashable, Sendable {
        let bytes: [UInt8]
        /// Signs until then; `nil` for the one given out last.
        var until: Instant?
    }

    private(set) var secrets: [Secret]

    static let bytes = 32
    /// Of secrets that overlap; the oldest gives way.
    static let countMax = 4

    init(_ first: [UInt8]) { secrets = [Secret(bytes: first, until: nil)] }

    /// Adds a new one; those before it sign until `end` at the longest.
    mutating func rotate(to new: [UInt8], oldUntil end: Instant, at now: Instant) {
        let kept = secrets.filter { $0.until.map { $0 > now } ?? true }.map { Secret(bytes: $0.bytes, until: min($0.until ?? end, end)) }
        secrets = [Secret(bytes: new, until: nil)] + kept.filter { $0.until.map { $0 > now } ?? true }.prefix(WebhookSecrets.countMax - 1)
    }

    /// Those that sign now, the newest first.
    func active(at now: Instant) -> [[UInt8]] { secrets.filter { $0.until.map { now < $0 } ?? true }.map(\.bytes) }
}

extension Desk {
    private static let secretsContext = "webhook/secrets"

    func seal(_ secrets: WebhookSecrets, of id: WebhookID) async throws(DeskError) -> RowValue {
        let plain: [UInt8]
        do { plain = try LedgerJSON.encode(secrets) } catch { throw .unreadable(sequence: 0, reason: "a secret cannot be written") }
        let sealed: Sealed
        do { sealed = try await sealer.seal(plain, for: StreamID(id), context: Desk.secretsContext) } catch { throw .sealing(error) }
        do { return .text(String(decoding: try LedgerJSON.encode(sealed), as: UTF8.self)) } catch {
            throw .unreadable(sequence: 0, reason: "a sealed secret cannot be written")
        }
    }

    func openSecrets(_ box: RowValue, of id: WebhookID) async throws(DeskError) -> WebhookSecrets {
        guard let text = box.text, let sealed = try? LedgerJSON.decode(Sealed.self, from: Array(text.utf8)), sealed.owner == StreamID(id) else {
            throw .unreadable(sequence: 0, reason: "the secrets of \(id)")
        }
        let plain: [UInt8]?
        do { plain = try await sealer.openBytes(sealed, context: Desk.secretsContext).content } catch { throw .sealing(error) }
        guard let plain, let secrets = try? LedgerJSON.decode(WebhookSecrets.self, from: plain) else { throw .webhook(.unknown(id.description)) }
        return secrets
    }
}
