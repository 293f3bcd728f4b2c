import ArgumentParser
import ProcessMining

/// `conformance`: how a log fits a model.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Compare what happened, by a log, with what a model allows.",
        discussion: """
            Finds for every variant the cheapest pairing of its events with a run of the model (optimal alignment, standard costs), and says what
            was skipped and what was extra. The model is a Petri net in PNML or a process in BPMN 2.0.

            Fitness is 1 where everything fits: 1 − cost ÷ worst cost over all cases.

            Example: recourse conformance log.xes.gz model.pnml
            """)

    @OptionGroup var log: LogFileOptions

    @Argument(help: ArgumentHelp("The model: PNML or BPMN 2.0.", valueName: "model"))
    var model: String

    @Option(name: .long, help: ArgumentHelp("How many deviations to show.", valueName: "n"))
    var limit = 20

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    func validate() throws { guard limit >= 0 else { throw ValidationError("--limit is zero or more.") } }

    func run() throws {
        let bytes = try WholeFile.read(model)
        let net: PetriNet
        do { net = try ModelReader.read(bytes) } catch { throw Failure("\(model): \(error)") }
        let reading = try log.read()
        let variants = Variants(reading.log)
        let conformance: Conformance
        do { conformance = try Conformance(reading.log, variants, against: net) } catch { throw Failure("\(model): \(error)") }
        if json { print(document(reading.log, variants, conformance).line) } else { report(reading.log, conformance) }
    }

    private func document(_ log: EventLog, _ variants: Variants, _ conformance: Conformance) -> JSON {
        let worst = variants.all.indices.filter { conformance.alignments[$0].fitness < 1 }.prefix(limit)
        return .object([
            ("cases", .integer(log.caseCount)), ("variants", .integer(variants.all.count)),
            ("fitness", .decimal(conformance.fitness, places: 6)), ("average_trace_fitness", .decimal(conformance.averageFitness, places: 6)),
            ("fitting_cases", .integer(conformance.fittingCases)),
            ("fitting_cases_percent", .decimal(Double(conformance.fittingCases) * 100 / Double(log.caseCount), places: 4)),
            ("model_states", .integer(conformance.stateCount)),
            ("unknown_activities", .list(conformance.unknown.map { .text($0) })),
            (
                "deviations",
                .list(
                    conformance.deviations.prefix(limit).map { deviation in
                        .object([
                            ("kind", .text(deviation.kind.rawValue)), ("activity", .text(deviation.activity)), ("cases", .integer(deviation.cases)),
                            ("times", .integer(deviation.times)), ("example_cases", .list(deviation.examples.map { .text($0) })),
                        ])
                    })
            ),
            (
                "deviating_variants",
                .list(
                    worst.map { index in
                        .object([
                            ("cases", .integer(variants.all[index].cases)), ("fitness", .decimal(conformance.alignments[index].fitness, places: 6)),
                            ("example_case", .text(log.cases[variants.all[index].example])),
                            ("moves", .list(conformance.alignments[index].moves.map(move))),
                        ])
                    })
            ),
        ])
    }

    private func move(_ move: Alignment.Move) -> JSON {
        switch move {
        case .both(let activity): .object([("move", .text("both")), ("activity", .text(activity))])
        case .skipped(let activity): .object([("move", .text("skipped")), ("activity", .text(activity))])
        case .extra(let activity): .object([("move", .text("extra")), ("activity", .text(activity))])
        }
    }

    private func report(_ log: EventLog, _ conformance: Conformance) {
        let screen = Screen.standard
        print(screen.heading("How the log fits the model"))
        screen.print(
            "Fitness \(JSON.decimal(conformance.fitness, places: 4).line), where 1 is a perfect fit. \(conformance.fittingCases) of \(log.caseCount) cases "
                + "(\(JSON.decimal(Double(conformance.fittingCases) * 100 / Double(log.caseCount), places: 1).line) %) go as the model has it.")
        if !conformance.unknown.isEmpty {
            screen.print("The model does not know: " + conformance.unknown.map { "“\(harmless($0))”" }.joined(separator: ", ") + ".")
        }
        guard !conformance.deviations.isEmpty else { return }
        print("\n" + screen.heading("What was otherwise"))
        var table = TextTable([("what", .left), ("activity", .left), ("cases", .right), ("times", .right), ("such as", .left)])
        for deviation in conformance.deviations.prefix(limit) {
            table.add([
                .init(deviation.kind.rawValue), .init(harmless(deviation.activity)), .init(String(deviation.cases)), .init(String(deviation.times)),
                .init(deviation.examples.map(harmless).joined(separator: ", ")),
            ])
        }
        table.lines(on: screen).forEach { print($0) }
        screen.print("Skipped: the model would have had it. Extra: the log has it where the model does not allow it.")
    }
}
