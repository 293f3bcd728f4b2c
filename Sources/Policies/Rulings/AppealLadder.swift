import Chronicle
import Timekeeping

/// Who decides again, how many of them, and when the ladder goes straight to the panel.
public struct AppealLadder: Hashable, Sendable {
    public enum Level: String, Hashable, Sendable, CaseIterable, Codable { case l2 = "L2", l3 = "L3" }

    public struct Rung: Hashable, Sendable {
        public let level: Level
        public let title: String
        public let role: RoleCode
        public let certificate: CertificateLevel
        /// Odd. Votes are blind until the last is in.
        public let panelSize: Int
        /// Must decide within this clock.
        public let clock: ClockCode
        public init(level: Level, title: String, role: RoleCode, certificate: CertificateLevel, panelSize: Int, clock: ClockCode) {
            (self.level, self.title, self.role) = (level, title, role)
            (self.certificate, self.panelSize, self.clock) = (certificate, panelSize, clock)
        }
    }

    public let rungs: [Rung]
    /// An appeal about more than this goes straight to the panel.
    public let panelAbove: Amount
    /// Appeals of these penalties go straight to the panel.
    public let panelPenalties: Set<PenaltyCode>
    /// What an appeal may award once the escrow was paid out, whatever the reason's outcomes: money beyond it.
    public let afterPayout: Set<OutcomeCode>
    /// Bodies outside the exchange, named in every final answer.
    public let external: [String]

    public init(rungs: [Rung], panelAbove: Amount, panelPenalties: Set<PenaltyCode>, afterPayout: Set<OutcomeCode> = [], external: [String]) {
        (self.rungs, self.panelAbove, self.panelPenalties) = (rungs, panelAbove, panelPenalties)
        (self.afterPayout, self.external) = (afterPayout, external)
    }

    public func rung(_ level: Level) -> Rung? { rungs.first { $0.level == level } }
}
