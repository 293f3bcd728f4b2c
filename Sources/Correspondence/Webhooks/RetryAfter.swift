import Chronicle

/// `Retry-After` (RFC 9110 §10.2.3): a number of seconds, or an instant in the one form that is still written, `Sun, 06 Nov 1994 08:49:37 GMT`.
enum RetryAfter {
    static func span(_ text: String, at now: Instant) -> Span? {
        if let seconds = Int64(text), 0...1_000_000_000 ~= seconds { return .seconds(seconds) }
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else { return nil }
        let number = month + 1
        guard let instant = Instant("\(words[3])-\(number < 10 ? "0" : "")\(number)-\(words[1])T\(words[4])Z") else { return nil }
        return max(.zero, instant - now)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
