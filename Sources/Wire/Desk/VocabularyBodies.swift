import Chronicle
import Policies
import Timekeeping

/// What the pack in force calls things: what a page needs to say codes in words, and to offer only what is valid.
public struct Vocabulary: WireBody {
    public struct Titled: WireBody {
        public let code: String
        public let title: String
    }

    public struct ReasonWords: WireBody {
        public let code: ReasonCode
        public let type: CaseTypeCode
        public let title: String
        /// Who may claim it.
        public let filer: Filer
        public let outcomes: [OutcomeCode]
        /// What the reason asks of whoever claims, and of the other side, in their order; what the exchange itself brings is left out.
        public let fromFiler: [EvidenceCode]
        public let fromOther: [EvidenceCode]

        enum CodingKeys: String, CodingKey {
            case code, type, title, filer, outcomes
            case fromFiler = "from_filer"
            case fromOther = "from_other"
        }
    }

    public struct OutcomeWords: WireBody {
        public let code: OutcomeCode
        public let title: String
        /// What it does with the money: `release-to-buyer`, `return-to-seller`, `split`, `none` …
        public let settlement: String
    }

    public struct EvidenceWords: WireBody {
        public let code: EvidenceCode
        public let title: String
        public let automatic: Bool
        public let sufficientAlone: Bool

        enum CodingKeys: String, CodingKey {
            case code, title, automatic
            case sufficientAlone = "sufficient_alone"
        }
    }

    public struct PenaltyWords: WireBody {
        public let code: PenaltyCode
        public let title: String
        public let merchantsOnly: Bool

        enum CodingKeys: String, CodingKey {
            case code, title
            case merchantsOnly = "merchants_only"
        }
    }

    public struct TierWords: WireBody {
        public let code: TierCode
        public let title: String
        /// 0 is the most urgent.
        public let rank: Int
    }

    public struct StepWords: WireBody {
        public let type: CaseTypeCode
        public let step: StepCode
        public let title: String
        public let phase: Phase
        public let holder: Holder
    }

    public let policy: PolicyHash
    public let version: String
    public let types: [Titled]
    public let reasons: [ReasonWords]
    public let outcomes: [OutcomeWords]
    public let evidence: [EvidenceWords]
    public let faults: [Titled]
    public let penalties: [PenaltyWords]
    public let causes: [Titled]
    public let tiers: [TierWords]
    public let steps: [StepWords]
    public let clocks: [Titled]
    public let rails: [Titled]
    public let roles: [Titled]
    /// Letters the pack sends.
    public let letters: [Titled]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case policy, version, types, reasons, outcomes, evidence, faults, penalties, causes, tiers, steps, clocks, rails, roles, letters
        case asOf = "as_of"
    }
}

extension Vocabulary {
    public init(_ policy: Policy, asOf: Int64) {
        func titled<Kind>(_ rows: [Code<Kind>: String]) -> [Titled] {
            rows.sorted { $0.key.text < $1.key.text }.map { Titled(code: $0.key.text, title: $0.value) }
        }
        func asked(_ demands: [EvidenceDemand]) -> [EvidenceCode] { demands.map(\.type).filter { policy.evidenceTypes[$0]?.automatic == false } }
        self.init(
            policy: policy.hash, version: policy.version, types: titled(policy.caseTypes.mapValues(\.title)),
            reasons: policy.reasons.values.sorted { $0.code.text < $1.code.text }.map {
                ReasonWords(
                    code: $0.code, type: $0.caseType, title: $0.title, filer: $0.filer, outcomes: $0.outcomes, fromFiler: asked($0.fromFiler),
                    fromOther: asked($0.fromOther))
            },
            outcomes: policy.outcomes.values.sorted { $0.code.text < $1.code.text }.map {
                OutcomeWords(code: $0.code, title: $0.title, settlement: $0.settlement.rawValue)
            },
            evidence: policy.evidenceTypes.values.sorted { $0.code.text < $1.code.text }.map {
                EvidenceWords(code: $0.code, title: $0.title, automatic: $0.automatic, sufficientAlone: $0.sufficientAlone)
            },
            faults: titled(policy.faults.mapValues(\.title)),
            penalties: policy.penalties.values.sorted { $0.severity < $1.severity }.map {
                PenaltyWords(code: $0.code, title: $0.title, merchantsOnly: $0.merchantsOnly)
            },
            causes: titled(policy.overturnCauses.mapValues(\.title)),
            tiers: policy.tiers.values.sorted { $0.rank < $1.rank }.map { TierWords(code: $0.code, title: $0.title, rank: $0.rank) },
            steps: policy.caseTypes.values.sorted { $0.code.text < $1.code.text }.flatMap { type in
                (policy.workflows[type.workflow]?.steps.values.sorted { $0.code.text < $1.code.text } ?? []).map {
                    StepWords(type: type.code, step: $0.code, title: $0.title, phase: $0.phase, holder: $0.holder)
                }
            },
            clocks: titled(policy.clocks.mapValues(\.title)), rails: titled(policy.rails.mapValues(\.title)),
            roles: titled(policy.roles.mapValues(\.title)), letters: titled(policy.letters.mapValues(\.title)), asOf: asOf)
    }
}
