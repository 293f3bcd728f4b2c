import Chronicle
import Crypto

/// A message with who sent it provable, as Standard Webhooks has it: `webhook-id`, `webhook-timestamp`, `webhook-signature`, where the signature is
/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. While a secret is being changed there are several, apart by blanks.
public struct SignedMessage: Hashable, Sendable {
    public let id: String
    /// Seconds since 1970.
    public let timestamp: Int64
    public let signatures: String

    public init(id: String, timestamp: Int64, signatures: String) { (self.id, self.timestamp, self.signatures) = (id, timestamp, signatures) }

    /// Signs with every secret given, so that whoever still has the old one can read it.
    public init(_ body: [UInt8], id: String, at now: Instant, with secrets: [WebhookSecret]) {
        (self.id, timestamp) = (id, now.milliseconds / 1_000)
        let content = SignedMessage.content(id, timestamp, body)
        signatures = secrets.map { "v1," + $0.sign(content) }.joined(separator: " ")
    }

    /// Older or newer than this it may be somebody else's copy (the specification's own tolerance).
    public static let toleranceSeconds: Int64 = 300

    /// Signed with one of these secrets, and of now?
    public func isGood(for body: [UInt8], at now: Instant, knowing secrets: [WebhookSecret]) -> Bool {
        guard abs(now.milliseconds / 1_000 - timestamp) <= SignedMessage.toleranceSeconds else { return false }
        let content = SignedMessage.content(id, timestamp, body)
        let shown = signatures.split(separator: " ").filter { $0.hasPrefix("v1,") }.map { $0.dropFirst(3) }
        return secrets.contains { secret in
            let expected = secret.sign(content)
            return shown.contains { equalInConstantTime($0, expected) }
        }
    }

    private static func content(_ id: String, _ timestamp: Int64, _ body: [UInt8]) -> [UInt8] { Array("\(id).\(timestamp).".utf8) + body }
}

/// A secret two sides share: `whsec_` and 24 to 64 bytes in base64.
public struct WebhookSecret: Hashable, Sendable {
    private let bytes: [UInt8]

    public init?(_ text: String) {
        guard text.hasPrefix("whsec_"), let bytes = Base64.decode(text.dropFirst(6)), 24...64 ~= bytes.count else { return nil }
        self.bytes = bytes
    }

    /// - Parameter random: 24 to 64 bytes nobody else knows.
    public init(random: [UInt8]) { bytes = random }

    public var text: String { "whsec_" + Base64.encode(bytes) }

    func sign(_ content: [UInt8]) -> String {
        Base64.encode(Array(HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: bytes))))
    }
}
