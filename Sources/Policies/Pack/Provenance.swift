/// Where a rule comes from and how far it may be trusted. Every row with a number carries one.
public struct Provenance: Hashable, Sendable {
    /// How sure we are: from the text of the rule itself down to “known, not verified”.
    public enum Confidence: String, Hashable, Sendable, CaseIterable {
        case high, medium, low
        /// From knowledge, marked [K] in the source table: check before it goes into a compliance report.
        case unverified
        /// Our own proposal.
        case proposal
        /// Looked for, not found.
        case notFound = "not-found"
    }

    /// Keys into the pack's `sources` (`R1 R4`), or a published rule's name.
    public let source: String
    public let confidence: Confidence
    /// What a reader should know before relying on it.
    public let note: String?

    public init(source: String, confidence: Confidence, note: String? = nil) {
        (self.source, self.confidence, self.note) = (source, confidence, note)
    }
}
