/// One file of a policy pack as the shell read it. Reading directories is not this module's business.
public struct PackFile: Hashable, Sendable {
    /// Inside the pack, with `/`: `reasons.yaml`, `letters/en/decision.yaml`.
    public let path: String
    public let bytes: [UInt8]

    /// No rule needs a larger file; a larger one is a mistake or an attack.
    public static let bytesMax = 1 << 20
    /// Files in one pack.
    public static let countMax = 2_000

    public init(path: String, bytes: [UInt8]) {
        (self.path, self.bytes) = (path, bytes)
    }
}
