import Chronicle
import Disputes

/// How far an import is.
public struct ImportTally: WireBody {
    public struct Rejection: WireBody {
        /// In the file, from 1.
        public let line: Int
        public let reason: String
        public init(line: Int, reason: String) { (self.line, self.reason) = (line, reason) }
    }

    public var imported: Int
    /// Were here before, with the same content.
    public var unchanged: Int
    public var rejected: Int
    /// Those rejected since the last line of the answer.
    public var rejections: [Rejection]
    /// This is the last line.
    public var finished: Bool
    /// Why it ended before the end of the file.
    public var failure: String?

    public init(imported: Int, unchanged: Int, rejected: Int, rejections: [Rejection], finished: Bool, failure: String?) {
        (self.imported, self.unchanged, self.rejected) = (imported, unchanged, rejected)
        (self.rejections, self.finished, self.failure) = (rejections, finished, failure)
    }
}

/// What lets time and the exchange act brought about.
public struct UpkeepView: WireBody {
    public let carriedOut: Int
    public let refused: Int
    public let closedByParties: Int
    public let woken: Int
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case refused, woken
        case carriedOut = "carried_out"
        case closedByParties = "closed_by_parties"
        case asOf = "as_of"
    }

    public init(carriedOut: Int, refused: Int, closedByParties: Int, woken: Int, asOf: Int64) {
        (self.carriedOut, self.refused, self.closedByParties, self.woken, self.asOf) = (carriedOut, refused, closedByParties, woken, asOf)
    }
}

/// Somebody was erased.
public struct ErasureView: WireBody {
    public let party: PartyID
    public let erased: Bool
    public init(party: PartyID, erased: Bool) { (self.party, self.erased) = (party, erased) }
}
