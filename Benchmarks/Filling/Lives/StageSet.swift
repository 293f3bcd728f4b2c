import Chronicle
import Disputes
import Policies

/// What every life needs on stage, looked up once: the codes of the pack, a staff of two hundred, the people of the market.
public struct StageSet: Sendable {
    public let policy: Policy
    let coin: Asset
    let fiat: Asset
    let types: Codes
    /// Reasons that a user files against the exchange alone, on the one-sided workflow.
    let oneSided: [Reason]
    let languages: [Language]
    let rails: [RailCode]
    let agents: [StaffStanding]
    /// Who may close a case without a ruling.
    let lead: StaffStanding

    struct Codes: Sendable {
        let live: CaseTypeCode
        let paidAndSilent: ReasonCode
        let video, receipt: EvidenceCode
        let release: OutcomeCode
        let sellersFault: FaultCode
        let jurisdiction: Jurisdiction
        let account: Code<AccountKind>
    }

    /// The default pack has every code a life names; another pack may not, and then this says which.
    public init(_ policy: Policy) throws(FillingError) {
        self.policy = policy
        coin = policy.authority.valueAsset
        guard let fiat = Asset(code: "EUR", decimals: 2) else { throw .missing("EUR") }
        self.fiat = fiat
        types = Codes(
            live: try code("P2P-LIVE"), paidAndSilent: try code("P2P-B01"), video: try code("EV-VIDEO"), receipt: try code("EV-BRCPT"),
            release: try code("OUT-REL"), sellersFault: try code("FLT-SEL"), jurisdiction: try code("MY"), account: try code("acc-1"))
        guard policy.caseTypes[types.live] != nil, policy.reasons[types.paidAndSilent] != nil else { throw .missing("P2P-LIVE with P2P-B01") }
        oneSided = policy.reasons.values.filter { reason in
            policy.caseTypes[reason.caseType]?.workflow.text == "claim" && (reason.filer == .user || reason.filer == .any)
        }.sorted { $0.code < $1.code }
        guard !oneSided.isEmpty else { throw .missing("a one-sided reason a user may file") }
        var languages: [Language] = []
        for text in ["en", "es", "pt", "ru", "tr", "vi", "zh", "ar"] { languages.append(try code(text)) }
        self.languages = languages
        rails = policy.rails.keys.sorted()
        let (role, leading): (RoleCode, RoleCode) = (try code("R2"), try code("R3"))
        lead = StaffStanding(id: StaffID(bits: 999 | 1 << 101), roles: [leading], level: .l4)
        agents = (0..<200).map { number in
            StaffStanding(id: StaffID(bits: UInt128(number + 1) | 1 << 101), roles: [role], level: .l3)
        }
    }
}

private func code<Kind>(_ text: String) throws(FillingError) -> Code<Kind> {
    guard let code = Code<Kind>(text) else { throw .missing(text) }
    return code
}

/// Why a store could not be filled.
public enum FillingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The pack lacks something the lives are made of.
    case missing(String)
    /// A life met a rule it did not expect: the stories and the pack have grown apart.
    case refused(case: Int, story: String, Refusal)
    case packHasErrors([String])
    case disk(path: String, reason: String)
    /// There is a store in that folder already.
    case exists(path: String)

    public var description: String {
        switch self {
        case .missing(let what): "the pack has no \(what), which the filling needs"
        case .refused(let number, let story, let refusal): "case \(number) (\(story)) was refused: \(refusal)"
        case .packHasErrors(let complaints): "the policy pack has errors:\n" + complaints.joined(separator: "\n")
        case .disk(let path, let reason): "\(path): \(reason)"
        case .exists(let path): "there is a store in \(path) already"
        }
    }
}

extension StageSet {
    public func someAgent(_ dice: inout Dice) -> StaffStanding { agents[dice.below(agents.count)] }
    public func someLanguage(_ dice: inout Dice) -> Language { languages[dice.below(languages.count)] }
    public func someType(_ dice: inout Dice) -> CaseTypeCode { oneSided[dice.below(oneSided.count)].caseType }
}
