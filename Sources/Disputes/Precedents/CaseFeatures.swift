import Chronicle
import Policies
import Timekeeping

/// What of a case is compared with others when like cases are to be decided alike (MiCA complaints RTS Art. 6(1)): codes and counts, never words,
/// so that the comparison needs no personal data and an erased person leaves it as it was.
public struct CaseFeatures: Hashable, Sendable {
    public let type: CaseTypeCode
    public let reason: ReasonCode
    public let rail: RailCode?
    /// In which capacity the filer came: buyer, seller, merchant …
    public let filedBy: Filer?
    /// Did the other side say anything?
    public let answered: Bool
    /// Is a merchant a party?
    public let merchant: Bool
    public let jurisdiction: Jurisdiction?
    /// The binary order of magnitude of what it is worth in the pack's value asset (minor units); `nil` where it has no price.
    public let magnitude: Int?
    public let evidence: Set<Shown>
    public let simulated: Bool

    /// Evidence of one type on file, and whose.
    public struct Shown: Hashable, Sendable, Comparable {
        public let side: Side?
        public let type: EvidenceCode
        public init(side: Side?, type: EvidenceCode) { (self.side, self.type) = (side, type) }
        public static func < (a: Shown, b: Shown) -> Bool { (a.type, a.side?.rawValue ?? "") < (b.type, b.side?.rawValue ?? "") }
    }

    public init(
        type: CaseTypeCode, reason: ReasonCode, rail: RailCode?, filedBy: Filer?, answered: Bool, merchant: Bool, jurisdiction: Jurisdiction?,
        magnitude: Int?, evidence: Set<Shown>, simulated: Bool
    ) {
        (self.type, self.reason, self.rail, self.filedBy, self.answered) = (type, reason, rail, filedBy, answered)
        (self.merchant, self.jurisdiction, self.magnitude, self.evidence, self.simulated) = (merchant, jurisdiction, magnitude, evidence, simulated)
    }

    /// - Parameter ruling: with it, only what was on file when it was made.
    public init(of dispute: Case, at ruling: Ruling? = nil) {
        let onFile = ruling.map { ruling in
            let hashes = Set(ruling.evidence)
            return dispute.exhibits.filter { hashes.contains($0.sha256) }
        }
        self.init(
            type: dispute.type, reason: dispute.reason, rail: dispute.order?.rail, filedBy: dispute.principal(.filer)?.capacity, answered: dispute.answered,
            merchant: dispute.parties.contains { $0.merchant != nil }, jurisdiction: dispute.jurisdiction,
            magnitude: dispute.value.map { CaseFeatures.magnitude(of: $0.minorUnits) },
            evidence: Set((onFile ?? dispute.exhibits).map { Shown(side: $0.side, type: $0.type) }), simulated: dispute.simulated)
    }

    /// The position of the highest bit: 0 for nothing, 10 for 512 … 1,023.
    static func magnitude(of minorUnits: some BinaryInteger) -> Int {
        let size = UInt64(clamping: minorUnits)
        return UInt64.bitWidth - size.leadingZeroBitCount
    }
}
