import Policies
import Timekeeping
import Wire

/// One workflow: the graph, and the same facts as a table.
struct WorkflowSheet {
    let sheet: Sheet

    init(_ workflow: Workflow, _ policy: Policy, _ visit: Visit) async throws {
        let phrases = visit.phrases
        let steps = WorkflowSheet.inOrder(workflow)
        let common = WorkflowSheet.everywhere(steps)
        let graph = WorkflowSheet.graph(workflow, steps, without: common, phrases)
        let picture = try await visit.console.drawings.drawing(of: graph, label: phrases("graph_of", workflow.title))
        let types = policy.caseTypes.values.filter { $0.workflow == workflow.code }.map(\.title).sorted()
        var notes = [phrases("workflow_for", types.joined(separator: "; "))]
        if picture == nil {
            notes.append(phrases("no_dot"))
        } else if !common.isEmpty {
            let told = common.map { phrases("in_n_steps", $0.word, workflow.steps[$0.to]?.title ?? $0.to.text, String($0.count)) }
            notes.append(phrases("not_drawn", told.joined(separator: "; ")))
        }
        let rows = steps.map { step -> [Table.Cell] in
            [
                Table.Cell(step.title + " · " + step.code.text, "c-wide auto"), Table.Cell(phrases("phase.\(step.phase.rawValue)")),
                Table.Cell(phrases.known("holder.\(step.holder.rawValue)") ?? step.holder.rawValue),
                Table.Cell(lines: step.onEntry.map(\.phrase)),
                Table.Cell(lines: WorkflowSheet.exits(of: step, workflow, phrases)),
            ]
        }
        let table = Table(
            caption: phrases("steps_of", workflow.title), heads: ["step", "phase", "held_by", "on_entering", "leaves_on"].map { phrases("head_" + $0) },
            rows: rows, anchors: steps.map { "step-" + $0.code.text })
        let hash = visit.request.query["pack"] == nil ? "" : "?pack=\(policy.hash)"
        let choices = policy.workflows.values.sorted { $0.title < $1.title }.map { other -> Fields in
            ["name": .text(other.title), "href": .text("/policy/workflows/\(other.code)\(hash)"), "current": .flag(other.code == workflow.code)]
        }
        sheet = Sheet(
            heading: workflow.title, lead: visit.lead(of: policy, "workflow_lead"), tabs: visit.studioTabs(),
            sections: [
                .init(heading: phrases("graph"), anchor: "graph-h", notes: notes, picture: picture),
                .init(heading: phrases("steps"), anchor: "steps-h", notes: [phrases("start_at", workflow.steps[workflow.start]?.title ?? "")], table: table),
            ], choices: choices, choicesName: phrases("studio_workflows"))
    }

    /// From the start on, as a case would first come to them.
    private static func inOrder(_ workflow: Workflow) -> [Step] {
        var (order, seen, next) = ([Step](), Set<StepCode>(), [workflow.start])
        while !next.isEmpty {
            let code = next.removeFirst()
            guard seen.insert(code).inserted, let step = workflow.steps[code] else { continue }
            order.append(step)
            next += step.exits.map(\.to)
        }
        return order + workflow.steps.values.filter { !seen.contains($0.code) }.sorted { $0.code.text < $1.code.text }
    }

    private static func exits(of step: Step, _ workflow: Workflow, _ phrases: Phrases) -> [String] {
        guard !step.exits.isEmpty else { return [phrases("ends_here")] }
        return step.exits.map { exit in
            let when = exit.when.isEmpty ? "" : " " + phrases("when_it", exit.when.map(\.description).joined(separator: " " + phrases("and_it") + " "))
            return "\(exit.on)\(when) → \(workflow.steps[exit.to]?.title ?? exit.to.text)"
        }
    }

    /// What can happen in many steps and always leads to the same one, such as a legal hold: said once, for a picture of all of it shows nothing.
    private static func everywhere(_ steps: [Step]) -> [(word: String, to: StepCode, count: Int)] {
        var counts: [String: (to: StepCode, steps: Int)] = [:]
        for step in steps {
            for key in Set(step.exits.map { "\($0.on)\n\($0.to)" }) {
                guard let to = step.exits.first(where: { "\($0.on)\n\($0.to)" == key })?.to else { continue }
                counts[key] = (to, (counts[key]?.steps ?? 0) + 1)
            }
        }
        return counts.filter { $0.value.steps >= manySteps }.map { (String($0.key.prefix { $0 != "\n" }), $0.value.to, $0.value.steps) }
            .sorted { ($0.count, $1.word) > ($1.count, $0.word) }
    }

    private static let manySteps = 4

    /// Ways between the same two steps are one line with several words: a picture is for the shape, the table for every case.
    private static func graph(
        _ workflow: Workflow, _ steps: [Step], without common: [(word: String, to: StepCode, count: Int)], _ phrases: Phrases
    ) -> Graph {
        let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.code, $0) })
        var edges: [Graph.Edge] = []
        for (from, step) in steps.enumerated() {
            var words: [(to: Int, lines: [String])] = []
            for exit in step.exits {
                let word = exit.on.description
                guard let to = places[exit.to], !common.contains(where: { $0.word == word && $0.to == exit.to }) else { continue }
                if let known = words.firstIndex(where: { $0.to == to }) {
                    if !words[known].lines.contains(word) { words[known].lines.append(word) }
                } else {
                    words.append((to, [word]))
                }
            }
            edges += words.map { to, lines in
                let told = lines.count > linesMax ? lines.prefix(linesMax - 1) + [phrases("and_more", String(lines.count - linesMax + 1))] : lines[...]
                return Graph.Edge(from: from, to: to, lines: Array(told))
            }
        }
        let nodes = steps.map { step in
            Graph.Node(
                name: step.code.text, lines: wrapped(step.title) + [phrases("phase.\(step.phase.rawValue)").lowercased()],
                href: "#step-" + step.code.text, kind: step.isTerminal ? "ends" : step.code == workflow.start ? "begins" : "")
        }
        return Graph(nodes: nodes, edges: edges)
    }

    private static let linesMax = 4
    private static let charactersMax = 22

    private static func wrapped(_ title: String) -> [String] {
        var lines: [String] = []
        for word in title.split(separator: " ") {
            if let last = lines.last, last.count + word.count < charactersMax { lines[lines.count - 1] = last + " " + word } else { lines.append(String(word)) }
        }
        return lines
    }
}
