import Chronicle

public enum CaseNamed: Named { public static let idPrefix = "case" }
public typealias CaseID = ID<CaseNamed>

public enum ExhibitNamed: Named { public static let idPrefix = "exh" }
public typealias ExhibitID = ID<ExhibitNamed>

public enum RequestNamed: Named { public static let idPrefix = "req" }
public typealias RequestID = ID<RequestNamed>

public enum OfferNamed: Named { public static let idPrefix = "ofr" }
public typealias OfferID = ID<OfferNamed>

public enum RulingNamed: Named { public static let idPrefix = "rul" }
public typealias RulingID = ID<RulingNamed>

public enum MessageNamed: Named { public static let idPrefix = "msg" }
public typealias MessageID = ID<MessageNamed>

public enum InstructionNamed: Named { public static let idPrefix = "ins" }
public typealias InstructionID = ID<InstructionNamed>

public enum AppealNamed: Named { public static let idPrefix = "apl" }
public typealias AppealID = ID<AppealNamed>

/// Ids for what one decision brings into being. Made by the shell from real randomness, spent by the core one after the other,
/// so that deciding the same command with the same supply gives the same events.
public struct IDSupply: Sendable {
    private let now: Instant
    private var randomness: UInt128

    public init(at now: Instant, randomness: UInt128) {
        self.now = now
        self.randomness = randomness
    }

    public mutating func next<Kind>(_: ID<Kind>.Type = ID<Kind>.self) -> ID<Kind> {
        randomness &+= 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835
        return ID(at: now, randomness: randomness)
    }
}
