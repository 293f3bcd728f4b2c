/// Numbers as people read them: `digits` significant digits, no trailing zeroes, no exponent where it can be helped.
enum Figure {
    static func text(_ value: Double, digits: Int = 4) -> String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        var magnitude = 0
        var rest = abs(value)
        while rest >= 10 { (rest, magnitude) = (rest / 10, magnitude + 1) }
        while rest < 1 { (rest, magnitude) = (rest * 10, magnitude - 1) }
        let decimals = max(0, digits - 1 - magnitude)
        guard decimals <= 9, magnitude < 15 else { return value.description }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (abs(value) * scale).rounded()
        var digitsText = String(Int64(scaled))
        while digitsText.count <= decimals { digitsText = "0" + digitsText }
        var whole = String(digitsText.dropLast(decimals))
        var part = String(digitsText.suffix(decimals))
        while part.hasSuffix("0") { part.removeLast() }
        for place in stride(from: whole.count - 3, to: 0, by: -3) { whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place)) }
        return (value < 0 ? "−" : "") + whole + (part.isEmpty ? "" : "." + part)
    }

    static func percent(_ value: Double) -> String { text((value * 1_000).rounded() / 10, digits: 3) + " %" }

    static func json(_ value: Double) -> JSON { value.isFinite ? .written(value.description) : .null }
}
