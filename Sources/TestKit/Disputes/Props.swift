import Chronicle
import Disputes
import Policies

/// Things a scene needs on stage: sealed sentences, openings, drafts.
public enum Props {
    /// A sealed sentence; the core never looks inside.
    public static func said(_ text: String, by who: Cast = .agent) -> Sealed {
        Sealed(owner: StreamID(who.party), box: Array(text.utf8))
    }

    public static let english: Language = code("en")
    public static let malaysia: Jurisdiction = code("MY")

    public static func amount(_ text: String) -> Amount { (try? Amount(parsing: text)) ?? Amount(minorUnits: 0, of: Props.nothing) }
    private static let nothing: Asset = {
        guard let asset = Asset(code: "NONE", decimals: 0) else { preconditionFailure("NONE is a legal code") }
        return asset
    }()

    static func code<Kind>(_ text: String) -> Code<Kind> {
        guard let code = Code<Kind>(text) else { preconditionFailure("“\(text)” is not a code") }
        return code
    }

    /// A P2P order of 1,200 USDT held in escrow, disputed by one side of it.
    public static func escrowed(
        _ reason: String = "P2P-B01", by filer: Cast = .buyer, amount: String = "1200.000000 USDT", value: String? = nil, rail: String? = "SEPA-INSTANT",
        order: String = "ORD-1", id: CaseID, merchant: Bool = false
    ) -> CaseCommand {
        let other: Cast = filer == .buyer ? .seller : .buyer
        func capacity(_ who: Cast) -> Filer { who == .buyer ? .buyer : .seller }
        let parties = [
            Party(id: filer.party, side: .filer, capacity: capacity(filer), language: code("en"), jurisdiction: code("MY"), account: code("acc-filer")),
            Party(
                id: other.party, side: .other, capacity: capacity(other), language: code("es"), jurisdiction: code("MY"),
                merchant: merchant ? Party.Merchant(tier: "regular", deposit: Props.amount("10000.000000 USDT")) : nil, account: code("acc-other")),
        ]
        let snapshot = OrderSnapshot(
            reference: order, amount: Props.amount(amount), fiat: Props.amount("1200.00 EUR"), rail: rail.map { code($0) },
            buyer: Cast.buyer.party, seller: Cast.seller.party, escrowHeld: true)
        return .open(
            .init(
                id: id, type: code("P2P-LIVE"), claim: Claim(by: filer.party, reason: code(reason), statement: said("I paid", by: filer)),
                parties: parties, order: snapshot, value: Props.amount(value ?? amount), language: code("en"), jurisdiction: code("MY"), channel: "app"))
    }

    /// A claim for this reason, by whom it is for, with everybody it needs.
    public static func opening(of reason: Reason, _ policy: Policy, id: CaseID, amount text: String = "100.000000 USDT") -> CaseCommand {
        let type = policy.caseTypes[reason.caseType]
        let two = type?.sides == .two
        func party(_ who: Cast, _ side: Side, _ capacity: Filer) -> Party {
            Party(
                id: who.party, side: side, capacity: capacity, language: english, jurisdiction: malaysia,
                merchant: side == .other ? .init(tier: "regular", deposit: Props.amount("10000.000000 USDT")) : nil, account: nil)
        }
        let capacity: Filer = reason.filer == .any ? .buyer : reason.filer
        let opposite: Filer = capacity == .buyer || capacity == .payer ? .seller : .buyer
        let parties = [party(.buyer, .filer, capacity)] + (two ? [party(.seller, .other, opposite)] : [])
        let amount = Props.amount(text)
        let order = OrderSnapshot(
            reference: "ORD-7", amount: amount, rail: code("SEPA-INSTANT"), buyer: Cast.buyer.party, seller: Cast.seller.party,
            escrowHeld: type?.escrowHeld == true)
        return .open(
            .init(
                id: id, type: reason.caseType, claim: Claim(by: Cast.buyer.party, reason: reason.code, statement: said("it went wrong")),
                parties: parties, order: two ? order : nil, amount: amount, value: amount, language: english,
                jurisdiction: reason.caseType.text == "COMPLAINT" ? malaysia : nil,
                scheme: reason.caseType.text == "CARD" ? code("visa") : nil, channel: "web"))
    }

    /// A one-sided claim of a user against the exchange.
    public static func oneSided(_ type: String, _ reason: String, amount: String? = "50.000000 USDT", id: CaseID, scheme: String? = nil) -> CaseCommand {
        let capacity: Filer = type == "CARD" ? .issuer : type == "LEGAL" ? .authority : .user
        return .open(
            .init(
                id: id, type: code(type), claim: Claim(by: Cast.user.party, reason: code(reason), statement: said("It is missing", by: .user)),
                parties: [Party(id: Cast.user.party, side: .filer, capacity: capacity, language: code("en"), account: code("acc-user"))],
                amount: amount.map(Props.amount), value: amount.map(Props.amount), language: code("en"), scheme: scheme.map { code($0) }, channel: "web"))
    }

    /// A regulated complaint.
    public static func complaint(_ reason: String = "CMP-01", jurisdiction: String? = "MY", regimes: [String] = [], about: CaseID? = nil, id: CaseID)
        -> CaseCommand
    {
        .open(
            .init(
                id: id, type: code("COMPLAINT"), claim: Claim(by: Cast.user.party, reason: code(reason), statement: said("Too slow", by: .user)),
                parties: [Party(id: Cast.user.party, side: .filer, capacity: reason == "CMP-04" ? .regulator : .user, language: code("en"))],
                language: code("en"), jurisdiction: jurisdiction.map { code($0) }, regimes: regimes.map { code($0) }, channel: "web", about: about))
    }

    /// A complete draft: outcome and fault with reasons, every point of the case answered.
    public static func draft(_ outcome: String, fault: String = "FLT-SEL", terms: Terms? = nil, answering dispute: Case) -> RulingDraft {
        RulingDraft(
            outcome: .init(code: code(outcome), terms: terms, reason: said("because")), fault: .init(code: code(fault), reason: said("because")),
            answers: dispute.points.map { .init(point: $0.number, accepted: true, reason: said("seen")) })
    }

    public static func exhibit(_ type: String, _ content: String = "bytes") -> CaseCommand {
        .submitExhibit(.init(type: code(type), sha256: Digest(hashing: Array(content.utf8)), bytes: 5, mediaType: "video/mp4", method: "upload"))
    }
}
