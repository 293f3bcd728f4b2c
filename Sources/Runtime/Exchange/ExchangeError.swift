import Chronicle

/// Why the exchange did not do, or did not say.
public enum ExchangeError: Error, Hashable, Sendable, Codable {
    /// Against a rule of the exchange, in its words.
    case refused(reason: String)
    case unknownOrder(OrderReference)
    case unknownAccount(AccountReference)
    /// There is not as much as should be moved.
    case insufficient(available: Amount, needed: Amount)
    /// The order is no longer where the instruction expects it.
    case conflict(state: EscrowState)
    /// The key was used for another instruction; nothing was done.
    case keyReused
    /// Nobody knows whether it was done. Send the same instruction with the same key again.
    case unavailable(retryAfter: Span)
    /// It was not asked: it did not answer several times in a row and is left alone for so long.
    case resting(Span)

    /// Will sending the same again give the same answer?
    public var isFinal: Bool {
        switch self {
        case .unavailable, .resting: false;
        default: true
        }
    }
}

extension ExchangeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let reason): "the exchange refuses: \(reason)"
        case .unknownOrder(let order): "the exchange has no order \(order)"
        case .unknownAccount(let account): "the exchange has no account \(account)"
        case .insufficient(let available, let needed): "\(needed) is needed and only \(available) is there"
        case .conflict(let state): "the escrow of the order is \(state.rawValue); that cannot be done now"
        case .keyReused: "the key was used before for another instruction"
        case .resting(let span): "the exchange did not answer several times in a row and is left alone for \(span)"
        case .unavailable(let retryAfter): "the exchange does not answer; the same instruction goes out again in \(retryAfter)"
        }
    }
}
