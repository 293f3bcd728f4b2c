import Chronicle

/// The kinds of code a pack defines. A code is only a name; its row in the pack says what it means.
public enum CaseTypeKind: Coded { public static let noun = "case type" }
public enum WorkflowKind: Coded { public static let noun = "workflow" }
public enum StepKind: Coded { public static let noun = "step" }
public enum ReasonKind: Coded { public static let noun = "reason" }
public enum EvidenceKind: Coded { public static let noun = "evidence type" }
public enum RailKind: Coded { public static let noun = "rail" }
public enum RegimeKind: Coded { public static let noun = "regime" }
public enum OutcomeKind: Coded { public static let noun = "outcome" }
public enum FaultKind: Coded { public static let noun = "fault" }
public enum PenaltyKind: Coded { public static let noun = "penalty" }
public enum OverturnKind: Coded { public static let noun = "overturn cause" }
public enum RoleKind: Coded { public static let noun = "role" }
public enum SkillKind: Coded { public static let noun = "skill" }
public enum TierKind: Coded { public static let noun = "tier" }
public enum SourceKind: Coded { public static let noun = "source" }
public enum LetterKind: Coded { public static let noun = "letter" }
public enum SchemeKind: Coded { public static let noun = "card scheme" }

public typealias CaseTypeCode = Code<CaseTypeKind>
public typealias WorkflowCode = Code<WorkflowKind>
public typealias StepCode = Code<StepKind>
public typealias ReasonCode = Code<ReasonKind>
public typealias EvidenceCode = Code<EvidenceKind>
public typealias RailCode = Code<RailKind>
public typealias RegimeCode = Code<RegimeKind>
public typealias OutcomeCode = Code<OutcomeKind>
public typealias FaultCode = Code<FaultKind>
public typealias PenaltyCode = Code<PenaltyKind>
public typealias OverturnCode = Code<OverturnKind>
public typealias RoleCode = Code<RoleKind>
public typealias SkillCode = Code<SkillKind>
public typealias TierCode = Code<TierKind>
public typealias SourceCode = Code<SourceKind>
public typealias LetterCode = Code<LetterKind>
public typealias SchemeCode = Code<SchemeKind>

/// A language as BCP 47 writes it (`en`, `es`, `zh-Hans`).
public enum LanguageKind: Coded { public static let noun = "language" }
public typealias Language = Code<LanguageKind>

/// A country or part of one: ISO 3166-1 alpha-2, optionally a subdivision (`MY`, `US-NY`), `EU` for the Union, `*` never.
public enum JurisdictionKind: Coded { public static let noun = "jurisdiction" }
public typealias Jurisdiction = Code<JurisdictionKind>
