import Chronicle
import Disputes
import Policies

/// How a party stands with this desk: what is on record, counted, and nothing that nobody said.
public struct StandingView: WireBody {
    /// What the exchange said of a merchant when the newest case of theirs opened.
    public struct AsMerchant: WireBody {
        public let tier: String
        public let deposit: Amount?
        public let said: Instant

        public init(tier: String, deposit: Amount?, said: Instant) { (self.tier, self.deposit, self.said) = (tier, deposit, said) }
    }

    public struct Penalised: WireBody {
        public let dispute: CaseID
        public let penalty: PenaltyCode
        public let title: String
        public let points: Int

        enum CodingKeys: String, CodingKey {
            case penalty, title, points
            case dispute = "case"
        }

        public init(dispute: CaseID, penalty: PenaltyCode, title: String, points: Int) {
            (self.dispute, self.penalty, self.title, self.points) = (dispute, penalty, title, points)
        }
    }

    /// Decided cases by whom they went against.
    public struct Decided: WireBody {
        /// The denominator of the other three.
        public let cases: Int
        public let against: Int
        public let favoured: Int
        public let neither: Int

        public init(against: Int, favoured: Int, neither: Int) {
            (cases, self.against, self.favoured, self.neither) = (against + favoured + neither, against, favoured, neither)
        }
    }

    /// As the exchange calls the party, where it said.
    public let account: String?
    public let merchant: AsMerchant?
    public let open: Int
    /// Open ones in which the next move is the party's.
    public let waiting: Int
    public let closed: Int
    public let decided: Decided
    public let settled: Int
    /// Of penalties in force.
    public let points: Int
    public let penalties: [Penalised]
    /// Only the newest cases were counted.
    public let partial: Bool
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case account, merchant, open, waiting, closed, decided, settled, points, penalties, partial
        case asOf = "as_of"
    }

    public init(
        account: String?, merchant: AsMerchant?, open: Int, waiting: Int, closed: Int, decided: Decided, settled: Int, penalties: [Penalised], partial: Bool,
        asOf: Int64
    ) {
        (self.account, self.merchant, self.open, self.waiting, self.closed) = (account, merchant, open, waiting, closed)
        (self.decided, self.settled, self.penalties, self.partial, self.asOf) = (decided, settled, penalties, partial, asOf)
        points = penalties.reduce(0) { $0 + $1.points }
    }
}

/// What a merchant's key is for. It can be taken back, and ends by itself.
public struct OwnKeyBody: WireBody {
    public var label: String
    /// At most a year from now; ninety days unless said.
    public var expires: Instant?

    public init(label: String, expires: Instant? = nil) { (self.label, self.expires) = (label, expires) }
}
