import ProcessMining

/// The map for scripts. Every duration says its unit in its name.
struct MapJSON {
    let reading: LogReading
    let map: ProcessMap
    let bottlenecks: [Bottleneck]
    let limit: Int

    private var log: EventLog { reading.log }

    var json: JSON {
        .object([
            ("format", .text(reading.format.rawValue)),
            ("source", .list(reading.source.map { .text($0) })),
            ("cases", .integer(log.caseCount)),
            ("events", .integer(log.eventCount)),
            ("activities", .integer(log.activityNames.count)),
            ("variants", .integer(map.variants.all.count)),
            ("edge_count", .integer(map.edges.count)),
            ("events_per_case_mean", .decimal(Double(log.eventCount) / Double(log.caseCount), places: 3)),
            ("events_per_case_max", .integer(map.lengthMax)),
            ("durations", durations(map.throughput, days: true)),
            ("activity_list", .list(log.activityNames.indices.map(activity))),
            ("edges", .list(map.edges.map(edge))),
            ("top_variants", .list(map.variants.all.prefix(limit).map(variant))),
            ("rework", rework),
            ("bottlenecks", .list(bottlenecks.map(bottleneck))),
            ("problems", .list(reading.problems.map(problem))),
        ])
    }

    private func durations(_ durations: Durations, days: Bool) -> JSON {
        var fields = milliseconds(durations)
        fields +=
            days
            ? [
                ("mean_days", .days(durations.mean)), ("median_days", .days(durations.median)), ("p90_days", .days(durations.p90)),
                ("max_days", .days(durations.max)),
            ] : []
        return .object(fields)
    }

    private func milliseconds(_ durations: Durations) -> [(String, JSON)] {
        [
            ("mean_ms", .milliseconds(durations.mean)), ("median_ms", .milliseconds(durations.median)), ("p90_ms", .milliseconds(durations.p90)),
            ("min_ms", .milliseconds(durations.min)), ("max_ms", .milliseconds(durations.max)), ("total_ms", .milliseconds(durations.total)),
        ]
    }

    private func activity(_ index: Int) -> JSON {
        .object([
            ("name", .text(log.activityNames[index])), ("count", .integer(map.frequency[index])), ("cases_started", .integer(map.starts[index])),
            ("cases_ended", .integer(map.ends[index])), ("cases_repeated", .integer(map.rework.repeatedCases[index])),
        ])
    }

    private func edge(_ edge: ProcessMap.Edge) -> JSON {
        .object(
            [("from", .text(log.activityNames[edge.from])), ("to", .text(log.activityNames[edge.to])), ("count", .integer(edge.durations.count))]
                + milliseconds(edge.durations) + hours(edge.durations))
    }

    private func hours(_ durations: Durations) -> [(String, JSON)] {
        [
            ("mean_hours", .hours(durations.mean)), ("median_hours", .hours(durations.median)), ("p90_hours", .hours(durations.p90)),
            ("total_hours", .hours(durations.total)),
        ]
    }

    private func variant(_ variant: Variants.Variant) -> JSON {
        .object([
            ("cases", .integer(variant.cases)), ("share_percent", .decimal(Double(variant.cases) * 100 / Double(log.caseCount), places: 2)),
            ("path", .list(log.path(of: variant.example).map { .text($0) })),
        ])
    }

    private var rework: JSON {
        .object([
            ("cases_with_repeated_activity", .integer(map.rework.casesWithRepetition)),
            ("cases_with_repeated_activity_percent", .decimal(Double(map.rework.casesWithRepetition) * 100 / Double(log.caseCount), places: 2)),
            ("self_loops", .integer(map.rework.selfLoops)), ("cases_with_self_loop", .integer(map.rework.casesWithSelfLoop)),
            ("ping_pongs", .integer(map.rework.pingPongs)), ("cases_with_ping_pong", .integer(map.rework.casesWithPingPong)),
            ("handovers", .integer(map.rework.handovers)), ("handover_ping_pongs", .integer(map.rework.handoverPingPongs)),
        ])
    }

    private func bottleneck(_ bottleneck: Bottleneck) -> JSON {
        .object(
            [
                ("from", .text(log.activityNames[bottleneck.from])),
                ("to", bottleneck.to.map { .text(log.activityNames[$0]) } ?? .null),
                ("class", .text(bottleneck.waitClass.rawValue)), ("why", .text(bottleneck.reason)), ("count", .integer(bottleneck.durations.count)),
            ] + hours(bottleneck.durations) + [
                ("share_percent", .decimal(Double(bottleneck.shareBasisPoints) / 100, places: 2)),
                ("best_quartile_hours", .hours(bottleneck.bestQuartile)), ("saved_hours", .hours(bottleneck.saved)),
                ("timer_days", bottleneck.timerDelay.map { .days($0) } ?? .null),
            ])
    }

    private func problem(_ problem: LogProblem) -> JSON {
        .object([
            ("kind", .text(problem.kind.rawValue)), ("count", .integer(problem.count)), ("lines", .list(problem.lines.map { .integer($0) })),
            ("sentence", .text(problem.sentence)),
        ])
    }
}

extension JSON {
    /// A number with so many places behind the point.
    static func decimal(_ value: Double, places: Int) -> JSON {
        let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
        let scaled = Int((value * Double(unit)).rounded())
        let digits = String(scaled.magnitude % UInt(unit))
        let rest = places == 0 ? "" : "." + String(repeating: "0", count: places - digits.count) + digits
        return .written((scaled < 0 ? "-" : "") + String(scaled.magnitude / UInt(unit)) + rest)
    }

    static func milliseconds(_ microseconds: Int64) -> JSON { .integer((microseconds + (microseconds < 0 ? -500 : 500)) / 1_000) }
    static func hours(_ microseconds: Int64) -> JSON { .decimal(Double(microseconds) / 3_600_000_000, places: 3) }
    static func days(_ microseconds: Int64) -> JSON { .decimal(Double(microseconds) / 86_400_000_000, places: 6) }
}
