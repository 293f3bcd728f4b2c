import Chronicle

extension Amount {
    /// The same amount at the precision its asset is kept in, where that is known and finer than what was written: `1200 USDT` is the USDT with
    /// six digits that the exchange means. Assets nobody listed here stay as they were written.
    public func atCustomaryPrecision() throws -> Amount {
        guard let decimals = Amount.customaryDecimals[asset.code], decimals > Int(asset.decimals), let finer = Asset(code: asset.code, decimals: decimals)
        else {
            return self
        }
        return try Amount(number: number, of: finer)
    }

    /// ISO 4217 minor units for money; the tokens' own `decimals()` for coins.
    private static let customaryDecimals = [
        "USDT": 6, "USDC": 6, "BTC": 8, "ETH": 18, "TRX": 6, "EUR": 2, "USD": 2, "GBP": 2, "MYR": 2, "NGN": 2, "INR": 2, "BRL": 2, "JPY": 0,
    ]
}
