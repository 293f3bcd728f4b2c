/// One key performance indicator: what it means in words, who is counted, and how it comes out of the columns.
public struct Indicator: Sendable {
    /// The 50 indicators. Closed: a new one is a case here, a row of the catalogue and a way to observe it.
    public enum Code: String, Hashable, Sendable, CaseIterable, Codable {
        case firstReply = "first-reply"
        case acknowledgement
        case firstResolution = "first-resolution"
        case fullResolution = "full-resolution"
        case requesterWait = "requester-wait"
        case accountableTime = "accountable-time"
        case partyWait = "party-wait"
        case escrowLock = "escrow-lock"
        case executionLag = "execution-lag"
        case handlingTime = "handling-time"
        case effort
        case afterWork = "after-work"
        case slaAttainment = "sla-attainment"
        case slaByStart = "sla-by-start"
        case timeToResolve = "time-to-resolve"
        case backlog
        case backlogAge = "backlog-age"
        case clearance
        case firstContact = "first-contact-resolution"
        case reopenRate = "reopen-rate"
        case appealRate = "appeal-rate"
        case overturnRate = "overturn-rate"
        case errorRate = "error-rate"
        case qualityScore = "quality-score"
        case criticalAccuracy = "critical-error-accuracy"
        case satisfactionTopTwo = "satisfaction-top-two"
        case satisfactionMean = "satisfaction-mean"
        case dissatisfaction
        case netPromoter = "net-promoter"
        case customerEffort = "customer-effort"
        case costPerCase = "cost-per-case"
        case recoveryRate = "recovery-rate"
        case occupancy
        case utilisation
        case shrinkage
        case staffNeeded = "staff-needed"
        case adherence
        case conformance
        case absence
        case attrition
        case rampTime = "ramp-time"
        case autoResolution = "auto-resolution"
        case deflection
        case timeToEvidence = "time-to-evidence"
        case evidenceSufficiency = "evidence-sufficiency"
        case maliciousRate = "malicious-appeal-rate"
        case merchantFault = "merchant-fault-rate"
        case disputeRate = "dispute-rate"
        case languageParity = "language-parity"
        case handoverLoss = "handover-loss"
    }

    /// What a number of it is counted in. Lengths come in milliseconds and are shown in minutes or hours.
    public enum Unit: String, Hashable, Sendable, Codable {
        case minutes = "min"
        case hours = "h"
        case days = "d"
        case percent = "%"
        case perMille = "‰"
        case count
        case ratio
        case score
        case money = "USD"
        case staff = "FTE"

        public var isLength: Bool { self == .minutes || self == .hours || self == .days }
    }

    /// What is better: fewer, more, or neither by itself.
    public enum Better: String, Hashable, Sendable, Codable { case less, more, neither }

    /// How the observations become a number.
    enum Shape: Hashable, Sendable {
        /// Exact quantiles of lengths that are all over.
        case spread
        /// Quantiles by Kaplan and Meier, of lengths some of which are not over.
        case survival
        /// Probability by Kaplan and Meier of being done within the limit.
        case survivalShare(limit: Int64)
        /// Hits of all.
        case share
        /// One sum by another.
        case ratio
        case count
        /// The median of the slice by the median of the whole.
        case parity
    }

    enum Computation: Sendable {
        case observed(Shape, @Sendable (borrowing Observing) -> Observations)
        /// What has to be recorded first. Never a made-up number.
        case notRecorded(needs: String)
    }

    public let code: Code
    /// As the field abbreviates it: `FRT`.
    public let short: String
    public let title: String
    public let formula: String
    public let unit: Unit
    public let better: Better
    /// Which rows a period counts.
    public let cohort: String
    /// The events it comes from.
    public let source: String
    /// What has to be read beside it, because it gets worse when this is chased alone (trap 16).
    public let counter: Code
    /// The one that shows only later whether it was chased; whoever is paid by this is paid by that, too.
    public let delayed: Code?
    let computation: Computation

    /// What has to be recorded before this can be answered; `nil` when it can be.
    public var needs: String? { if case .notRecorded(let needs) = computation { needs } else { nil } }
}

/// All indicators, in the order of the specification.
public enum Catalogue {
    public static let all: [Indicator] = time + clocksAndStock + quality + voice + money + people + evidence

    private static let byCode: [Indicator.Code: Indicator] = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    /// `nil` never, as long as every code has a row (a test looks).
    public static func indicator(_ code: Indicator.Code) -> Indicator? { byCode[code] }
}
