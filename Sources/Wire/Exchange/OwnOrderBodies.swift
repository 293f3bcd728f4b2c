import Chronicle
import Disputes
import Policies

/// An order as the exchange describes it to one of its two sides, before there is a case about it.
public struct OwnOrderView: WireBody {
    /// Who is on the other side.
    public struct Other: WireBody {
        public let capacity: Filer
        public let account: String
        public let merchantTier: String?

        enum CodingKeys: String, CodingKey {
            case capacity, account
            case merchantTier = "merchant_tier"
        }

        public init(capacity: Filer, account: String, merchantTier: String?) {
            (self.capacity, self.account, self.merchantTier) = (capacity, account, merchantTier)
        }
    }

    /// What there is about it already.
    public struct Known: WireBody {
        public let id: CaseID
        public let short: String
        public let reason: ReasonCode
        public let open: Bool

        public init(id: CaseID, short: String, reason: ReasonCode, open: Bool) { (self.id, self.short, self.reason, self.open) = (id, short, reason, open) }
    }

    public let reference: String
    /// `p2p`, `card` or `deposit`.
    public let kind: String
    /// Where whoever asks sits: `buyer`, `seller`, or `user` where there is no other side.
    public let chair: Filer
    public let amount: Amount
    public let fiat: Amount?
    public let rail: String?
    public let other: Other?
    /// Where the coins are: `locked`, `paid`, `held`, `released` …
    public let escrow: String
    public let escrowBalance: Amount
    public let created: Instant
    public let markedPaid: Instant?
    public let released: Instant?
    public let cancelled: Instant?
    /// What may be claimed about it as it stands.
    public let reasons: [ReasonCode]
    public let cases: [Known]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case reference, kind, chair, amount, fiat, rail, other, escrow, created, released, cancelled, reasons, cases
        case escrowBalance = "escrow_balance"
        case markedPaid = "marked_paid"
        case asOf = "as_of"
    }

    public init(
        reference: String, kind: String, chair: Filer, amount: Amount, fiat: Amount?, rail: String?, other: Other?, escrow: String, escrowBalance: Amount,
        created: Instant, markedPaid: Instant?, released: Instant?, cancelled: Instant?, reasons: [ReasonCode], cases: [Known], asOf: Int64
    ) {
        (self.reference, self.kind, self.chair, self.amount, self.fiat, self.rail) = (reference, kind, chair, amount, fiat, rail)
        (self.other, self.escrow, self.escrowBalance, self.created) = (other, escrow, escrowBalance, created)
        (self.markedPaid, self.released, self.cancelled) = (markedPaid, released, cancelled)
        (self.reasons, self.cases, self.asOf) = (reasons, cases, asOf)
    }
}
