import Chronicle
import Disputes
import Policies
import Runtime
import Timekeeping

/// One case with all that is needed to show it: the rules it is judged by, names, and what could be unsealed.
struct CaseView {
    let dispute: Case
    let policy: Policy
    let people: People
    let screen: Screen
    let now: Instant
    let asOf: Int64
    let who: String?
    /// The ruling in force, as far as the reader may know of it.
    let made: Case.MadeRuling?
    /// The party who reads; `nil` for staff and operators.
    let reader: Party?
    let statement: Words
    let points: [Int: Words]
    let messages: [Message]
    let reasons: [String: Words]

    /// What somebody said, as far as it can be read.
    enum Words: Sendable {
        case said(String)
        case erased
        /// The key is not in this store: a copy of the log alone.
        case locked
        case nothing

        var text: String? {
            switch self {
            case .said(let text): harmless(text)
            case .erased: "(erased)"
            case .locked: "(sealed; the key is not in this store)"
            case .nothing: nil
            }
        }
    }

    struct Message: Sendable {
        let at: Instant
        let by: String
        let audience: Audience
        let words: Words
    }

    /// Only the latest are shown; `case history` has them all.
    static let messagesMax = 5

    init(_ dispute: Case, _ desk: OpenDesk, _ screen: Screen, for reader: Party? = nil) async throws {
        (self.dispute, self.screen, self.reader, now) = (dispute, screen, reader, desk.now)
        made = reader == nil ? dispute.currentRuling : dispute.announcedRuling
        policy = try await desk.policy(of: dispute)
        people = try await People(dispute, desk)
        asOf = try await desk.store.head().sequence
        who = desk.options.actor
        statement = try await desk.words(dispute.claim.statement, dispute.id)
        var points: [Int: Words] = [:]
        for point in dispute.points { points[point.number] = try await desk.words(point.text, dispute.id) }
        self.points = points
        var messages: [Message] = []
        for event in try await desk.desk.history(dispute.id) {
            guard let sent = event.body.body as? MessageSent, reader.map({ dispute.mayRead(sent.audience, $0) }) ?? true else { continue }
            messages.append(
                Message(
                    at: event.occurred, by: people.name(of: sent.by), audience: sent.audience, words: try await desk.words(sent.body, dispute.id)))
        }
        self.messages = messages.suffix(CaseView.messagesMax)
        reasons = try await desk.reasons(of: made?.ruling, in: dispute.id)
    }

    func show() {
        showHead()
        showSides()
        showClocks()
        showTimeline()
        showOffers()
        showRuling()
        showAppeals()
        showMessages()
        showNext()
    }
}

extension OpenDesk {
    func words(_ sealed: Sealed?, _ id: CaseID) async throws -> CaseView.Words {
        guard let sealed else { return .nothing }
        do {
            return try await desk.open(sealed, in: id).map { .said($0) } ?? .erased
        } catch {
            guard case .sealing(.noKey) = error else { throw error }
            return .locked
        }
    }

    /// The reasons of the ruling in force, part by part.
    fileprivate func reasons(of ruling: Ruling?, in id: CaseID) async throws -> [String: CaseView.Words] {
        guard let ruling else { return [:] }
        var reasons: [String: CaseView.Words] = [:]
        for (part, sealed) in [
            ("outcome", ruling.outcome.reason), ("fault", ruling.fault.reason), ("penalty", ruling.penalty.reason),
            ("compensation", ruling.compensation.reason), ("cost", ruling.cost.reason), ("deviation", ruling.deviationReason),
        ] {
            reasons[part] = try await words(sealed, id)
        }
        for answer in ruling.answers { reasons["answer \(answer.point)"] = try await words(answer.reason, id) }
        return reasons
    }
}
