import Chronicle
import Measures
import Wire

/// Numbers for people: never without how many they rest on.
struct MeasureScreen {
    let screen: Screen
    /// Handles of staff by their ids.
    let names: [String: String]

    static func show(_ list: MeasureList, _ isJSON: Bool) {
        guard !isJSON else { return list.measures.forEach { print($0.line) } }
        let screen = Screen.standard
        for measure in list.measures {
            print(screen.strong(measure.code.rawValue) + "  " + measure.title + screen.faint("  \(measure.short), \(measure.unit.rawValue)"))
            screen.print(measure.formula, indent: 2)
            screen.print("counted: \(measure.cohort); read beside it: \(measure.counter.rawValue)", indent: 2)
            if let needs = measure.needs { screen.print("not recorded yet: needs \(needs)", indent: 2) }
        }
        let missing = list.dimensions.compactMap { dimension in dimension.missing.map { "\(dimension.name.rawValue): \($0)" } }
        print("\nCut by: " + list.dimensions.filter { $0.missing == nil }.map(\.name.rawValue).joined(separator: ", "))
        for line in missing { print("Not yet by " + line) }
    }

    /// One line an indicator.
    func overview(_ answers: [MeasureAnswer]) {
        guard let first = answers.first else { return }
        head(first)
        var table = TextTable([("measure", .left), ("value", .right), ("95 % interval", .left), ("p90", .right), ("net", .right), ("n", .right), ("", .left)])
        for answer in answers {
            let figure = answer.whole.now
            table.add([
                .init(answer.measure.code.rawValue), .init(value(figure.value, answer), screen.strong), .init(interval(figure, answer)),
                .init(figure.gross?.p90.map(MeasureScreen.length) ?? ""), .init(net(figure, answer)), .init(String(figure.n)),
                .init(open(figure), screen.faint),
            ])
        }
        for line in table.lines(on: screen) { print(line) }
        let missing = Catalogue.all.filter { $0.needs != nil }
        screen.print(
            "\(missing.count) more are not recorded yet: " + missing.map(\.code.rawValue).joined(separator: ", ")
                + ". recourse measures --catalogue says what each needs.")
        foot(first)
    }

    func show(_ answer: MeasureAnswer) {
        print(screen.heading(answer.measure.title))
        screen.print("\(answer.measure.formula). Counted: \(answer.measure.cohort). Read beside it: \(answer.measure.counter.rawValue).")
        head(answer)
        let isCompared = answer.beforeFrom != nil
        let hasMix = answer.cells.contains { $0.mix != nil }
        var table = TextTable(
            answer.by.map { ($0.rawValue, .left) }
                + [("value", .right), ("95 % interval", .left), ("p90", .right), ("net", .right), ("n", .right), ("open", .right)]
                + (isCompared ? [("before", .right), ("n", .right), ("change", .left)] : []) + (hasMix ? [("of expected", .right)] : []))
        for cell in answer.cells { table.add(row(cell, answer, isCompared, hasMix)) }
        table.add(row(answer.whole, answer, isCompared, hasMix, dress: screen.strong))
        for line in table.lines(on: screen) { print(line) }
        for part in answer.whole.now.parts where answer.whole.now.parts.count > 1 {
            print(screen.faint("  of these \(part.name): \(part.n)" + (part.spread?.p50.map { ", median " + MeasureScreen.length($0) } ?? "")))
        }
        foot(answer)
        print("")
    }

    private func row(_ cell: MeasureCell, _ answer: MeasureAnswer, _ isCompared: Bool, _ hasMix: Bool, dress: @escaping (String) -> String = { $0 })
        -> [TextTable.Cell]
    {
        let figure = cell.now
        var words = zip(answer.by, cell.words).map { TextTable.Cell($0 == .agent ? names[$1] ?? $1 : $1) }
        if cell.words.isEmpty { words = answer.by.enumerated().map { .init($0.offset == 0 ? "all" : "", dress) } }
        var row = words
        row += [.init(value(figure.value, answer), dress), .init(interval(figure, answer)), .init(figure.gross?.p90.map(MeasureScreen.length) ?? "")]
        row += [.init(net(figure, answer)), .init(String(figure.n)), .init(open(figure))]
        if isCompared {
            row += [.init(value(cell.before?.value, answer)), .init(String(cell.before?.n ?? 0)), .init(change(cell, answer))]
        }
        if hasMix { row.append(.init(cell.mix?.ratio.map { MeasureScreen.percent($0) } ?? "")) }
        return row
    }

    private func head(_ answer: MeasureAnswer) {
        var line = "\(Moments.exact(answer.from)) to \(Moments.exact(answer.to)) UTC, \(answer.basis)"
        if let from = answer.beforeFrom, let to = answer.beforeTo { line += "; before: \(Moments.exact(from)) to \(Moments.exact(to))" }
        screen.print(line)
        if answer.simulated > 0 { print(screen.simulated("SIMULATED: \(answer.simulated) of \(answer.whole.now.n) are from rehearsals, not from life")) }
    }

    private func foot(_ answer: MeasureAnswer) { print(screen.faint("as of event \(answer.asOf); the cases behind a number: --cases 20")) }

    // MARK: Words

    private func value(_ value: Int64?, _ answer: MeasureAnswer) -> String {
        guard let value else { return "—" }
        switch answer.counted {
        case .milliseconds: return MeasureScreen.length(value)
        case .count: return String(value)
        case .millionths: return answer.measure.unit == .ratio ? MeasureScreen.decimal(value, places: 2, of: 1_000_000) : MeasureScreen.percent(value)
        }
    }

    private func interval(_ figure: FigureView, _ answer: MeasureAnswer) -> String {
        guard figure.low != nil || figure.high != nil else { return "" }
        return "\(value(figure.low, answer)) … \(value(figure.high, answer))"
    }

    private func net(_ figure: FigureView, _ answer: MeasureAnswer) -> String {
        if let gross = figure.grossValue { return "gross " + MeasureScreen.percent(gross) }
        return figure.net?.p50.map(MeasureScreen.length) ?? ""
    }

    private func open(_ figure: FigureView) -> String {
        guard let gross = figure.gross, gross.count > gross.over else { return "" }
        return "\(gross.count - gross.over) open"
    }

    private func change(_ cell: MeasureCell, _ answer: MeasureAnswer) -> String {
        guard let change = cell.change else { return "" }
        let sign = change.difference > 0 ? "+" : ""
        guard let low = change.low, let high = change.high else { return sign + value(change.difference, answer) }
        return "\(sign)\(value(change.difference, answer)) (\(value(low, answer)) … \(value(high, answer)))"
    }

    /// `3 d 4 h`; under a minute in seconds.
    static func length(_ milliseconds: Int64) -> String { Span(milliseconds: milliseconds).description }
    static func percent(_ millionths: Int64) -> String { decimal(millionths, places: 1, of: 10_000) + " %" }

    private static func decimal(_ value: Int64, places: Int, of one: Int64) -> String {
        let scale: Int64 = places == 1 ? 10 : 100
        let scaled = (value.magnitude * UInt64(scale) * 2 + UInt64(one)) / (UInt64(one) * 2)
        let (whole, rest) = (scaled / UInt64(scale), scaled % UInt64(scale))
        let digits = String(rest)
        return (value < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: places - digits.count) + digits
    }
}
