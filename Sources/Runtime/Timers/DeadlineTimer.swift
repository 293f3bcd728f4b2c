import Chronicle
import Disputes
import EventStorage
import Policies

/// Turns due instants into events. What is due is read from the cases' own rows, so a restart forgets nothing and waking twice does nothing.
public struct DeadlineTimer: Sendable {
    let desk: Desk
    /// Cases looked at in one go.
    static let batch = 200

    public init(_ desk: Desk) { self.desk = desk }

    /// Passes every deadline due at `now`; returns how many cases were woken.
    @discardableResult
    public func ring(at now: Instant) async throws(DeskError) -> Int {
        var woken = 0
        var stuck: Set<CaseID> = []
        while true {
            let page: RowPage
            do {
                page = try await desk.store.rows(
                    RowQuery(
                        CaseTables.cases, where: [.isNotNull("deadline"), .compare("deadline", .lessOrEqual, .integer(now.milliseconds))],
                        order: [.init("deadline")], limit: DeadlineTimer.batch + stuck.count))
            } catch {
                throw .store(error)
            }
            let due = page.rows.compactMap(CaseRow.init)
            let fresh = due.filter { !stuck.contains($0.id) }
            if fresh.isEmpty { return woken }
            for row in fresh {
                // After a night without a desk thousands are due: whoever ends the desk is not made to wait for them. They ring when it is back.
                if Task.isCancelled { return woken }
                do {
                    if try await wake(row, now) { woken += 1 } else { stuck.insert(row.id) }
                } catch {
                    // One case that cannot be led on (its pack is gone, an event is damaged) must not keep time from the others.
                    guard error.isOfOneCase else { throw error }
                    desk.log.error("a deadline could not pass", metadata: ["case": "\(row.id)", "why": "\(error)"])
                    stuck.insert(row.id)
                }
            }
        }
    }

    private func wake(_ row: CaseRow, _ now: Instant) async throws(DeskError) -> Bool {
        guard let next = try await desk.dispute(row.id)?.nextDeadline, next.due <= now else { return false }
        // A deadline passes at its own instant, even when the timer comes late: what follows counts from when it was due.
        let request = Request(by: .clock, occurred: next.due)
        let performed = try await desk.perform(.passTime(next.key, due: next.due), on: row.id, request)
        return !performed.events.isEmpty
    }

    /// When the timer must ring next; `nil` when nothing is pending.
    public func next() async throws(DeskError) -> Instant? {
        do {
            let page = try await desk.store.rows(RowQuery(CaseTables.cases, where: [.isNotNull("deadline")], order: [.init("deadline")], limit: 1))
            return page.rows.first.flatMap(CaseRow.init)?.deadline
        } catch {
            throw .store(error)
        }
    }
}
