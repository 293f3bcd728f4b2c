/// Real numbers as the workforce commands print them: so many places, no more.
extension Double {
    /// `0.678`, `-12.5`; at most `places` after the point, none where they are 0.
    func rounded(places: Int) -> String {
        guard isFinite else { return isNaN ? "–" : self < 0 ? "-∞" : "∞" }
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        guard abs(self) * factor < 9e15 else { return "\(self)" }
        let whole = (self * factor).rounded()
        let (units, rest) = (Int(abs(whole)) / Int(factor), Int(abs(whole)) % Int(factor))
        let digits = String(String(String(rest).reversed()).padding(to: places).reversed())
        return (whole < 0 ? "-" : "") + "\(units)" + (places > 0 ? "." + digits : "")
    }

    /// `12.3 %`
    var percent: String { (self * 100).rounded(places: 1) + " %" }
}

extension String {
    fileprivate func padding(to count: Int) -> String { self + String(repeating: "0", count: Swift.max(0, count - self.count)) }
}

extension JSON {
    /// A real number; `null` for what is none or has no end.
    static func real(_ value: Double?, places: Int = 4) -> JSON {
        guard let value, value.isFinite else { return .null }
        return .written(value.rounded(places: places))
    }
}
