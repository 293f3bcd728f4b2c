import Chronicle
import Policies
import Timekeeping

/// One promise about time running on a case: its rule, and everything that has bent or ended it.
public struct CaseClock: Hashable, Sendable, Codable {
    public let code: ClockCode
    /// The regime whose clock it is, where it is a regulator's.
    public let regime: RegimeCode?
    public internal(set) var running: RunningClock
    /// When it is due as things stand.
    public internal(set) var due: Instant
    /// When the deadline was seen to pass.
    public internal(set) var missed: Instant?
    public internal(set) var cancelled: Bool

    public init(code: ClockCode, regime: RegimeCode?, running: RunningClock, due: Instant) {
        (self.code, self.regime, self.running, self.due) = (code, regime, running, due)
        (missed, cancelled) = (nil, false)
    }

    /// Still counting: not met, not cancelled.
    public var isRunning: Bool { running.metAt == nil && !cancelled }
    /// Will ring when its due instant comes.
    public var isArmed: Bool { isRunning && missed == nil }
}

/// What a timer is set for.
public enum DeadlineKey: Hashable, Sendable, Codable {
    case clock(ClockCode)
    case request(RequestID)
    case offer(OfferID)
}

extension DeadlineKey: CustomStringConvertible, LosslessStringConvertible {
    public var description: String {
        switch self {
        case .clock(let code): "clock " + code.text
        case .request(let id): id.description
        case .offer(let id): id.description
        }
    }

    public init?(_ text: String) {
        if text.hasPrefix("clock "), let code = ClockCode(String(text.dropFirst(6))) {
            self = .clock(code)
        } else if let id = RequestID(text) {
            self = .request(id)
        } else if let id = OfferID(text) {
            self = .offer(id)
        } else {
            return nil
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let key = DeadlineKey(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a deadline")
        }
        self = key
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The next thing time itself will do to a case.
public struct NextDeadline: Hashable, Sendable {
    public let key: DeadlineKey
    public let due: Instant
    public init(key: DeadlineKey, due: Instant) { (self.key, self.due) = (key, due) }
}
