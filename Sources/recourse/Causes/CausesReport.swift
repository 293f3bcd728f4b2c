import RootCauses

/// What was found, for a person and for a script.
struct CausesReport {
    let causes: RootCauses
    let file: String
    let seed: UInt64
    let milliseconds: Double

    /// One plain sentence: what moved, and what explains it.
    var sentence: String {
        let first = causes.findings.first.map { spoken($0.combination) } ?? ""
        let others = causes.findings.count - 1
        let more = others == 0 ? "" : others == 1 ? " and one other slice" : " and \(others) other slices"
        switch causes.verdict {
        case .quiet: return "\(moved); no slice differs by more than chance and the usual drift would have it."
        case .found: return "\(moved); \(first)\(more) explain\(others == 0 ? "s" : "") \(Figure.percent(causes.explained)) of what deviates."
        case .foundInPart:
            return
                "\(moved); \(first)\(more) explain\(others == 0 ? "s" : "") only \(Figure.percent(causes.explained)) of it: the rest is broad, or outside the recorded dimensions."
        case .broad: return "\(moved); no slice stands out: it is broad, or outside the recorded dimensions."
        case .mix:
            let mover = causes.mixAndRate?.movers.first
            let share =
                mover.map { "; the share of \(spoken([$0.attribute])) went from \(Figure.percent($0.shareBefore)) to \(Figure.percent($0.shareNow))" } ?? ""
            return "\(moved) because other cases came, not because cases alike went otherwise\(share)."
        }
    }

    private var moved: String {
        let what = causes.mixAndRate == nil ? "The total" : "The ratio"
        let (now, before) = (Figure.text(causes.real), Figure.text(causes.predicted))
        if now == before { return "\(what) is \(now), as predicted" }
        return "\(what) is \(now) where \(before) was predicted"
    }

    var text: String {
        var lines = [sentence, ""]
        for (index, finding) in causes.findings.enumerated() {
            lines.append("\(index + 1). \(spoken(finding.combination))")
            let relative = finding.relative.map { " (\($0 < 0 ? "" : "+")\(Figure.percent($0)))" } ?? ""
            lines.append(
                "   \(Figure.text(finding.real)) where \(Figure.text(finding.expected)) was expected\(relative); \(Figure.text(finding.cases)) cases in \(finding.leaves) leaves"
            )
            let chance = finding.chance < 0.0001 ? "below 0.0001" : Figure.text(finding.chance, digits: 2)
            let shuffled = finding.pValue.map { ", p = \(Figure.text($0, digits: 2)) by shuffling" } ?? ""
            lines.append("   explains \(Figure.percent(finding.explained)) of what deviates; chance \(chance)\(shuffled)")
            for alias in finding.aliases { lines.append("   the same leaves: \(spoken(alias))") }
            for example in finding.examples where finding.leaves > 1 {
                lines.append("   for example \(spoken(example.values)): \(Figure.text(example.real)) where \(Figure.text(example.expected))")
            }
        }
        if let split = causes.mixAndRate {
            lines.append(
                "Of the change of \(Figure.text(split.mix + split.rate)): \(Figure.text(split.mix)) by the mix of cases, \(Figure.text(split.rate)) by how cases alike went."
            )
        }
        lines.append(
            "\(causes.slices) slices of \(causes.leaves) leaves by up to \(causes.depth) attributes, read as \(causes.reading.rawValue); \(Figure.text(milliseconds, digits: 3)) ms of processor time."
        )
        return lines.joined(separator: "\n")
    }

    private func spoken(_ combination: [Finding.Attribute]) -> String { LabelledFolder.name(combination) }

    var json: JSON {
        .object([
            ("file", .text(file)), ("verdict", .text(causes.verdict.rawValue)), ("says", .text(sentence)), ("reading", .text(causes.reading.rawValue)),
            ("real", Figure.json(causes.real)), ("predicted", Figure.json(causes.predicted)), ("explained", Figure.json(causes.explained)),
            ("rest_change", Figure.json(causes.restChange)), ("findings", .list(causes.findings.map(json))),
            ("mix_and_rate", causes.mixAndRate.map(json) ?? .null), ("attributes", .list(causes.attributes.map { .text($0) })),
            ("leaves", .integer(causes.leaves)), ("slices", .integer(causes.slices)), ("depth", .integer(causes.depth)),
            ("inflation", Figure.json(causes.inflation)), ("seed", .written("\(seed)")), ("cpu_ms", Figure.json(milliseconds)),
        ])
    }

    private func json(_ finding: Finding) -> JSON {
        .object([
            ("combination", json(finding.combination)), ("root_cause", .text(LabelledFolder.name(finding.combination))),
            ("aliases", .list(finding.aliases.map(json))), ("leaves", .integer(finding.leaves)), ("cases", Figure.json(finding.cases)),
            ("real", Figure.json(finding.real)), ("expected", Figure.json(finding.expected)), ("effect", Figure.json(finding.effect)),
            ("relative", finding.relative.map(Figure.json) ?? .null), ("explained", Figure.json(finding.explained)), ("gain", Figure.json(finding.gain)),
            ("confidence", Figure.json(1 - finding.chance)), ("chance", Figure.json(finding.chance)),
            ("p_value", finding.pValue.map(Figure.json) ?? .null),
            (
                "examples",
                .list(
                    finding.examples.map {
                        .object([("values", json($0.values)), ("real", Figure.json($0.real)), ("expected", Figure.json($0.expected))])
                    })
            ),
        ])
    }

    private func json(_ combination: [Finding.Attribute]) -> JSON { .object(combination.map { ($0.name, .text($0.value)) }) }

    private func json(_ split: MixAndRate) -> JSON {
        .object([
            ("mix", Figure.json(split.mix)), ("rate", Figure.json(split.rate)),
            (
                "movers",
                .list(
                    split.movers.map {
                        .object([
                            ("attribute", .text($0.attribute.name)), ("value", .text($0.attribute.value)), ("share_before", Figure.json($0.shareBefore)),
                            ("share_now", Figure.json($0.shareNow)), ("effect", Figure.json($0.effect)),
                        ])
                    })
            ),
        ])
    }
}
