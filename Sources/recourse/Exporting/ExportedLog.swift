import Chronicle
import Disputes
import EventStorage
import Policies
import Timekeeping

/// What of the log of cases leaves the house for process mining: which case, what happened, when, and by whom in the sense of a role.
///
/// No statement, no message, no name and no party's id is among it: bodies are read only for the codes below, and what is sealed stays so.
struct ExportedLog {
    struct Event {
        let sequence: Int64
        let `case`: Int
        let activity: String
        let at: Instant
        /// A member of staff by id, a machine by name, `party`, or `clock`.
        let resource: String
        /// Of a step that was entered: whose move it is.
        let holder: String?
        let policy: String?
    }

    /// Codes of a case as it was opened, by the name of the attribute.
    struct Case {
        let id: String
        var attributes: [(name: String, value: String)] = []
    }

    static let attributeNames = ["case_type", "reason", "tier", "channel", "language", "jurisdiction", "simulated"]

    private(set) var cases: [Case] = []
    private(set) var events: [Event] = []
    private var numbers: [StreamID: Int] = [:]

    private static let pageEvents = 2_000

    init(readingAll store: some EventStore) async throws {
        var (after, last) = (Int64(0), try await store.head().sequence)
        while after < last {
            let page = try await store.read(after: after, limit: Self.pageEvents)
            guard let end = page.last else { return }
            for event in page { take(event) }
            (after, last) = (end.envelope.sequence, max(last, end.envelope.sequence))
        }
    }

    /// Every event of a case, also one whose body was redacted: that it happened stays true.
    private mutating func take(_ stored: StoredEvent) {
        guard Self.ofCases.contains(stored.type.name) else { return }
        let envelope = stored.envelope
        let number = numbers[envelope.stream] ?? cases.count
        if number == cases.count {
            numbers[envelope.stream] = number
            cases.append(Case(id: envelope.stream.text))
        }
        var (activity, holder) = (stored.type.name, String?.none)
        let read = try? stored.payload.withUnsafeBytes { try CaseEvent.read(stored.type, from: $0) }
        if let body = read?.body {
            if let step = body as? StepEntered { (activity, holder) = ("step " + step.step.description, step.holder.rawValue) }
            if let opened = body as? CaseOpened { cases[number].attributes = Self.attributes(opened) }
        }
        events.append(
            Event(
                sequence: envelope.sequence, case: number, activity: activity, at: envelope.occurred, resource: Self.resource(envelope.actor),
                holder: holder, policy: envelope.policy?.description))
    }

    private static let ofCases = Set(CaseEvent.catalogue.map(\.name))

    private static func resource(_ actor: Actor) -> String {
        switch actor {
        case .staff, .machine, .clock: actor.description
        case .party: "party"
        }
    }

    private static func attributes(_ opened: CaseOpened) -> [(name: String, value: String)] {
        let values: [String?] = [
            opened.caseType.description, opened.claim.reason.description, opened.tier.description, opened.channel, opened.language.description,
            opened.jurisdiction?.description, opened.simulated ? "true" : "false",
        ]
        return zip(attributeNames, values).compactMap { name, value in value.map { (name, $0) } }
    }
}
