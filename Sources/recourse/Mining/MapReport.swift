import ProcessMining

/// The map for a person who has not seen the log before.
struct MapReport {
    let reading: LogReading
    let map: ProcessMap
    let bottlenecks: [Bottleneck]
    let limit: Int
    let screen: Screen

    private var log: EventLog { reading.log }

    func print() {
        head()
        variants()
        edges()
        rework()
        slow()
        problems()
    }

    private func head() {
        Swift.print(screen.heading("The log"))
        screen.print(
            "\(log.caseCount) cases, \(log.eventCount) events, \(log.activityNames.count) activities, \(map.variants.all.count) variants, "
                + "\(map.edges.count) steps (\(reading.format.rawValue); \(reading.source.map(harmless).joined(separator: "; "))).")
        screen.print(
            "A case takes \(TimeTaken.text(map.throughput.median)) in the middle, \(TimeTaken.text(map.throughput.mean)) on average; one in ten takes more than "
                + "\(TimeTaken.text(map.throughput.p90)), the longest \(TimeTaken.text(map.throughput.max)).")
        screen.print("A case has \(JSON.decimal(Double(log.eventCount) / Double(log.caseCount), places: 1).line) events on average, at most \(map.lengthMax).")
    }

    private func variants() {
        Swift.print("\n" + screen.heading("How cases go"))
        var table = TextTable([("cases", .right), ("share", .right), ("activities", .left)])
        for variant in map.variants.all.prefix(limit) {
            let path = log.path(of: variant.example).map(harmless).joined(separator: " → ")
            table.add([.init(String(variant.cases)), .init(percent(variant.cases, of: log.caseCount)), .init(path)])
        }
        table.lines(on: screen).forEach { Swift.print($0) }
        screen.print(
            "The first \(min(limit, map.variants.all.count)) of \(map.variants.all.count) variants are \(percent(map.variants.cases(ofFirst: limit), of: log.caseCount)) of cases."
        )
    }

    private func edges() {
        Swift.print("\n" + screen.heading("The most frequent steps"))
        var table = TextTable([("from", .left), ("to", .left), ("times", .right), ("median", .right), ("mean", .right), ("1 in 10 over", .right)])
        for edge in map.edges.prefix(limit) {
            table.add([
                .init(harmless(log.activityNames[edge.from])), .init(harmless(log.activityNames[edge.to])), .init(String(edge.durations.count)),
                .init(TimeTaken.text(edge.durations.median)), .init(TimeTaken.text(edge.durations.mean)), .init(TimeTaken.text(edge.durations.p90)),
            ])
        }
        table.lines(on: screen).forEach { Swift.print($0) }
    }

    private func rework() {
        let rework = map.rework
        Swift.print("\n" + screen.heading("Work done again"))
        screen.print(
            "\(percent(rework.casesWithRepetition, of: log.caseCount)) of cases have an activity more than once; "
                + "\(rework.selfLoops) steps go from an activity to itself, \(rework.pingPongs) there and back again.")
        guard !log.actors.isEmpty else { return }
        screen.print("\(rework.handovers) times somebody else went on, \(rework.handoverPingPongs) times it came straight back.")
    }

    private func slow() {
        Swift.print("\n" + screen.heading("Where the time goes"))
        var table = TextTable([
            ("from", .left), ("to", .left), ("waits for", .left), ("share", .right), ("hours", .right), ("passes", .right), ("median", .right),
            ("best quarter", .right), ("hours saved", .right),
        ])
        for bottleneck in bottlenecks.prefix(limit) {
            table.add([
                .init(harmless(log.activityNames[bottleneck.from])), .init(bottleneck.to.map { harmless(log.activityNames[$0]) } ?? "(its own work)"),
                .init(bottleneck.waitClass.rawValue), .init(JSON.decimal(Double(bottleneck.shareBasisPoints) / 100, places: 1).line + " %"),
                .init(hours(bottleneck.durations.total)), .init(String(bottleneck.durations.count)), .init(TimeTaken.text(bottleneck.durations.median)),
                .init(TimeTaken.text(bottleneck.bestQuartile)), .init(hours(bottleneck.saved)),
            ])
        }
        table.lines(on: screen).forEach { Swift.print($0) }
        screen.print("Hours saved: what all cases together would take less if no pass took longer than the fastest quarter does.")
        for bottleneck in bottlenecks.prefix(limit) where bottleneck.waitClass == .timer {
            guard let to = bottleneck.to else { continue }
            screen.print(
                "“\(harmless(log.activityNames[bottleneck.from]))” → “\(harmless(log.activityNames[to]))” is a clock and nobody's delay: \(bottleneck.reason). "
                    + "Shortening it is a decision about a rule.")
        }
    }

    private func problems() {
        guard !reading.problems.isEmpty else { return }
        Swift.print("\n" + screen.heading("What was noticed in the file"))
        for problem in reading.problems {
            let lines = problem.lines.prefix(5).map(String.init).joined(separator: ", ")
            screen.print("\(problem.count) \(problem.sentence)" + (lines.isEmpty ? "" : " (line \(lines)\(problem.count > 5 ? ", …" : ""))"))
        }
    }

    private func percent(_ part: Int, of whole: Int) -> String { JSON.decimal(Double(part) * 100 / Double(max(1, whole)), places: 1).line + " %" }
    private func hours(_ microseconds: Int64) -> String { JSON.decimal(Double(microseconds) / 3_600_000_000, places: 0).line }
}

/// A span of time in the unit a person would choose.
enum TimeTaken {
    static func text(_ microseconds: Int64) -> String {
        let seconds = Double(microseconds) / 1_000_000
        if seconds >= 2 * 86_400 { return JSON.decimal(seconds / 86_400, places: 1).line + " d" }
        if seconds >= 2 * 3_600 { return JSON.decimal(seconds / 3_600, places: 1).line + " h" }
        if seconds >= 120 { return JSON.decimal(seconds / 60, places: 1).line + " min" }
        return JSON.decimal(seconds, places: seconds < 10 ? 1 : 0).line + " s"
    }
}
