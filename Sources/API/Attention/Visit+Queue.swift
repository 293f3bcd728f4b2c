import Chronicle
import Disputes
import Foundation
import Policies
import Runtime
import Wire

extension Visit<Caller> {
    /// What of the queue the query asks for, read as of now by whoever asks.
    /// - Returns: the filter, and the same without instants that only the time of asking put into it.
    func queueFilter() async throws -> (filter: QueueFilter, key: QueueFilter) {
        var filter = try await standingFilter()
        if try arrival.query("awake", "true or false", { Bool($0) }) ?? false { filter.without = Set(try await counter.desk.snoozed(by: try member().id).keys) }
        if try arrival.query("snoozed", "true or false", { Bool($0) }) ?? false { filter.only = Set(try await counter.desk.snoozed(by: try member().id).keys) }
        var key = filter
        if let window = try arrival.query("due", "a window; windows are: \(DueWindow.allCases.map(\.rawValue).joined(separator: ", "))", DueWindow.init) {
            try await narrow(&filter, to: window)
            // Nobody's deadline is there: it tells the windows apart.
            key.dueBefore = Instant(milliseconds: Int64(DueWindow.allCases.firstIndex(of: window) ?? 0))
        }
        return (filter, key)
    }

    private func narrow(_ filter: inout QueueFilter, to window: DueWindow) async throws {
        let now = counter.now
        switch window {
        case .late: filter.dueBefore = now
        case .soon: (filter.dueAfter, filter.dueBefore) = (now, now + .hours(2))
        case .today: filter.dueBefore = try await endOfToday()
        }
    }

    /// Midnight of whoever asks: of the zone they name, else of the one they keep, else of UTC.
    private func endOfToday() async throws -> Instant {
        var zone = try arrival.query("zone", "a time zone such as Europe/Madrid") { TimeZone(identifier: $0) }
        if zone == nil, case .staff(let context) = who {
            zone = try await counter.desk.arrangement(of: context.standing.id).zone.flatMap(TimeZone.init(identifier:))
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone ?? .gmt
        let today = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(counter.now.milliseconds) / 1_000))
        guard let end = calendar.date(byAdding: .day, value: 1, to: today) else { return counter.now + .days(1) }
        return Instant(milliseconds: Int64(end.timeIntervalSince1970 * 1_000))
    }

    private func standingFilter() async throws -> QueueFilter {
        var filter = QueueFilter()
        filter.phase = try arrival.query("phase", "a phase; phases are: \(Phase.allCases.map(\.rawValue).joined(separator: ", "))") { Phase(rawValue: $0) }
        let policy = try await counter.desk.policyInForce()
        filter.type = try arrival.query("type", "a kind of case; kinds are: \(policy.caseTypes.keys.map(\.text).sorted().joined(separator: ", "))") { text in
            CaseTypeCode(text).flatMap { policy.caseTypes[$0] == nil ? nil : $0 }
        }
        filter.language = try arrival.query("language", "a language") { Language($0) }
        filter.dueBefore = try arrival.query("due_before", "an instant") { Instant($0) }
        filter.dueAfter = try arrival.query("due_after", "an instant") { Instant($0) }
        filter.unowned = try arrival.query("free", "true or false") { Bool($0) } ?? false
        filter.includeClosed = try arrival.query("closed", "true or false") { Bool($0) } ?? false
        let tiers = policy.tiers
        filter.tier = try arrival.query("tier", "a tier; tiers are: \(tiers.keys.map(\.text).sorted().joined(separator: ", "))") { text in
            let rank = Int(text) ?? TierCode(text).flatMap { tiers[$0]?.rank }
            return tiers.values.contains { $0.rank == rank } ? rank : nil
        }
        if let owner = arrival.query["owner"] {
            if owner == "me" {
                guard case .staff(let context) = who else { throw Problem(.refused, "owner=me is for members of staff", field: "owner") }
                filter.owner = context.standing.id
            } else {
                filter.owner = try await counter.desk.staff(owner).id
            }
        }
        return filter
    }

    /// The same visit with other questions: how a kept view asks.
    func asking(_ query: [String: String]) -> Visit<Caller> {
        var arrival = arrival
        arrival.query = query
        return Visit(who: who, arrival: arrival, counter: counter)
    }

    func bounded(_ query: [String: String], asOf: Int64) async throws -> BoundedCount {
        let (filter, key) = try await asking(query).queueFilter()
        return try await counter.counts.count(filter, key: key, on: counter.desk, asOf: asOf)
    }
}
