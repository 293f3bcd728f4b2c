import Measures

/// A slice as an address has it: `reason=P2P-B01|P2P-B02;site=KL`.
public enum Slice {
    /// `nil` when it is not of that form, or names no dimension there is.
    public static func read(_ text: String) -> [Dimension: Set<String>]? {
        var slice: [Dimension: Set<String>] = [:]
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            guard let sign = part.firstIndex(of: "="), let dimension = Dimension(rawValue: String(part[..<sign])), slice[dimension] == nil else { return nil }
            let words = part[part.index(after: sign)...].split(separator: "|").map(String.init)
            guard !words.isEmpty else { return nil }
            slice[dimension] = Set(words)
        }
        return slice
    }

    public static func text(_ slice: [Dimension: Set<String>]) -> String {
        slice.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)=\($0.value.sorted().joined(separator: "|"))" }.joined(separator: ";")
    }
}
