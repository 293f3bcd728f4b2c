import Chronicle
import Disputes
import EventStorage
import Policies
import Timekeeping

/// A case as the queue shows it: what one row of `case_row` says.
public struct CaseRow: Hashable, Sendable {
    public let id: CaseID
    public let type: CaseTypeCode
    public let reason: ReasonCode
    public let step: StepCode
    public let phase: Phase
    public let tier: Int
    public let language: Language
    public let jurisdiction: Jurisdiction?
    public let owner: StaffID?
    /// The nearest deadline the desk answers for; `nil` when there is none or the case is closed.
    public let due: Instant?
    public let dueClock: ClockCode?
    /// When the timer wakes for this case, and for what.
    public let deadline: Instant?
    public let deadlineKey: DeadlineKey?
    public let opened: Instant
    public let closed: Instant?
    public let how: Stage.How?
    public let amount: Amount?
    public let order: String?
    public let reference: String?
    public let simulated: Bool
    public let version: Int

    /// The last eight characters of the id: enough to name a case aloud.
    public var short: String { String(id.crockford.suffix(8)) }

    public init(_ dispute: Case, tierRank: Int) {
        let urgent = dispute.isClosed ? nil : dispute.mostUrgentClock
        let next = dispute.nextDeadline
        id = dispute.id
        (type, reason, step, phase) = (dispute.type, dispute.reason, dispute.step, dispute.phase)
        (tier, language, jurisdiction, owner) = (tierRank, dispute.language, dispute.jurisdiction, dispute.owner)
        (due, dueClock) = (urgent?.due, urgent?.code)
        (deadline, deadlineKey) = (next?.due, next?.key)
        opened = dispute.opened
        if case .closed(let closure) = dispute.stage { (closed, how) = (closure.at, closure.how) } else { (closed, how) = (nil, nil) }
        (amount, order) = (dispute.amount, dispute.order?.reference)
        reference = dispute.reference.map { "\($0.source):\($0.number)" }
        (simulated, version) = (dispute.simulated, dispute.version)
    }

    /// Values in the order of `CaseTables.cases`. An open case without any clock sorts last, not first.
    var values: [RowValue] {
        [
            .text(id.description), .text(short), .text(type.text), .text(reason.text), .text(step.text), .text(phase.rawValue),
            .integer(Int64(tier)), .text(language.text), .text(jurisdiction?.text), .text(owner?.description),
            phase == .closed ? .null : .integer((due ?? .distantFuture).milliseconds), .text(dueClock?.text),
            .integer(deadline?.milliseconds), .text(deadlineKey?.description), .integer(opened.milliseconds), .integer(closed?.milliseconds),
            .text(how?.rawValue), .text(amount?.description), .integer(amount.map { Int64(clamping: $0.minorUnits) }), .text(order),
            .text(reference), .integer(simulated ? 1 : 0), .integer(Int64(version)),
        ]
    }

    /// A stored row read back; `nil` when it is not one of ours (a read model from another build: rebuild it).
    public init?(_ row: [RowValue]) {
        guard row.count == CaseTables.cases.columns.count,
            let id = row[0].text.flatMap(CaseID.init), let type = row[2].text.flatMap(CaseTypeCode.init),
            let reason = row[3].text.flatMap(ReasonCode.init), let step = row[4].text.flatMap(StepCode.init),
            let phase = row[5].text.flatMap(Phase.init), let tier = row[6].integer, let language = row[7].text.flatMap(Language.init),
            let opened = row[14].integer, let simulated = row[21].integer, let version = row[22].integer
        else { return nil }
        (self.id, self.type, self.reason, self.step, self.phase) = (id, type, reason, step, phase)
        (self.tier, self.language, self.jurisdiction) = (Int(tier), language, row[8].text.flatMap(Jurisdiction.init))
        owner = row[9].text.flatMap(StaffID.init)
        due = row[10].integer.map(Instant.init(milliseconds:)).flatMap { $0 == .distantFuture ? nil : $0 }
        dueClock = row[11].text.flatMap(ClockCode.init)
        deadline = row[12].integer.map(Instant.init(milliseconds:))
        deadlineKey = row[13].text.flatMap(DeadlineKey.init)
        self.opened = Instant(milliseconds: opened)
        closed = row[15].integer.map(Instant.init(milliseconds:))
        how = row[16].text.flatMap(Stage.How.init)
        amount = row[17].text.flatMap { try? Amount(parsing: $0) }
        (order, reference) = (row[19].text, row[20].text)
        (self.simulated, self.version) = (simulated == 1, Int(version))
    }
}

extension RowValue {
    static func text(_ value: String?) -> RowValue { value.map { .text($0) } ?? .null }
    static func integer(_ value: Int64?) -> RowValue { value.map { .integer($0) } ?? .null }
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
}
