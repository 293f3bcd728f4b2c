import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Synchronization
import Wire

/// The latest events of the log, read and written out once for all who listen. Whoever is further back reads from the store itself.
final class EventTape: Sendable {
    /// One event, ready to be sent.
    struct Frame: Sendable {
        let sequence: Int64
        let type: String
        let dispute: CaseID?
        /// As staff and machines may have it.
        let json: [UInt8]
        /// What a party must be allowed to know of before it is told.
        let told: Told
    }

    /// Whom of the parties an event is for.
    enum Told: Hashable, Sendable {
        case nobody
        case parties
        case audience(Audience)
        /// The parties, once the ruling it is about is signed.
        case onceSigned

        /// May this party of the case know of it, as the case stands?
        func lets(_ party: Party, of dispute: Case) -> Bool {
            switch self {
            case .nobody: false
            case .parties: true
            case .audience(let audience): dispute.mayRead(audience, party)
            case .onceSigned: if case .approval = dispute.stage { false } else { true }
            }
        }
    }

    private let desk: Desk
    private let kept = Mutex<[Frame]>([])
    private static let keptMax = 4_096
    private static let pageEvents = 256

    init(_ desk: Desk) { self.desk = desk }

    /// The events after `sequence`, at most a page; waits for the first of them, at most `timeout`.
    func frames(after sequence: Int64, timeout: Span) async throws -> [Frame] {
        let head = try await desk.store.wait(after: sequence, timeout: timeout).sequence
        guard head > sequence else { return [] }
        if let frames = kept.withLock({ EventTape.frames(after: sequence, in: $0) }) { return frames }
        var frames: [Frame] = []
        for stored in try await desk.store.read(after: sequence, limit: EventTape.pageEvents) { frames.append(try EventTape.frame(stored)) }
        keep(frames)
        return frames
    }

    /// `nil` where the tape does not reach back that far, or not up to what was asked.
    private static func frames(after sequence: Int64, in kept: [Frame]) -> [Frame]? {
        guard let first = kept.first?.sequence, let last = kept.last?.sequence, first <= sequence + 1, sequence < last else { return nil }
        return Array(kept[Int(sequence + 1 - first)...].prefix(pageEvents))
    }

    private func keep(_ frames: [Frame]) {
        kept.withLock { kept in
            guard let first = frames.first, let last = frames.last?.sequence else { return }
            // Sequences are dense: a page is either the next one, a later one, or known already.
            guard let end = kept.last?.sequence else { return kept = frames }
            if first.sequence > end + 1 { kept = frames } else if last > end { kept += frames.drop { $0.sequence <= end } }
            if kept.count > EventTape.keptMax { kept.removeFirst(kept.count - EventTape.keptMax) }
        }
    }

    private static func frame(_ stored: StoredEvent) throws -> Frame {
        let envelope = stored.envelope
        let dispute = CaseID(envelope.stream.text)
        let told = dispute == nil ? Told.nobody : EventTape.told(stored)
        return Frame(
            sequence: envelope.sequence, type: stored.type.name, dispute: dispute,
            json: try StreamedEvent(stored).json(), told: told)
    }

    /// Deny by default: an event nobody listed here is for staff.
    static func told(_ stored: StoredEvent) -> Told {
        switch stored.type.name {
        case "case-opened", "claim-admitted", "claim-refused", "claim-answered", "counterclaim-made", "point-raised", "claim-withdrawn",
            "acknowledgement-sent", "letter-sent", "staff-called", "response-sent", "evidence-requested", "evidence-request-ended",
            "exhibit-submitted", "notice-given", "offer-made", "offer-ended", "offers-crossed", "agreement-reached", "ruling-approved",
            "settlement-confirmed", "appeal-filed", "appeal-decided", "hold-placed", "hold-lifted", "escrow-moved", "case-closed", "case-reopened",
            "clock-extended":
            return .parties
        case "ruling-made", "step-entered": return .onceSigned
        case "message-sent":
            let sent = try? stored.payload.withUnsafeBytes { try CaseEvent.read(stored.type, from: $0).body as? MessageSent }
            return sent.map { .audience($0.audience) } ?? .nobody
        default: return .nobody
        }
    }
}
