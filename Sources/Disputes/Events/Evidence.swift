import Chronicle
import Policies
import Timekeeping

/// A file, or a system's record, was put on the case.
public struct ExhibitSubmitted: CaseHappening {
    public static let type = EventType("exhibit-submitted")
    public let exhibit: Exhibit
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.exhibits.append(exhibit)
        for request in dispute.requests where request.side == exhibit.side { dispute.given[request.id, default: []].insert(exhibit.type) }
        if exhibit.side == .other, case .party = exhibit.by { dispute.answered = true }
    }
}

/// Somebody looked at a sensitive exhibit, and why: an entry of its custody trail.
public struct ExhibitViewed: CaseHappening {
    public static let type = EventType("exhibit-viewed")
    public let exhibit: ExhibitID
    public let purpose: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}

/// One party was asked for evidence, by a date.
public struct EvidenceRequested: CaseHappening {
    public static let type = EventType("evidence-requested")
    public let request: EvidenceRequest
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.requests.append(request)
        dispute.handToWhoeverIsAsked(at: envelope.occurred)
    }
}

/// A request was answered, waived, or ran out.
public struct EvidenceRequestEnded: CaseHappening {
    public static let type = EventType("evidence-request-ended")
    public let request: RequestID
    public let how: EvidenceRequest.Ending
    public let statement: Sealed?
    public let reason: String?
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        guard let index = dispute.requests.firstIndex(where: { $0.id == request && $0.isOpen }) else { return }
        dispute.requests[index].ending = how
        dispute.requests[index].ended = envelope.occurred
        dispute.requests[index].statement = statement
        if how == .answered, dispute.requests[index].side == .other { dispute.answered = true }
        dispute.handToWhoeverIsAsked(at: envelope.occurred)
    }
}

/// A party was told, in its language, what happens if it stays silent. Two of these allow a ruling by default.
public struct NoticeGiven: CaseHappening {
    public static let type = EventType("notice-given")
    public let to: PartyID
    public let side: Side
    public let number: Int
    public let language: Language
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.notices.append(Case.Notice(to: to, side: side, number: number, at: envelope.occurred))
    }
}

extension Case {
    /// While staff wait for evidence the time is the party's: the one asked first, who has had longest. Otherwise it is staff's.
    mutating func handToWhoeverIsAsked(at instant: Instant) {
        guard phase == .investigation || phase == .decision else { return }
        let holder: Holder = openRequests.first.map { $0.side == .filer ? .partyA : .partyB } ?? .staff
        timeline.hand(to: holder, in: step, at: instant)
    }
}
