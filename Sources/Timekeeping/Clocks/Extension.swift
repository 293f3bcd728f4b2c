import Chronicle

/// More time, granted once, with its reason and who may grant it. It never makes a deadline earlier.
public struct Extension: Hashable, Sendable {
    public enum Change: Hashable, Sendable {
        /// This much on top of the deadline as it stands.
        case by(Measure)
        /// A new deadline.
        case to(Instant)
        /// The whole period, from the start, becomes this: “15 business days, 35 with a holding reply”.
        case wholePeriod(Measure)
    }

    public let change: Change
    public let reason: String
    /// The rule or the person that allows it.
    public let authority: String

    public init(_ change: Change, reason: String, authority: String) {
        (self.change, self.reason, self.authority) = (change, reason, authority)
    }

    var measure: Measure? {
        switch change {
        case .by(let measure), .wholePeriod(let measure): measure
        case .to: nil
        }
    }
}

extension Extension: Codable {
    enum CodingKeys: String, CodingKey { case by, to, wholePeriod, reason, authority }

    /// Exactly one of `by`, `to` and `wholePeriod` is there.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let by = try container.decodeIfPresent(Measure.self, forKey: .by).map { Change.by($0) }
        let to = try container.decodeIfPresent(Instant.self, forKey: .to).map { Change.to($0) }
        let whole = try container.decodeIfPresent(Measure.self, forKey: .wholePeriod).map { Change.wholePeriod($0) }
        let changes = [by, to, whole].compactMap { $0 }
        guard let change = changes.first, changes.count == 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .by, in: container, debugDescription: "an extension states one of by, to and wholePeriod, not \(changes.count)")
        }
        self.init(
            change, reason: try container.decode(String.self, forKey: .reason), authority: try container.decode(String.self, forKey: .authority))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch change {
        case .by(let measure): try container.encode(measure, forKey: .by)
        case .to(let instant): try container.encode(instant, forKey: .to)
        case .wholePeriod(let measure): try container.encode(measure, forKey: .wholePeriod)
        }
        try container.encode(reason, forKey: .reason)
        try container.encode(authority, forKey: .authority)
    }
}
