import Chronicle
import Disputes
import Policies
import Timekeeping

/// What the policy packs say that the events do not: who answers for a clock, which cause of an overturned ruling is a person's error.
/// The log and the packs together are all that the columns are a fold of.
public struct Glossary: Sendable {
    private let packs: [PolicyHash: Policy]
    /// The penalty a malicious appeal carries in the pack's register.
    private let malicious: PenaltyCode?

    public init(_ packs: [PolicyHash: Policy]) {
        self.packs = packs
        malicious = PenaltyCode("PEN-MAL")
    }

    public init(_ policy: Policy) { self.init([policy.hash: policy]) }

    public func knows(_ pack: PolicyHash) -> Bool { packs[pack] != nil }

    func bound(of clock: ClockCode, regime: RegimeCode?, under pack: PolicyHash) -> UInt8 {
        if regime != nil { return ClockSpec.Bound.legal.lane }
        return packs[pack]?.clocks[clock]?.bound.lane ?? 0
    }

    func isHandlersError(_ cause: OverturnCode?, under pack: PolicyHash) -> Bool {
        guard let cause else { return false }
        return packs[pack]?.overturnCauses[cause]?.handlerError ?? false
    }

    func isMalicious(_ penalty: PenaltyCode?) -> Bool { penalty != nil && penalty == malicious }
}
