import Chronicle
import EventStorage

/// Events and streams for tests, all from one seed.
public struct SampleEvents: Sendable {
    private var generator: Seeded
    /// The writer's clock: moves some milliseconds with each event.
    public var now = Instant(seconds: 1_790_000_000)

    public init(seed: UInt64 = 1) { generator = Seeded(seed) }

    public static func stream(_ number: Int) -> StreamID { StreamID(ID<Case>(bits: UInt128(number) &* 0x1_0000_0001_0000_0001)) }

    public mutating func event(payload: [UInt8]? = nil) -> ProposedEvent {
        now = now + Span(milliseconds: .random(in: 0...40, using: &generator))
        let staff = StaffID(bits: UInt128(generator.next() % 7))
        let actor: Actor =
            switch generator.next() % 4 {
            case 0: .clock
            case 1: .staff(staff)
            case 2: .party(PartyID(bits: UInt128(generator.next()) << 64 | UInt128(generator.next())))
            default: .machine("exchange-\(generator.next() % 3)")
            }
        let type = EventType(["case-opened", "evidence-added", "ruling-made"][Int(generator.next() % 3)], version: Int(generator.next() % 2) + 1)
        return ProposedEvent(
            type: type, payload: payload ?? Array(#"{"note":"\#(generator.next())"}"#.utf8), salt: generator.bytes(16),
            occurred: now - Span(milliseconds: Int64(generator.next() % 100_000)), recorded: now, actor: actor,
            policy: generator.next() % 3 == 0 ? nil : PolicyHash(Digest(hashing: [UInt8(generator.next() % 3)])),
            causation: generator.next() % 2 == 0 ? nil : Int64(generator.next() % 1_000),
            correlation: CorrelationID(bits: UInt128(generator.next())))
    }

    public mutating func events(_ count: Int) -> [ProposedEvent] { (0..<count).map { _ in event() } }

    public static func key(_ text: String) -> (key: IdempotencyKey, fingerprint: Digest)? {
        IdempotencyKey(text).map { ($0, Digest(hashing: Array("request of \(text)".utf8))) }
    }

    private enum Case: Named { static let idPrefix = "case" }
}

/// Two tables such as read models have: a queue with nullable columns and indexes, and a tally.
public enum SampleTables {
    public static let queue = RowTable(
        "queue",
        columns: [
            RowColumn("id", .text), RowColumn("holder", .text), RowColumn("due", .integer, nullable: true), RowColumn("rank", .integer),
            RowColumn("note", .text, nullable: true), RowColumn("mark", .blob, nullable: true),
        ],
        key: ["id"],
        indexes: [RowIndex("by_holder", on: ["holder", "rank"]), RowIndex("by_due", on: ["due"], whereNotNull: "due")])

    public static let tally = RowTable(
        "tally",
        columns: [RowColumn("day", .integer), RowColumn("reason", .text), RowColumn("opened", .integer), RowColumn("closed", .integer)],
        key: ["day", "reason"])

    static func queueRow(_ id: String, holder: String = "desk", due: Int64? = nil, rank: Int64 = 0, note: String? = nil, mark: [UInt8]? = nil) -> [RowValue] {
        [.text(id), .text(holder), due.map(RowValue.integer) ?? .null, .integer(rank), note.map(RowValue.text) ?? .null, mark.map(RowValue.blob) ?? .null]
    }

    static func put(_ id: String, holder: String = "desk", due: Int64? = nil, rank: Int64 = 0, note: String? = nil, mark: [UInt8]? = nil) -> RowChange {
        .put(queue, queueRow(id, holder: holder, due: due, rank: rank, note: note, mark: mark))
    }

    static func count(_ day: Int64, _ reason: String, _ column: String = "opened", by: Int64 = 1) -> RowChange {
        .add(tally, key: [.integer(day), .text(reason)], column: column, by: by)
    }
}
