/// One line of the report: what was measured, in which unit, and what others reach.
struct Figure {
    var name: String
    var value: Double
    var unit: String
    /// Who else, and what they reach in the same unit; measured in the same run where it says “raw”.
    var peer: (name: String, value: Double)?
    /// What the house wants to reach; shown when it is missed.
    var target: Double?
    /// Is less better? Times and sizes.
    var lessIsBetter = false

    var line: String {
        let ratio = peer.map { text($0.value > 0 ? value / $0.value : 0) } ?? "-"
        let peer = peer.map { "\($0.name) \(text($0.value))" } ?? "-"
        let missed = target.map { lessIsBetter ? value > $0 : value < $0 } ?? false
        return [padded(name, 46), padded(text(value), 12, right: true), padded(unit, 12), padded(peer, 34), padded(ratio, 8, right: true)]
            .joined(separator: " ") + (missed ? "  target \(text(target ?? 0)) missed" : target == nil ? "" : "  target \(text(target ?? 0)) met")
    }

    static var heading: String {
        [padded("name", 46), padded("value", 12, right: true), padded("unit", 12), padded("peer", 34), padded("ratio", 8, right: true)].joined(separator: " ")
    }
}

/// Three figures that count, without an exponent.
func text(_ value: Double) -> String {
    if value >= 100 { return "\(Int64(value.rounded()))" }
    let places: Double = value >= 10 ? 10 : value >= 1 ? 100 : 1_000
    let rounded = (value * places).rounded() / places
    return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
}

func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let gap = String(repeating: " ", count: max(0, width - text.count))
    return right ? gap + text : text + gap
}
