import Chronicle
import Policies

/// Where somebody's own eyes are: asides of staff among themselves, which change nothing for the parties.
extension Deliberation {
    /// Longest a case may be put aside: what is to wait longer is to be closed, or given to somebody.
    static let snoozeDaysMax: Int64 = 90
    /// So many people are called by one note at most.
    static let mentionsMax = 20

    mutating func snooze(until: Instant) throws(Refusal) {
        let id = try actingMember()
        guard !(try dispute().isClosed) else { throw .noSuchThing("work left on a closed case to put aside") }
        guard until > now, until <= now + .days(Deliberation.snoozeDaysMax) else { throw .snoozeOutOfRange(daysMax: Int(Deliberation.snoozeDaysMax)) }
        guard try dispute().snoozes[id] != until else { return }
        emit(CaseSnoozed(by: id, until: until))
    }

    mutating func endSnooze() throws(Refusal) {
        let id = try actingMember()
        guard try dispute().snoozes[id] != nil else { return }
        emit(SnoozeEnded(by: id))
    }

    mutating func mention(_ staff: [StaffID]) throws(Refusal) {
        let id = try actingMember()
        guard staff.count <= Deliberation.mentionsMax else { throw .tooMany(what: "mentions", max: Deliberation.mentionsMax) }
        guard !staff.isEmpty else { return }
        guard let note = events.lazy.reversed().compactMap({ $0.body as? MessageSent }).first(where: { $0.audience == .staff }) else {
            throw .noSuchThing("note to be called into")
        }
        emit(StaffMentioned(note: note.id, by: id, staff: staff))
    }

    /// The member of staff who acts; a party has no list to put a case out of.
    private func actingMember() throws(Refusal) -> StaffID {
        guard case .staff(let id) = context.actor else { throw .notPermitted(act: .note) }
        return id
    }
}
