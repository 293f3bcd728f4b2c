/// How far apart the numbers of a series are: a part of a day, a day or a week. Written `15m`, `1h`, `1d`, `1w`.
public enum Spacing: Hashable, Sendable {
    /// Divides a day without rest.
    case minutes(Int)
    case day
    case week

    public init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), count > 0, count < 100_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "m", "min": self.init(minutes: count)
        case "h": self.init(minutes: count * 60)
        case "d": self.init(minutes: count * 1_440)
        case "w": self.init(minutes: count * 10_080)
        default: return nil
        }
    }

    /// `nil` for what neither divides a day nor is a day or a week.
    public init?(minutes: Int) {
        switch minutes {
        case 1_440: self = .day
        case 10_080: self = .week
        case 1..<1_440 where 1_440 % minutes == 0: self = .minutes(minutes)
        default: return nil
        }
    }

    public var minutes: Int {
        switch self {
        case .minutes(let minutes): minutes
        case .day: 1_440
        case .week: 10_080
        }
    }
}

extension Spacing: CustomStringConvertible {
    public var description: String {
        switch self {
        case .minutes(let minutes): minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
        case .day: "1d"
        case .week: "1w"
        }
    }
}
