import Chronicle
import Disputes
import EventStorage
import Intake
import Policies
import Runtime
import Timekeeping

/// One incident of another desk's log as a case here, its rows as its history.
struct IncidentCase: Sendable {
    let history: IncidentHistory

    static let importer = Requester.machine("import-uci")

    var name: String { "uci:\(history.number)" }
    var id: CaseID { CaseID(at: history.openedAt, randomness: CaseID(naming: name).bits) }

    func opening() throws -> CaseCommand.Opening {
        let language: Language = try known("en")
        var channel = "unknown"
        var caller = name
        if case .opened(let first)? = history.changes.first?.what {
            channel = first.details[.contactType] ?? channel
            caller = first.details[.caller].map { "uci:caller:" + $0 } ?? name
        }
        let party = PartyID(naming: caller)
        return CaseCommand.Opening(
            id: id, type: try known("COMPLAINT"), claim: Claim(by: party, reason: try known("CMP-01"), statement: nil),
            parties: [Party(id: party, side: .filer, capacity: .user, language: language)], language: language, channel: channel,
            reference: ExternalReference(source: "uci", number: history.number))
    }

    /// One change a row of the log: everything that row changed, and how the incident stood after it.
    struct Row: Sendable {
        let occurred: Instant
        let change: CaseCommand.ImportedChange
        let fingerprint: Digest
    }

    func rows() -> [Row] {
        var standing = Standing()
        var rows: [Row] = []
        for changes in history.changes.chunked(by: { $0.line == $1.line && $0.recorded == $1.recorded }) {
            guard let first = changes.first else { continue }
            let change = standing.take(changes)
            let said = ([first.recorded.description, change.state, change.group, change.assignee?.description, change.priority] + change.changed)
                .map { $0 ?? "-" }.joined(separator: "\n")
            rows.append(Row(occurred: first.recorded, change: change, fingerprint: Digest(hashing: Array(said.utf8))))
        }
        return rows
    }

    /// How the incident stands, row after row.
    private struct Standing {
        var state = IncidentState.new
        var group: String?
        var assignee: String?
        var priority: IncidentPriority?
        var isOver = false

        mutating func take(_ changes: [IncidentChange]) -> CaseCommand.ImportedChange {
            var changed: [String] = []
            var slaMet: Bool?
            let wasOver = isOver
            for change in changes {
                switch change.what {
                case .opened(let first):
                    (state, group, assignee, priority) = (first.state, first.group, first.assignee, first.priority)
                    changed.append("opened")
                case .stateChanged(_, let to):
                    state = to
                    changed.append("state")
                case .groupChanged(_, let to):
                    group = to
                    changed.append("group")
                case .assigneeChanged(_, let to):
                    assignee = to
                    changed.append("assignee")
                case .reassignmentsCounted(_, let to): changed.append("reassignments=\(to)")
                case .reopened(let count): changed.append("reopen=\(count)")
                case .priorityChanged(_, let to):
                    priority = to
                    changed.append("priority")
                case .serviceLevelChanged(let held):
                    slaMet = held
                    changed.append("sla")
                case .detailChanged(let detail, _, _): changed.append(detail.rawValue)
                case .resolved(let resolution): changed.append("resolved" + (resolution.code.map { "=\($0)" } ?? ""))
                case .closed: changed.append("closed")
                case .touched: changed.append("touched")
                }
            }
            isOver = state == .closed
            return CaseCommand.ImportedChange(
                state: state.rawValue, holder: Standing.holder(state), changed: changed, group: group,
                assignee: assignee.map { StaffID(naming: "uci:" + $0) }, priority: priority?.rawValue, slaMet: slaMet, closes: isOver && !wasOver,
                reopens: wasOver && !isOver)
        }

        private static func holder(_ state: IncidentState) -> Holder {
            switch state {
            case .awaitingUser, .awaitingEvidence: .partyA
            case .awaitingVendor: .third
            case .resolved, .closed: .system
            case .new, .active, .awaitingProblem, .unnamed: .staff
            }
        }
    }
}

extension Array {
    /// Runs of neighbours that belong together.
    fileprivate func chunked(by belong: (Element, Element) -> Bool) -> [[Element]] {
        var runs: [[Element]] = []
        for element in self {
            if let last = runs.last?.last, belong(last, element) {
                runs[runs.count - 1].append(element)
            } else {
                runs.append([element])
            }
        }
        return runs
    }
}
