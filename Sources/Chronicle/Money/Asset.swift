/// What an amount is counted in: a currency or a token, with the number of decimals its smallest unit has.
///
/// `USDT` on one exchange has 6 decimals and 18 on another chain; the decimals are part of the value, so two amounts of
/// different precision never add up by accident.
public struct Asset: Hashable, Sendable {
    /// Ticker: 1…12 of `A–Z`, `0–9`, `.`, `-`; upper case.
    public let code: String
    /// Digits after the decimal point of one unit: 0…18.
    public let decimals: UInt8

    public static let decimalsMax: UInt8 = 18

    /// `nil` when the code or the decimals are out of range.
    public init?(code: String, decimals: Int) {
        guard 1...12 ~= code.utf8.count, 0...Int(Asset.decimalsMax) ~= decimals,
            code.utf8.allSatisfy({ 65...90 ~= $0 || 48...57 ~= $0 || $0 == 46 || $0 == 45 })
        else { return nil }
        self.code = code
        self.decimals = UInt8(decimals)
    }

    /// Minor units in one whole unit: 10 to the power of `decimals`.
    public var minorUnitsPerUnit: Int128 {
        var power: Int128 = 1
        for _ in 0..<decimals { power *= 10 }
        return power
    }
}

extension Asset: CustomStringConvertible {
    public var description: String { code }
}
