import Chronicle
import Intake
import Testing

@Suite("Incident log")
struct IncidentLogTests {
    private static let columns = [
        "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla", "opened_at",
        "sys_created_at", "sys_updated_by", "sys_updated_at", "priority", "assignment_group", "assigned_to", "category", "closed_code",
        "resolved_by", "resolved_at", "closed_at",
    ]
    private static let first = [
        "number": "INC1", "incident_state": "New", "active": "true", "reassignment_count": "0", "reopen_count": "0", "sys_mod_count": "0",
        "made_sla": "true", "opened_at": "29/2/2016 01:16", "sys_created_at": "?", "sys_updated_by": "Updated by 21",
        "sys_updated_at": "29/2/2016 01:23", "priority": "3 - Moderate", "assignment_group": "Group 56", "assigned_to": "?",
        "category": "Category 55", "closed_code": "code 5", "resolved_by": "Resolved by 149", "resolved_at": "29/2/2016 11:20",
        "closed_at": "5/3/2016 12:00",
    ]

    /// Rows given by what differs from the first one.
    private func read(_ rows: [[String: String]], _ grouping: IncidentLog.Grouping = .contiguous) throws -> [IncidentLog.Item] {
        let lines = rows.map { row in
            IncidentLogTests.columns.map { row[$0] ?? IncidentLogTests.first[$0] ?? "?" }.joined(separator: ",")
        }
        var log = IncidentLog(grouping: grouping)
        let text = ([IncidentLogTests.columns.joined(separator: ",")] + lines).joined(separator: "\n")
        return try log.feed(Array(text.utf8)) + log.finish()
    }

    private func history(_ rows: [[String: String]]) throws -> IncidentHistory {
        let items = try read(rows)
        return try #require(items.count == 1 ? items.first : nil).get()
    }

    private static let resolved = ["incident_state": "Resolved", "sys_mod_count": "2", "sys_updated_at": "29/2/2016 11:29"]
    private static let closed = [
        "incident_state": "Closed", "active": "false", "sys_mod_count": "3", "sys_updated_at": "5/3/2016 12:00",
    ]

    @Test("A plain life: opened, handed over, touched, resolved, closed")
    func plain() throws {
        let history = try history([
            [:],
            [
                "sys_mod_count": "1", "sys_updated_at": "29/2/2016 02:00", "assignment_group": "Group 70", "reassignment_count": "1",
                "assigned_to": "Resolver 9", "incident_state": "Active", "category": "Category 1", "priority": "2 - High",
            ],
            [
                "sys_mod_count": "2", "sys_updated_at": "29/2/2016 03:00", "assignment_group": "Group 70", "reassignment_count": "1",
                "assigned_to": "Resolver 9", "incident_state": "Active", "category": "Category 1", "priority": "2 - High",
            ],
            [
                "sys_mod_count": "3", "sys_updated_at": "29/2/2016 11:29", "assignment_group": "Group 70", "reassignment_count": "1",
                "assigned_to": "Resolver 9", "incident_state": "Resolved", "category": "Category 1", "priority": "2 - High",
                "made_sla": "false",
            ],
            [
                "sys_mod_count": "4", "sys_updated_at": "5/3/2016 12:00", "assignment_group": "Group 70", "reassignment_count": "1",
                "assigned_to": "Resolver 9", "incident_state": "Closed", "active": "false", "category": "Category 1",
                "priority": "2 - High", "made_sla": "false",
            ],
        ])
        #expect(history.number == "INC1")
        #expect(history.rowCount == 5)
        #expect(history.anomalies.isEmpty)
        #expect(history.openedAt == Instant("2016-02-29T01:16:00Z"))
        let opened = try #require(history.changes.first)
        #expect(opened.occurred < opened.recorded)
        guard case .opened(let opening) = opened.what else { throw Unexpected(what: opened.what) }
        #expect(opening.state == .new)
        #expect(opening.assignee == nil)
        #expect(opening.details == [.category: "Category 55"])
        #expect(
            history.changes.dropFirst().map(\.what) == [
                .stateChanged(from: .new, to: .active), .groupChanged(from: "Group 56", to: "Group 70"),
                .assigneeChanged(from: nil, to: "Resolver 9"), .reassignmentsCounted(from: 0, to: 1),
                .priorityChanged(from: .moderate, to: .high), .detailChanged(.category, from: "Category 55", to: "Category 1"),
                .touched,
                .stateChanged(from: .active, to: .resolved), .serviceLevelChanged(held: false), history.changes[10].what,
                .stateChanged(from: .resolved, to: .closed), .closed,
            ])
        guard case .resolved(let resolution) = history.changes[10].what else { throw Unexpected(what: history.changes[10].what) }
        #expect(resolution.code == "code 5")
        #expect(resolution.by == "Resolved by 149")
        #expect(history.changes[10].occurred == Instant("2016-02-29T11:20:00Z"))
        #expect(history.changes[10].recorded == Instant("2016-02-29T11:29:00Z"))
        #expect(history.changes.map(\.line) == [2, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5, 6, 6])
    }

    struct Unexpected: Error { let what: IncidentChange.What }

    @Test("A reopened incident is resolved and closed once, at the last turn")
    func reopened() throws {
        let history = try history([
            [:], IncidentLogTests.resolved,
            ["incident_state": "Active", "reopen_count": "1", "sys_mod_count": "3", "sys_updated_at": "1/3/2016 08:00"],
            [
                "incident_state": "Resolved", "reopen_count": "1", "sys_mod_count": "4", "sys_updated_at": "2/3/2016 08:00",
                "resolved_at": "2/3/2016 08:00",
            ],
            [
                "incident_state": "Closed", "active": "false", "reopen_count": "1", "sys_mod_count": "5",
                "sys_updated_at": "5/3/2016 12:00",
            ],
        ])
        let ends = history.changes.filter { change in
            if case .resolved = change.what { return true }
            return change.what == .closed
        }
        #expect(ends.map(\.line) == [5, 6])
        #expect(history.changes.contains { $0.what == .reopened(count: 1) && $0.line == 4 })
        #expect(history.anomalies == [.updatesMissing(1)])
    }

    struct Oddity: Sendable, CustomTestStringConvertible {
        let name: String
        let rows: [[String: String]]
        let anomalies: [IncidentAnomaly]
        var testDescription: String { name }
    }

    private static let near = [[:], resolved.merging(["sys_mod_count": "1"]) { $1 }, closed.merging(["sys_mod_count": "2"]) { $1 }]
    private static func near(_ index: Int, _ changes: [String: String]) -> [[String: String]] {
        var rows = near
        rows[index].merge(changes) { $1 }
        return rows
    }

    static let oddities: [Oddity] = [
        Oddity(name: "none", rows: near, anomalies: []),
        Oddity(name: "a gap", rows: [[:], resolved, closed], anomalies: [.updatesMissing(1)]),
        Oddity(
            name: "first seen late", rows: near(0, ["incident_state": "Awaiting User Info"]), anomalies: [.firstSeen(.awaitingUser)]),
        Oddity(
            name: "written before opened", rows: near(0, ["sys_updated_at": "29/2/2016 01:00"]), anomalies: [.recordedBeforeOpened]),
        Oddity(
            name: "created before opened", rows: near(0, ["sys_created_at": "29/2/2016 01:00"]), anomalies: [.createdBeforeOpened]),
        Oddity(
            name: "the count restarts", rows: near(0, ["sys_mod_count": "2"]),
            anomalies: [.countFellBack, .modificationRepeated(2), .beginningMissing(firstModification: 2)]),
        Oddity(
            name: "one minute", rows: near(1, ["sys_updated_at": "29/2/2016 01:23", "resolved_at": "29/2/2016 01:23"]),
            anomalies: [.sharedMinutes(1)]),
        Oddity(name: "not in order", rows: [near[1], near[0], near[2]], anomalies: [.outOfOrder]),
        Oddity(name: "never closed", rows: Array(near[..<2]), anomalies: [.neverClosed]),
        Oddity(name: "never resolved", rows: [near[0], closed.merging(["sys_mod_count": "1"]) { $1 }], anomalies: [.neverResolved]),
        Oddity(
            name: "changed after closing", rows: near + [closed.merging(["sys_updated_at": "6/3/2016 12:00"]) { $1 }],
            anomalies: [.changedAfterClosing]),
        Oddity(name: "inactive and open", rows: near(0, ["active": "false"]), anomalies: [.activityDisagrees]),
        Oddity(name: "resolved, no time", rows: near.map { $0.merging(["resolved_at": "?"]) { $1 } }, anomalies: [.resolutionTimeMissing]),
        Oddity(
            name: "resolved after the row that says so", rows: near.map { $0.merging(["resolved_at": "1/3/2016 11:30"]) { $1 } },
            anomalies: [.endTimeImpossible]),
        Oddity(
            name: "resolved before opened", rows: near.map { $0.merging(["resolved_at": "28/2/2016 11:30"]) { $1 } },
            anomalies: [.endTimeImpossible]),
    ]

    @Test("What is odd is named, costs no row, and leaves time in order", arguments: oddities)
    func anomalies(oddity: Oddity) throws {
        let history = try history(oddity.rows)
        #expect(history.anomalies == oddity.anomalies)
        checkLaws(history)
        #expect(history.rowCount == oddity.rows.count)
    }

    @Test(
        "A row that is not understood is rejected, and the others make the history",
        arguments: [
            ("number", "?", RowRejection.Reason.missing(column: "number")),
            ("incident_state", "Lost", .unknown(column: "incident_state", value: "Lost")),
            ("active", "yes", .unknown(column: "active", value: "yes")),
            ("sys_mod_count", "-1", .malformed(column: "sys_mod_count", value: "-1", expected: "a number")),
            ("sys_updated_at", "?", .missing(column: "sys_updated_at")),
            (
                "sys_updated_at", "30/2/2016 01:23",
                .malformed(column: "sys_updated_at", value: "30/2/2016 01:23", expected: "a day and a minute (29/2/2016 01:16)")
            ),
            (
                "opened_at", "2016-02-29 01:23",
                .malformed(column: "opened_at", value: "2016-02-29 01:23", expected: "a day and a minute (29/2/2016 01:16)")
            ),
            (
                "resolved_at", "29/2/2016 24:00",
                .malformed(column: "resolved_at", value: "29/2/2016 24:00", expected: "a day and a minute (29/2/2016 01:16)")
            ),
            ("priority", "5 - Whenever", .unknown(column: "priority", value: "5 - Whenever")),
        ])
    func rejected(column: String, value: String, reason: RowRejection.Reason) throws {
        let items = try read([[:], [column: value], IncidentLogTests.closed])
        #expect(items.count == 2)
        #expect(items.first == .failure(RowRejection(line: 3, reason)))
        #expect(try items.last?.get().rowCount == 2)
    }

    @Test("Scattered rows are rejected when read incident by incident, and gathered when asked")
    func scattered() throws {
        let rows = [[:], ["number": "INC2"], IncidentLogTests.closed]
        let items = try read(rows)
        #expect(items.compactMap { try? $0.get().number } == ["INC1", "INC2"])
        #expect(items.contains(.failure(RowRejection(line: 4, .scattered(incident: "INC1")))))
        let gathered = try read(rows, .wholeFile).map { try $0.get() }
        #expect(gathered.map(\.number) == ["INC1", "INC2"])
        #expect(gathered.map(\.rowCount) == [2, 1])
    }

    @Test("A header without what a history needs is refused")
    func header() {
        #expect(throws: HeaderRefusal.empty) {
            var log = IncidentLog()
            _ = try log.finish()
        }
        #expect(throws: HeaderRefusal.repeatedColumn("number")) {
            var log = IncidentLog()
            _ = try log.feed(Array("number,number\n".utf8))
        }
        let text = IncidentLogTests.columns.filter { $0 != "opened_at" }.joined(separator: ",") + "\n"
        #expect(throws: HeaderRefusal.missingColumns(["opened_at"], of: "the incident log")) {
            var log = IncidentLog()
            _ = try log.feed(Array(text.utf8))
        }
    }
}

/// What holds of every history, however odd its rows.
func checkLaws(_ history: IncidentHistory) {
    let opened = history.changes.map { change in if case .opened = change.what { true } else { false } }
    let recorded = history.changes.map(\.recorded)
    let isRight =
        opened.first == true && opened.count { $0 } == 1 && zip(recorded, recorded.dropFirst()).allSatisfy { $0 <= $1 }
        && history.changes.allSatisfy { $0.occurred <= $0.recorded && $0.occurred >= history.openedAt }
        && Set(history.changes.map(\.line)).count == history.rowCount
    #expect(isRight, "\(history.number)")
}
