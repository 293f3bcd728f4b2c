import Chronicle
import Policies
import Runtime

/// What people type, read exactly or refused with what would have been right.
enum Typed {
    /// `24h`, `90 min`, `2 d`, `30s`.
    static func span(_ text: String) throws(Failure) -> Span {
        let digits = text.prefix { $0.isNumber }
        let unit = text.dropFirst(digits.count).filter { $0 != " " }
        guard let count = Int64(digits), count > 0, count < 1_000_000 else { throw wrongSpan(text) }
        switch unit {
        case "s": return .seconds(count)
        case "m", "min": return .minutes(count)
        case "h": return .hours(count)
        case "d": return .days(count)
        default: throw wrongSpan(text)
        }
    }

    private static func wrongSpan(_ text: String) -> Failure { Failure("“\(text)” is not a length of time; write 90 min, 24 h or 2 d") }

    /// An amount in an asset that is known already: `1200 USDT`, or the number alone.
    static func amount(_ text: String, of asset: Asset) throws -> Amount {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard 1...2 ~= parts.count else { throw Failure("“\(text)” is not an amount; write 1200.50 \(asset.code)") }
        if parts.count == 2, parts[1] != asset.code { throw Failure("“\(text)” is not in \(asset.code)") }
        do { return try Amount(number: String(parts[0]), of: asset) } catch {
            let written = parts[0].split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
            guard written <= Int(asset.decimals) else {
                throw Failure("“\(parts[0])” is finer than \(asset.code) goes: it has \(asset.decimals) digits after the point, not \(written)")
            }
            throw Failure("\(error)")
        }
    }

    /// An amount with its asset: `1200.50 USDT`, at the precision the asset is kept in.
    static func amount(_ text: String) throws -> Amount {
        do { return try Amount(parsing: text).atCustomaryPrecision() } catch { throw Failure("“\(text)” is not an amount: \(error)") }
    }

    static func code<Kind>(_ text: String, _: Code<Kind>.Type = Code<Kind>.self) throws(Failure) -> Code<Kind> {
        guard let code = Code<Kind>(text) else { throw Failure("“\(text)” is not a \(Kind.noun) code") }
        return code
    }

    /// `KEY=TEXT`
    static func pair(_ text: String, _ option: String) throws(Failure) -> (String, String) {
        guard let sign = text.firstIndex(of: "=") else { throw Failure("write \(option) as \(option) KEY=TEXT, not “\(text)”") }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}
