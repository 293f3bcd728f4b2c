extension Amount {
    /// `1,200.00 USDT`: exact, with thousands apart and without the zeros after the cents that a token's precision would add.
    public var shown: String {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let isNegative = number.hasPrefix("-")
        var whole = ""
        let digits = parts[0].filter(\.isNumber)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.count > 2, fraction.last == "0" { fraction = fraction.dropLast() }
        return (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction) + " " + asset.code
    }
}

extension Span {
    /// As people say a distance: seconds only below ten minutes.
    public var shown: String {
        guard milliseconds.magnitude >= 600_000 else { return description }
        return Span.minutes(milliseconds / 60_000).description
    }
}
