import ArgumentParser
import Staffing

/// `recourse staffing …`: how many, where, when, with which skills, and what one fewer costs.
struct StaffingCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staffing",
        abstract: "Work out how many people are needed, when, with which skills, and what one fewer costs.",
        discussion: """
            Three kinds of work: live contact that waits seconds (live), live work that takes hours while arrivals change (day), and cases that may wait but not
            past their deadline (cases).

            Examples:
              recourse staffing live --arrivals 250 --per 30m --handling 210s --answered 80 --within 20s
              recourse staffing day --arrivals 30,38,44,48,50,48,44,38,30,22,16,12,10,12,16,22 --handling 4h --waiting-max 20
              recourse staffing cases --work 4,3,2,2,2,3,6,10,16,20,22,22,20,18,18,17,16,14,12,10,9,8,6,5 --within 4 --shift 8
            """,
        subcommands: [LiveStaffing.self, DayStaffing.self, CaseStaffing.self])
}

/// What is promised on a live channel, and what of paid time is not worked.
struct LivePromises: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("At least this part answered --within, in per cent.", valueName: "per cent")) var answered: Double?
    @Option(name: .long, help: ArgumentHelp("The time of --answered: 20s, 5m.", valueName: "length")) var within: String?
    @Option(name: .long, help: ArgumentHelp("At most this part waits at all, in per cent.", valueName: "per cent")) var waitingMax: Double?
    @Option(name: .long, help: ArgumentHelp("Agents busy at most this part of their time, in per cent.", valueName: "per cent")) var occupancyMax: Double?
    @Option(name: .long, help: ArgumentHelp("At most this part hangs up, in per cent; needs --patience.", valueName: "per cent")) var abandoningMax: Double?
    @Option(name: .long, help: ArgumentHelp("Mean time a caller would wait (Erlang A); without it nobody hangs up (Erlang C).", valueName: "length"))
    var patience: String?
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Paid time not worked, by kind, in per cent, each of what the earlier ones left: --shrinkage leave=8.", valueName: "kind=per cent"))
    var shrinkage: [String] = []
    @Flag(name: .long, help: "Print as JSON.") var json = false

    /// In handling times.
    func target(handlingSeconds: Double) throws -> LiveTarget {
        var target = LiveTarget(
            waitingMax: try part(waitingMax, "--waiting-max"), occupancyMax: try part(occupancyMax, "--occupancy-max"),
            abandoningMax: try part(abandoningMax, "--abandoning-max"), patience: try patience.map { try seconds($0) / handlingSeconds })
        guard (answered == nil) == (within == nil) else { throw Failure("--answered and --within go together") }
        if let answered = try part(answered, "--answered"), let within {
            target.serviceLevel = (answered, within == "0s" ? 0 : try seconds(within) / handlingSeconds)
        }
        guard abandoningMax == nil || patience != nil else { throw Failure("--abandoning-max needs --patience: without it nobody hangs up") }
        guard target.serviceLevel != nil || target.waitingMax != nil || target.occupancyMax != nil || target.abandoningMax != nil else {
            throw Failure("say what is promised: --answered with --within, --waiting-max, --occupancy-max or --abandoning-max")
        }
        return target
    }

    private func part(_ percent: Double?, _ name: String) throws -> Double? {
        guard let percent else { return nil }
        guard percent > 0, percent < 100 else { throw Failure("\(name) is a part between 0 and 100 per cent, not \(percent.rounded(places: 1))") }
        return percent / 100
    }

    func kinds() throws -> Shrinkage {
        let kinds = try shrinkage.map { text in
            let parts = text.split(separator: "=")
            guard parts.count == 2, let percent = Double(parts[1]) else { throw Failure("“\(text)” is no shrinkage; write leave=8") }
            return (name: String(parts[0]), part: percent / 100)
        }
        guard let shrinkage = Shrinkage(kinds) else { throw Failure("a shrinkage is at least 0 and below 100 per cent") }
        return shrinkage
    }
}

/// `20s`, `3.5m`, `4h`, in seconds.
func seconds(_ text: String) throws -> Double {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit: Double? =
        switch text.dropFirst(number.count) {
        case "s": 1
        case "m", "min": 60
        case "h": 3_600
        case "d": 86_400
        default: nil
        }
    guard let value = Double(number), let unit, value > 0, value < 1e9 else { throw Failure("“\(text)” is not a length of time; write 20s, 30m or 4h") }
    return value * unit
}

/// Numbers one after the other, with commas.
func numbers(_ text: String, _ name: String) throws -> [Double] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0.filter { $0 != " " }) }.filter { $0.isFinite && $0 >= 0 }
    guard numbers.count == parts.count, !numbers.isEmpty else { throw Failure("\(name) takes numbers of at least 0 with commas between them") }
    return numbers
}

/// `staffing live`: one interval of live contact.
struct LiveStaffing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Agents for live contact in one interval: the fewest that keep every promise, and what one fewer does.",
        discussion:
            "Example: recourse staffing live --arrivals 250 --per 30m --handling 210s --answered 80 --within 20s --shrinkage leave=10 --shrinkage breaks=8")

    @Option(name: .long, help: ArgumentHelp("How many come in the interval.", valueName: "count")) var arrivals: Double
    @Option(name: .long, help: ArgumentHelp("The interval's length.", valueName: "length")) var per = "30m"
    @Option(name: .long, help: ArgumentHelp("Mean handling time, work afterwards included.", valueName: "length")) var handling: String
    @OptionGroup var promises: LivePromises

    func run() throws {
        let handling = try seconds(handling)
        let load = arrivals * handling / (try seconds(per))
        guard arrivals >= 0, load.isFinite, load < 1e6 else { throw Failure("a load of up to a million erlangs can be worked out") }
        let target = try promises.target(handlingSeconds: handling)
        let shrinkage = try promises.kinds()
        let needed = AgentsNeeded(load: load, target: target)
        let scheduled = shrinkage.scheduled(for: needed.result.agents)
        func figures(_ result: LiveResult) -> JSON {
            .object([
                ("agents", .integer(result.agents)), ("service_level", .real(result.serviceLevel, places: 9)), ("waiting", .real(result.waiting, places: 12)),
                ("abandoning", .real(result.abandoning, places: 12)), ("average_wait_seconds", .real(result.averageWait * handling, places: 6)),
                ("occupancy", .real(result.occupancy, places: 9)),
            ])
        }
        if promises.json {
            return print(
                JSON.object([
                    ("load_erlangs", .real(load, places: 9)), ("needed", figures(needed.result)), ("decided_by", .text(needed.decidedBy.rawValue)),
                    ("scheduled", .integer(scheduled)), ("shrinkage", .real(shrinkage.whole)), ("one_fewer", needed.oneFewer.map(figures) ?? .null),
                ]).line)
        }
        let screen = Screen.standard
        screen.print(
            "\(needed.result.agents) agents for a load of \(load.rounded(places: 2)) erlangs; the \(needed.decidedBy.rawValue) decides."
                + (shrinkage.whole > 0 ? " Schedule \(scheduled), for \(shrinkage.whole.percent) of paid time is not worked." : ""))
        screen.print("They reach: " + words(needed.result, handling))
        if let fewer = needed.oneFewer { screen.print("One fewer: " + words(fewer, handling)) }
    }

    private func words(_ result: LiveResult, _ handling: Double) -> String {
        var parts: [String] = []
        if let level = result.serviceLevel, let within = promises.within { parts.append("\(level.percent) answered within \(within)") }
        parts.append("\(result.waiting.percent) wait, \((result.averageWait * handling).rounded(places: 1)) s on average")
        if promises.patience != nil { parts.append("\(result.abandoning.percent) hang up") }
        parts.append("busy \(result.occupancy.percent) of the time")
        return parts.joined(separator: "; ") + "."
    }
}

/// `staffing day`: a day that repeats, with handling times that may outlast an interval.
struct DayStaffing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day", abstract: "Agents for every hour of a day that repeats, where handling may take hours, tried on simulated days.",
        discussion: """
            Beside the plan by offered load stands the hour-by-hour one most tools make, and how many wait under each, on the same simulated days.

            Example: recourse staffing day --arrivals 30,38,44,48,50,48,44,38,30,22,16,12,10,12,16,22 --handling 4h --waiting-max 20
            """)

    @Option(name: .long, help: ArgumentHelp("Arrivals per interval, with commas.", valueName: "numbers")) var arrivals: String
    @Option(name: .long, help: ArgumentHelp("The interval's length.", valueName: "length")) var per = "1h"
    @Option(name: .long, help: ArgumentHelp("Mean handling time.", valueName: "length")) var handling: String
    @Option(name: .long, help: ArgumentHelp("Simulated days.", valueName: "count")) var days = 400
    @Option(name: .long, help: ArgumentHelp("The seed of the simulated days.", valueName: "number")) var seed: UInt64 = 1
    @OptionGroup var promises: LivePromises

    func run() throws {
        let rates = try numbers(arrivals, "--arrivals")
        let seconds = try seconds(handling)
        let handling = seconds / (try recourse.seconds(per))
        guard rates.reduce(0, +) > 0 else { throw Failure("nothing arrives all day: nobody is needed") }
        guard 1...100_000 ~= days, rates.reduce(0, +) * Double(days) < 5e7 else {
            throw Failure("between 1 and 100,000 days and 50 million arrivals can be simulated")
        }
        let target = try promises.target(handlingSeconds: seconds)
        let shrinkage = try promises.kinds()
        let plans = DayPlan.Rule.allCases.map { DayPlan($0, arrivals: rates, handling: handling, target: target) }
        let tried = plans.map { SimulatedDays(arrivals: rates, handling: handling, agents: $0.agents, days: days, seed: seed) }
        let advised = DayPlan.rule(handling: handling)
        if promises.json {
            let list = zip(plans, tried).map { plan, days in
                JSON.object([
                    ("rule", .text(plan.rule.rawValue)), ("agent_intervals", .integer(plan.agentIntervals)),
                    ("agents", .list(plan.agents.map { .integer($0) })), ("scheduled", .list(plan.agents.map { .integer(shrinkage.scheduled(for: $0)) })),
                    ("load", .list(plan.loads.map { .real($0) })), ("simulated_waiting", .list(days.waiting.map { .real($0) })),
                    ("simulated_waiting_max", .real(days.waiting.max())),
                ])
            }
            return print(
                JSON.object([
                    ("advised", .text(advised.rawValue)), ("simulated_days", .integer(days)), ("seed", .integer(Int64(bitPattern: seed))),
                    ("plans", .list(list)),
                ]).line)
        }
        let screen = Screen.standard
        var table = TextTable([
            ("interval", .right), ("arrivals", .right), ("hour by hour", .right), ("wait (simulated)", .right), ("offered load", .right), ("agents", .right),
            ("scheduled", .right), ("wait (simulated)", .right),
        ])
        for index in rates.indices {
            table.add([
                .init("\(index)"), .init(rates[index].rounded(places: 1)), .init("\(plans[0].agents[index])"), .init(tried[0].waiting[index].percent),
                .init(plans[1].loads[index].rounded(places: 1)), .init("\(plans[1].agents[index])"),
                .init("\(shrinkage.scheduled(for: plans[1].agents[index]))"),
                .init(tried[1].waiting[index].percent),
            ])
        }
        for line in table.lines(on: screen) { print(line) }
        for (plan, days) in zip(plans, tried) {
            screen.print(
                "By \(plan.rule.rawValue): \(plan.agentIntervals) agent-intervals; at worst \((days.waiting.max() ?? 0).percent) wait (simulated).")
        }
        screen.print("Take the plan by \(advised.rawValue)" + (advised == .offeredLoad ? ": handling takes longer than a third of an interval." : "."))
    }
}
