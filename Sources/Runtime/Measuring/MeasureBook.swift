import Chronicle
import Dispatch
import Disputes
import EventStorage
import Measures
import Policies
import Synchronization
import Timekeeping

/// The columns of this desk's log, kept up with it: each question is answered as of the head of the log at that moment.
///
/// The first question reads the whole log; later ones only what was written since. Closed cases are let go of, and read again when something
/// still happens to them.
public actor MeasureBook {
    private let store: any EventStore
    private let policies: PolicyShelf
    private var fold = MeasureFold(Glossary([:]), keepingClosed: false)
    private var catchingUp: Task<Void, any Error>?

    private static let pageEvents = 8_192

    init(_ store: any EventStore, _ policies: PolicyShelf) { (self.store, self.policies) = (store, policies) }

    /// Answers a question, as of now.
    public func answer(_ question: Question, calendars: Calendars) async throws -> Answer {
        try await catchUp()
        return try fold.columns.answer(question, calendars: calendars)
    }

    /// The cases behind a number.
    public func cases(behind question: Question, in words: [String], calendars: Calendars) async throws -> (cases: [CaseBehind], asOf: Int64) {
        try await catchUp()
        return (try fold.columns.cases(behind: question, in: words, calendars: calendars), fold.columns.sequence)
    }

    public var rowCounts: [(table: String, rows: Int)] { fold.columns.rowCounts }

    /// Reads what was written since; who comes while that is going on waits for it and looks again.
    public func catchUp() async throws {
        let head = try await store.head().sequence
        while fold.columns.sequence < head {
            if let running = catchingUp {
                try await running.value
                continue
            }
            let task = Task { try await self.read(to: head) }
            catchingUp = task
            defer { catchingUp = nil }
            try await task.value
        }
    }

    private func read(to head: Int64) async throws {
        fold.learn(Glossary(try await policies.all()))
        while fold.columns.sequence < head {
            let page = try await store.read(after: fold.columns.sequence, limit: MeasureBook.pageEvents)
            guard !page.isEmpty else { return }
            let bodies = try MeasureBook.bodies(of: page)
            for (stored, body) in zip(page, bodies) {
                switch body {
                case .dispute(let event):
                    try await bringBack(stored.envelope)
                    fold.apply(Recorded(stored.envelope, event))
                case .standing(let standing):
                    fold.take(standing)
                    fold.pass(stored.envelope)
                case .other: fold.pass(stored.envelope)
                }
            }
        }
    }

    private func bringBack(_ envelope: Envelope) async throws {
        guard !fold.isAtHand(envelope.stream, version: envelope.version) else { return }
        var past: [Recorded<CaseEvent>] = []
        while past.count < envelope.version - 1 {
            let page = try await store.read(envelope.stream, after: past.count, limit: envelope.version - 1 - past.count)
            guard !page.isEmpty else { break }
            for stored in page { past.append(try Desk.read(stored)) }
        }
        fold.recall(envelope.stream, past)
    }

    private enum Body: Sendable {
        case dispute(CaseEvent)
        case standing(StaffStanding)
        case other
    }

    /// Reading the payloads takes longer than all the rest, and each can be read by itself.
    private static func bodies(of page: [StoredEvent]) throws -> [Body] {
        let lanes = page.count < 256 ? 1 : 2
        let share = (page.count + lanes - 1) / lanes
        let parts = Parts(count: lanes)
        DispatchQueue.concurrentPerform(iterations: lanes) { lane in
            let outcome = Result { try page[min(page.count, lane * share)..<min(page.count, (lane + 1) * share)].map { try body(of: $0) } }
            parts.put(outcome, at: lane)
        }
        return try parts.all.flatMap { try $0.get() }
    }

    private static func body(of stored: StoredEvent) throws -> Body {
        switch StreamRun.Kind(stored.envelope.stream) {
        case .dispute: return .dispute(try Desk.read(stored).body)
        case .staff:
            let event = try stored.payload.withUnsafeBytes { try StaffEvent.read(stored.type, from: $0) }
            switch event {
            case .registered(let body): return .standing(body.standing)
            case .changed(let body): return .standing(body.standing)
            case .left: return .other
            }
        case nil: return .other
        }
    }

    private final class Parts: Sendable {
        private let kept: Mutex<[Result<[Body], any Error>]>
        init(count: Int) { kept = Mutex(Array(repeating: .success([]), count: count)) }
        func put(_ outcome: Result<[Body], any Error>, at lane: Int) { kept.withLock { $0[lane] = outcome } }
        var all: [Result<[Body], any Error>] { kept.withLock { $0 } }
    }
}
