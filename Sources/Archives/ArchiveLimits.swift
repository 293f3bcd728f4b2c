/// How much an archive may grow to before it is taken for a bomb.
public struct ArchiveLimits: Hashable, Sendable {
    /// Bytes that may come out of one source.
    public var outputBytesMax: Int64
    /// Bytes out for each byte in. Deflate itself can reach 1,032; tables of text stay below 30.
    public var ratioMax: Int64
    /// Bytes that may come out before the ratio is looked at, so that a small file of one repeated line is let through.
    public var ratioFreeBytes: Int64

    public init(outputBytesMax: Int64, ratioMax: Int64, ratioFreeBytes: Int64) {
        (self.outputBytesMax, self.ratioMax, self.ratioFreeBytes) = (outputBytesMax, ratioMax, ratioFreeBytes)
    }

    /// 4 GiB, 200 to 1 after the first 16 MiB.
    public static let standard = ArchiveLimits(outputBytesMax: 4 << 30, ratioMax: 200, ratioFreeBytes: 16 << 20)
}
