import Chronicle
import Policies

/// How much money a decision is about: what authority and second keys are measured by.
///
/// The greater of the value of the case and of everything the ruling moves or orders, in the pack's value asset. A payment in the
/// disputed asset, up to the disputed amount, is worth no more than the case; one in any other asset has no price here, and counts
/// as more than anybody may decide alone.
public enum Stake: Hashable, Sendable {
    case worth(Amount)
    /// Some of it has no price in the value asset.
    case unpriced

    /// Is it more than `limit`? What has no price is.
    func exceeds(_ limit: Amount) -> Bool {
        switch self {
        case .worth(let amount): (try? amount.exceeds(limit)) ?? true
        case .unpriced: true
        }
    }
}

extension Case {
    /// The stake of a decision with this outcome and this compensation.
    public func stake(outcome code: OutcomeCode, compensation: Ruling.CompensationPart, _ policy: Policy) -> Stake {
        let asset = policy.authority.valueAsset
        var moved = Int128(0)
        func add(_ payment: Amount) -> Bool {
            if payment.asset == asset {
                moved += payment.minorUnits
            } else if let value, let amount, payment.asset == amount.asset, payment.minorUnits <= amount.minorUnits {
                moved += value.minorUnits
            } else {
                return false
            }
            return true
        }
        let settlement = policy.outcomes[code]?.settlement ?? .none
        if settlement.emptiesEscrow {
            guard let value else { return .unpriced }
            moved += value.minorUnits
        }
        if let payment = compensation.amount ?? (settlement.paysTheCompensation ? amount : nil), !add(payment) { return .unpriced }
        return .worth(Amount(minorUnits: max(moved, value?.minorUnits ?? 0), of: asset))
    }
}

extension Outcome.Settlement {
    /// Does it divide what lies in escrow?
    var emptiesEscrow: Bool { [.releaseToBuyer, .returnToSeller, .split].contains(self) }
}
