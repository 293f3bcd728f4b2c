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

extension Amount: CustomStringConvertible {
    /// `1200.000000 USDT`; the digits after the point are the decimals of the asset.
    public var description: String { "\(number) \(asset.code)" }

    /// The number alone, without the asset: `1200.000000`.
    public var number: String {
        let digits = String(minorUnits.magnitude)
        let decimals = Int(asset.decimals)
        guard decimals > 0 else { return (isNegative ? "-" : "") + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let point = padded.index(padded.endIndex, offsetBy: -decimals)
        return (isNegative ? "-" : "") + padded[..<point] + "." + padded[point...]
    }

    /// Reads the text form. Written decimals define the precision, so `1200.00 USDT` and `1200.000000 USDT` are different assets;
    /// pass `asset` where the precision is known.
    public init(parsing text: String) throws(AmountError) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2 else { throw .malformed(text) }
        let fraction = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let asset = Asset(code: String(parts[1]), decimals: fraction.count == 2 ? fraction[1].utf8.count : 0) else { throw .malformed(text) }
        try self.init(number: String(parts[0]), of: asset)
    }

    /// Reads a decimal number into `asset`'s minor units. More digits than the asset has is refused, unless they are zeros.
    public init(number text: String, of asset: Asset) throws(AmountError) {
        var units: Int128 = 0
        var digitsSeen = 0
        var fractionDigits: Int?
        var negative = false
        for (offset, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where offset == 0: negative = true
            case UInt8(ascii: ".") where fractionDigits == nil && digitsSeen > 0: fractionDigits = 0
            case 48...57:
                digitsSeen += 1
                if let written = fractionDigits {
                    fractionDigits = written + 1
                    if written >= Int(asset.decimals) {
                        guard byte == 48 else { throw .malformed(text) }
                        continue
                    }
                }
                let (shifted, over1) = units.multipliedReportingOverflow(by: 10)
                let (sum, over2) = shifted.addingReportingOverflow(Int128(byte - 48))
                guard !over1, !over2 else { throw .overflow }
                units = sum
            default: throw .malformed(text)
            }
        }
        guard digitsSeen > 0, fractionDigits != 0 else { throw .malformed(text) }
        for _ in 0..<max(0, Int(asset.decimals) - (fractionDigits ?? 0)) {
            let (shifted, overflow) = units.multipliedReportingOverflow(by: 10)
            guard !overflow else { throw .overflow }
            units = shifted
        }
        self.init(minorUnits: negative ? -units : units, of: asset)
    }
}

extension Amount: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try Amount(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
