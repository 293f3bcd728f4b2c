/// Exact money: a whole number of the smallest units of one asset.
///
/// There is no floating point anywhere near it and no implicit conversion: adding different assets, or running over
/// 127 bits, is an error. The text form carries the precision: `1200.000000 USDT` has six decimals, `500 JPY` none.
public struct Amount: Hashable, Sendable {
    public let minorUnits: Int128
    public let asset: Asset

    public init(minorUnits: Int128, of asset: Asset) {
        self.minorUnits = minorUnits
        self.asset = asset
    }

    public static func zero(of asset: Asset) -> Amount { Amount(minorUnits: 0, of: asset) }

    public var isZero: Bool { minorUnits == 0 }
    public var isNegative: Bool { minorUnits < 0 }

    public func adding(_ other: Amount) throws(AmountError) -> Amount {
        guard asset == other.asset else { throw .differentAssets(asset, other.asset) }
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Amount(minorUnits: sum, of: asset)
    }

    public func subtracting(_ other: Amount) throws(AmountError) -> Amount {
        guard asset == other.asset else { throw .differentAssets(asset, other.asset) }
        let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Amount(minorUnits: difference, of: asset)
    }

    /// Is this amount greater than `other`? An error when the assets differ: there is no answer then.
    public func exceeds(_ other: Amount) throws(AmountError) -> Bool {
        guard asset == other.asset else { throw .differentAssets(asset, other.asset) }
        return minorUnits > other.minorUnits
    }

    /// The amount half way to `other`, rounded towards minus infinity; the last minor unit never appears from nowhere.
    public func midpoint(with other: Amount) throws(AmountError) -> Amount {
        guard asset == other.asset else { throw .differentAssets(asset, other.asset) }
        // Half of each plus the shared lost bit: the sum itself may not fit.
        let half = (minorUnits >> 1) + (other.minorUnits >> 1) + (minorUnits & other.minorUnits & 1)
        return Amount(minorUnits: half, of: asset)
    }

    /// `basisPoints` ten-thousandths of this amount, rounded towards zero.
    public func share(basisPoints: Int) throws(AmountError) -> Amount {
        let (product, overflow) = minorUnits.multipliedReportingOverflow(by: Int128(basisPoints))
        guard !overflow else { throw .overflow }
        return Amount(minorUnits: product / 10_000, of: asset)
    }
}

/// Why an amount could not be computed or read.
public enum AmountError: Error, Hashable, Sendable {
    case differentAssets(Asset, Asset)
    case overflow
    case malformed(String)
}

extension AmountError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .differentAssets(let a, let b): "amounts of \(a.code) (\(a.decimals) decimals) and \(b.code) (\(b.decimals) decimals) cannot be combined"
        case .overflow: "the amount is larger than the ledger can hold"
        case .malformed(let text): "“\(text)” is not an amount; write for example “1200.00 USDT”"
        }
    }
}
