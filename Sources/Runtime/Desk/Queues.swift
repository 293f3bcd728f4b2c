import Chronicle
import Disputes
import EventStorage
import Policies

/// What a person wants to see of the queue.
public struct QueueFilter: Hashable, Sendable {
    public var phase: Phase?
    public var tier: Int?
    public var type: CaseTypeCode?
    public var language: Language?
    public var owner: StaffID?
    /// Only cases nobody has taken.
    public var unowned = false
    /// Only cases whose deadline lies before this.
    public var dueBefore: Instant?
    public var dueAfter: Instant?
    public var includeClosed = false
    /// Only these, among them.
    public var only: Set<CaseID>?
    /// All but these.
    public var without: Set<CaseID> = []

    public init() {}
}

/// One page of the queue.
public struct QueuePage: Sendable {
    public let rows: [CaseRow]
    public let next: [RowValue]?
    public let asOf: Int64
}

extension Desk {
    /// Open cases by the deadline the desk answers for; with closed ones, by opening.
    public func queue(_ filter: QueueFilter, after: [RowValue]? = nil, limit: Int = 50) async throws(DeskError) -> QueuePage {
        let order: [RowQuery.Order] = filter.includeClosed ? [.init("id")] : [.init("due")]
        do {
            let page = try await store.rows(RowQuery(CaseTables.cases, where: filter.conditions, order: order, after: after, limit: limit))
            return QueuePage(rows: page.rows.compactMap(CaseRow.init), next: page.next, asOf: page.asOf)
        } catch {
            throw .store(error)
        }
    }

    /// How many open cases there are like that, counted up to `most`; and where no index answers all of it, among the `most` with the nearest deadlines:
    /// there may be more then, and it says so. What it costs does not grow with the store.
    public func count(_ filter: QueueFilter, upTo most: Int) async throws(DeskError) -> (count: Int, isMore: Bool) {
        if let kinds = filter.kinds {
            let known = try await counts(where: kinds)
            return (Int(min(known, Int64(most))), known > Int64(most))
        }
        guard filter.isOfOneIndex else { return try await countNearest(filter, upTo: most) }
        var query = RowQuery(CaseTables.cases, where: filter.conditions)
        query.countMax = most + 1
        do {
            let found = Int(try await store.count(query).count)
            return (min(found, most), found > most)
        } catch {
            throw .store(error)
        }
    }

    /// Looks at no more than `most` cases, in the order of their deadlines.
    private func countNearest(_ filter: QueueFilter, upTo most: Int) async throws(DeskError) -> (count: Int, isMore: Bool) {
        let page = try await queue(filter.widened, limit: most)
        return (page.rows.count(where: filter.isMeant), page.next != nil)
    }
}

extension QueueFilter {
    fileprivate var conditions: [RowQuery.Condition] {
        let filter = self
        var conditions: [RowQuery.Condition] = filter.includeClosed ? [] : [.isNotNull("due")]
        if let phase = filter.phase { conditions.append(.compare("phase", .equal, .text(phase.rawValue))) }
        if let tier = filter.tier { conditions.append(.compare("tier", .equal, .integer(Int64(tier)))) }
        if let type = filter.type { conditions.append(.compare("type", .equal, .text(type.text))) }
        if let language = filter.language { conditions.append(.compare("language", .equal, .text(language.text))) }
        if let owner = filter.owner { conditions.append(.compare("owner", .equal, .text(owner.description))) }
        if filter.unowned { conditions.append(.isNull("owner")) }
        if let after = filter.dueAfter { conditions.append(.compare("due", .greaterOrEqual, .integer(after.milliseconds))) }
        if let before = filter.dueBefore { conditions.append(.compare("due", .less, .integer(before.milliseconds))) }
        if let only = filter.only { conditions.append(.anyOf("id", only.map { .text($0.description) })) }
        for id in filter.without { conditions.append(.compare("id", .notEqual, .text(id.description))) }
        return conditions
    }

    /// One index has everything that is asked for: a person's, one phase's, one tier's or one type's, in whatever window.
    fileprivate var isOfOneIndex: Bool {
        if only != nil || owner != nil { return true }
        let kinds = [phase != nil, tier != nil, type != nil].count { $0 }
        return !unowned && without.count <= 50 && kinds <= 1 && (language == nil || type != nil)
    }

    /// The part of it one index answers.
    fileprivate var widened: QueueFilter {
        var wide = QueueFilter()
        (wide.dueBefore, wide.dueAfter) = (dueBefore, dueAfter)
        if phase != nil { wide.phase = phase } else if type != nil { wide.type = type } else { wide.tier = tier }
        return wide
    }

    fileprivate func isMeant(_ row: CaseRow) -> Bool {
        if let phase, row.phase != phase { return false }
        if let tier, row.tier != tier { return false }
        if let type, row.type != type { return false }
        if let language, row.language != language { return false }
        return !(unowned && row.owner != nil) && !without.contains(row.id)
    }

    /// The same as a question to the tally, which knows how many there are without looking at any; `nil` where it cannot tell.
    fileprivate var kinds: (@Sendable (Phase, Int, String, String, Bool) -> Bool)? {
        guard owner == nil, dueBefore == nil, dueAfter == nil, only == nil, without.isEmpty, !includeClosed else { return nil }
        let filter = self
        return { phase, tier, type, language, owned in
            phase != .closed && filter.phase.map { $0 == phase } ?? true && filter.tier.map { $0 == tier } ?? true
                && filter.type.map { $0.text == type } ?? true && filter.language.map { $0.text == language } ?? true && !(filter.unowned && owned)
        }
    }
}

extension Desk {
    /// How many cases there are per phase, exactly, from the tally.
    public func counts(where matches: @Sendable (_ phase: Phase, _ tier: Int, _ type: String, _ language: String, _ owned: Bool) -> Bool)
        async throws(DeskError) -> Int64
    {
        var total: Int64 = 0
        for row in try await tallies() {
            if matches(row.phase, row.tier, row.type, row.language, row.owned) { total += row.cases }
        }
        return total
    }

    /// One line of the tally.
    public struct Tally: Hashable, Sendable {
        public let phase: Phase
        public let tier: Int
        public let type: String
        public let language: String
        public let owned: Bool
        public let simulated: Bool
        public let cases: Int64
    }

    public func tallies() async throws(DeskError) -> [Tally] {
        do {
            let page = try await store.rows(RowQuery(CaseTables.tally, limit: 100_000))
            return page.rows.compactMap { row in
                guard let phase = row[0].text.flatMap(Phase.init), let tier = row[1].integer, let type = row[2].text,
                    let language = row[3].text, let owned = row[4].integer, let simulated = row[5].integer, let cases = row[6].integer
                else { return nil }
                return Tally(
                    phase: phase, tier: Int(tier), type: type, language: language, owned: owned == 1, simulated: simulated == 1, cases: cases)
            }
        } catch {
            throw .store(error)
        }
    }

    /// The case somebody means: a full id, its last eight (or more) characters, an order number, or `source:number`.
    public func find(_ text: String) async throws(DeskError) -> CaseID {
        if let id = CaseID(text) {
            guard try await dispute(id) != nil else { throw .unknownCase(text) }
            return id
        }
        for column in ["short", "order_ref", "reference"] {
            let wanted = column == "short" ? text.uppercased() : text
            do {
                let page = try await store.rows(RowQuery(CaseTables.cases, where: [.compare(column, .equal, .text(wanted))], limit: 5))
                let ids = page.rows.compactMap(CaseRow.init).map(\.id)
                if ids.count == 1 { return ids[0] }
                if ids.count > 1 { throw DeskError.ambiguousCase(text, ids) }
            } catch let error as DeskError {
                throw error
            } catch let error as StoreError {
                throw .store(error)
            } catch {
                throw .unknownCase(text)
            }
        }
        throw .unknownCase(text)
    }

    /// The case this member of staff should work on next, and how they come to it: of a kind they are certified for and a language they speak,
    /// one their role moves on, and nobody else's; nearest deadline first. A second key and an appeal are work on a case that is somebody's.
    public func nextCase(for staff: StaffStanding) async throws(DeskError) -> (row: CaseRow, how: Workable)? {
        let policy = try await policyInForce()
        let grants = staff.roles.compactMap { policy.roles[$0]?.grants }
        let granted = Set(grants.map(\.keys).joined())
        // Whoever admits any claim needs no certificate of the kind; whoever takes a case does.
        let admitsAny = grants.contains { $0[.admit] == .any }
        var nearest: (row: CaseRow, how: Workable)?
        var free = QueueFilter()
        free.unowned = true
        var filters = [free]
        for phase in [Phase.approval, .appeal] {
            var filter = QueueFilter()
            filter.phase = phase
            filters.append(filter)
        }
        for filter in filters {
            let phases = filter.phase.map { [$0] } ?? [.intake, .investigation, .decision]
            let workable = Set(phases.filter { !$0.movingActs.isDisjoint(with: granted) })
            guard !workable.isEmpty, let found = try await firstWorkable(filter, phases: workable, for: staff, policy, admitsAny) else { continue }
            guard let soonest = nearest?.row else { nearest = found; continue }
            if (found.row.due ?? .distantFuture) < (soonest.due ?? .distantFuture) { nearest = found }
        }
        return nearest
    }

    private func firstWorkable(
        _ filter: QueueFilter, phases: Set<Phase>, for staff: StaffStanding, _ inForce: Policy, _ admitsAny: Bool
    ) async throws(DeskError) -> (row: CaseRow, how: Workable)? {
        var after: [RowValue]?
        repeat {
            let page = try await queue(filter, after: after, limit: 200)
            for row in page.rows where phases.contains(row.phase) {
                guard let type = inForce.caseTypes[row.type], let skill = inForce.skills[type.skill] else { continue }
                guard staff.level >= skill.level || admitsAny && row.phase == .intake else { continue }
                guard staff.languages.isEmpty || staff.languages.contains(row.language) else { continue }
                let file = try await file(row.id)
                let context = DecisionContext(
                    now: surroundings.now(), policy: try await policy(for: file), actor: .staff(staff.id), staff: staff,
                    ids: IDSupply(at: surroundings.now(), randomness: surroundings.random()))
                if let how = file.workable(context) { return (row, how) }
            }
            after = page.next
        } while after != nil
        return nil
    }
}
