import Chronicle

/// What is on its way to one webhook, and what of it may be sent now: of each case the oldest, and none while another of that case is being sent. So a
/// receiver is told what happened to a case in its order, and one case it will not take holds up no other.
struct DeliveryQueue {
    struct Item: Hashable, Sendable {
        let sequence: Int64
        let dispute: String
        let kind: String
        let queued: Instant
        var tries = 0
        var due: Instant
    }

    /// Of each case, by sequence.
    private var waiting: [String: [Item]] = [:]
    private var sequences: Set<Int64> = []
    /// Of each case what is on the line.
    private var underWay: [String: Int64] = [:]

    var count: Int { sequences.count }

    func contains(_ sequence: Int64) -> Bool { sequences.contains(sequence) }

    mutating func add(_ item: Item) {
        guard sequences.insert(item.sequence).inserted else { return }
        let place = waiting[item.dispute]?.firstIndex { $0.sequence > item.sequence }
        waiting[item.dispute, default: []].insert(item, at: place ?? waiting[item.dispute]?.count ?? 0)
    }

    /// Takes out what is sent next: of what is due the oldest.
    mutating func next(at now: Instant) -> Item? {
        var found: Item?
        for (dispute, items) in waiting where underWay[dispute] == nil {
            guard let first = items.first, first.due <= now, first.sequence < found?.sequence ?? .max else { continue }
            found = first
        }
        if let found { underWay[found.dispute] = found.sequence }
        return found
    }

    /// It was accepted or given up; the next of its case may go.
    mutating func end(_ item: Item) {
        underWay[item.dispute] = nil
        sequences.remove(item.sequence)
        waiting[item.dispute]?.removeAll { $0.sequence == item.sequence }
        if waiting[item.dispute]?.isEmpty == true { waiting[item.dispute] = nil }
    }

    /// It goes again, not before `item.due`.
    mutating func putBack(_ item: Item) {
        underWay[item.dispute] = nil
        guard let place = waiting[item.dispute]?.firstIndex(where: { $0.sequence == item.sequence }) else { return }
        waiting[item.dispute]?[place] = item
    }

    /// Sends it as soon as it is its case's turn, and counts its tries from the beginning; `nil` for what is on the line.
    mutating func hurry(_ sequence: Int64, at now: Instant) -> Item? {
        for (dispute, items) in waiting where underWay[dispute] != sequence {
            guard let place = items.firstIndex(where: { $0.sequence == sequence }) else { continue }
            waiting[dispute]?[place].due = now
            waiting[dispute]?[place].tries = 0
            return waiting[dispute]?[place]
        }
        return nil
    }

    /// When there is something to send next, as far as that is known.
    var nextDue: Instant? { waiting.lazy.filter { self.underWay[$0.key] == nil }.compactMap(\.value.first?.due).min() }
}
