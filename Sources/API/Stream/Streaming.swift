import Chronicle
import Disputes
import EventStorage
import Runtime
import ServiceLifecycle
import Wire

extension Operation {
    static let streaming: [Operation] = [
        Operation("stream-events", .get, "/v1/stream", for: [.staff, .party, .machine(.read)]) { visit in
            let head = try await visit.counter.desk.store.head().sequence
            let after = try visit.arrival.lastEvent ?? visit.arrival.query("after", "a sequence") { Int64($0) } ?? head
            guard 0...head ~= after else { throw Problem(.malformed, "the log ends at \(head)", field: "Last-Event-ID") }
            let watching = try await visit.watching()
            var answer = Answer(
                body: .pieces(LiveEvents(visit.counter, for: visit.who, after: after, watching: watching), bytes: nil), mediaType: "text/event-stream",
                asOf: head)
            answer.headers = [("X-Accel-Buffering", "no")]
            return answer
        }
    ]
}

/// Server-sent events: what happens, as it happens, as far as the reader may see it. The id is the sequence, so that a reader who comes back with
/// the last one it has misses nothing.
struct LiveEvents: AsyncSequence, Sendable {
    typealias Failure = any Error
    private let counter: Counter
    private let reader: Caller
    private let after: Int64
    private let watching: Watching?

    init(_ counter: Counter, for reader: Caller, after: Int64, watching: Watching? = nil) {
        (self.counter, self.reader, self.after, self.watching) = (counter, reader, after, watching)
    }

    func makeAsyncIterator() -> Iterator { Iterator(counter: counter, reader: reader, after: after, watching: watching) }

    struct Iterator: AsyncIteratorProtocol {
        let counter: Counter
        let reader: Caller
        var after: Int64
        var hasBegun = false

        /// Seconds of silence that look like a dead line to what stands between.
        private static let heartbeatSeconds = 15
        /// Whose page is watched must be seen to have closed soon.
        private static let watchedHeartbeatSeconds = 2
        private var silentSeconds = 0
        private let watching: Watching?
        private var toldOf: PresenceList?

        init(counter: Counter, reader: Caller, after: Int64, watching: Watching?) {
            (self.counter, self.reader, self.after, self.watching) = (counter, reader, after, watching)
        }

        mutating func next() async throws -> [UInt8]? {
            if !hasBegun {
                hasBegun = true
                return Array("retry: 1000\n\n".utf8)
            }
            // A stream has no end to wait for: it ends when the desk begins to close.
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                if let watching, case let present = watching.present(), present != toldOf {
                    toldOf = present
                    return Array("event: present\ndata: ".utf8) + (try present.json()) + [10, 10]
                }
                // In short waits, so that a closing desk is noticed.
                let frames = try await counter.tape.frames(after: after, timeout: .seconds(1))
                guard let last = frames.last else {
                    silentSeconds += 1
                    guard silentSeconds >= (watching == nil ? Iterator.heartbeatSeconds : Iterator.watchedHeartbeatSeconds) else { continue }
                    silentSeconds = 0
                    return Array(": \(after)\n\n".utf8)
                }
                (after, silentSeconds) = (last.sequence, 0)
                var text: [UInt8] = []
                for frame in frames where try await maySee(frame) { text += lines(frame) }
                if !text.isEmpty { return text }
            }
            return nil
        }

        private func lines(_ frame: EventTape.Frame) -> [UInt8] {
            let head = Array("id: \(frame.sequence)\nevent: \(frame.type)\ndata: ".utf8)
            // A party is told that something happened in its case, and asks for the case.
            guard case .party = reader, let dispute = frame.dispute else { return head + frame.json + [10, 10] }
            return head + Array("{\"case\":\"\(dispute)\"}\n\n".utf8)
        }

        private func maySee(_ frame: EventTape.Frame) async throws -> Bool {
            guard case .party(let context) = reader else { return true }
            guard frame.told != .nobody, let id = frame.dispute, let dispute = try await counter.desk.dispute(id), let party = dispute.party(context.party)
            else { return false }
            return frame.told.lets(party, of: dispute)
        }
    }
}
