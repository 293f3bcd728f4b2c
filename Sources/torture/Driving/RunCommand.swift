import ArgumentParser
import Chronicle
import Foundation

/// Long lives of stores, each ended again and again, judged after every end, and delivered in peace at the last.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Ends the writer again and again and judges what is left; exits 1 when a promise was broken.")

    @Option(help: "Folder of the house; made, and kept afterwards. Each further house stands beside it, with a number.") var store: String
    @Option(help: "Folder of the policy pack.") var policy = "Policy"
    @Option(help: "Ends by SIGKILL at a random time.") var kills = 12
    @Option(help: "Ends by SIGKILL, and a few by EIO from fsync, at chosen system calls; needs strace.") var calls = 0
    @Option(help: "Ends by a simulated loss of power.") var power = 12
    @Option(name: .customLong("ends-a-store"), help: "Ends one store lives through before the next begins: judging takes as long as a store is large.")
    var endsOfAStore = 120
    @Option var seed: UInt64 = 1
    @Flag(help: "No fsync keeps anything: a control; the run must find promises broken.") var lyingDisk = false
    @Option(help: "A line on standard error every so many rounds.") var every = 10

    /// How far the clock jumps between two lives: deadlines come due, cases close.
    private static let jump = Span.hours(7)
    /// Calls to end at, and up to which one; the tracer counts those of each thread for itself.
    private static let callKinds = [("fdatasync", 40), ("pwrite64", 120), ("fsync", 20), ("rename", 6), ("openat", 60), ("ftruncate", 2)]

    func run() async throws {
        let began = Date()
        var chance = Chance(seed)
        var tally = Tally()
        var ends = Array(repeating: Kind.kill, count: kills) + Array(repeating: .call, count: calls) + Array(repeating: .power, count: power)
        ends.shuffle(using: &chance)
        for first in stride(from: 0, to: ends.count, by: max(1, endsOfAStore)) {
            let folder = first == 0 ? store : "\(store)-\(first)"
            try await live(in: folder, Array(ends[first..<min(first + max(1, endsOfAStore), ends.count)]), from: first, of: ends.count, began, &chance, &tally)
        }
        print(tally.table(seed: seed, seconds: Int(-began.timeIntervalSinceNow)))
        guard tally.findings.all.isEmpty else { throw ExitCode(1) }
    }

    /// The whole life of one store.
    private func live(
        in folder: String, _ ends: [Kind], from first: Int, of all: Int, _ began: Date, _ chance: inout Chance, _ tally: inout Tally
    ) async throws {
        var memory = Memory(), judge = Judge()
        var clock = Instant(seconds: 1_795_000_000)
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        for (round, kind) in ends.enumerated() {
            // Now and then the machine's clock is set back; the log must not follow it.
            clock = chance.percent(10) && round > 0 ? clock - .hours(3) : clock + RunCommand.jump
            let end = end(kind, &chance)
            let life = Life(
                program: program, folder: folder, policy: policy, seed: chance.next(), clock: clock.milliseconds, onLyingDisk: lyingDisk)
            let outcome = try life.live(until: end)
            memory.hear(outcome.told, mayFail: end.mayFail)
            tally.note(end, outcome)
            // A judgement recovers the house. Now and then the next life has to do it itself, and is ended while it does.
            if round + 1 < ends.count, chance.percent(25) {
                tally.unjudged += 1
            } else {
                let findings = await findings(folder, &judge, memory, clock, thorough: round % 25 == 24)
                for finding in findings.all.prefix(20) { complain("round \(first + round), \(end), seed \(seed): \(finding)") }
                tally.findings += findings
                memory.forgetJudged()
            }
            if round % every == every - 1 {
                complain(
                    "\(first + round + 1) of \(all) rounds, \(memory.acknowledged) commands acknowledged and \(judge.events) events in this store, "
                        + "\(tally.findings.all.count) findings, \(Int(-began.timeIntervalSinceNow)) s")
            }
        }
        tally.findings += await last(folder, &judge, memory, clock)
        tally.add(memory, judge)
    }

    private enum Kind { case kill, call, power }

    private func end(_ kind: Kind, _ chance: inout Chance) -> End {
        switch kind {
        case .kill:
            let onceReady = chance.percent(85)
            return .killed(afterMilliseconds: Int.random(in: 1...(onceReady ? 250 : 600), using: &chance), onceReady: onceReady)
        case .call:
            let (call, numberMax) = RunCommand.callKinds.randomElement(using: &chance) ?? ("fdatasync", 40)
            let fails = (call == "fdatasync" || call == "fsync") && chance.percent(40)
            return .atCall(call, number: Int.random(in: 1...numberMax, using: &chance), error: fails ? "EIO" : nil)
        case .power:
            let mode = [PowerMode.all, .subset, .torn].randomElement(using: &chance) ?? .all
            return .powerLost(mode, atOperation: Int64.random(in: 1...(chance.percent(30) ? 60 : 1_200), using: &chance))
        }
    }

    /// A house that cannot even be opened is a finding, too.
    private func findings(_ folder: String, _ judge: inout Judge, _ memory: Memory, _ clock: Instant, thorough: Bool) async -> Findings {
        var findings = Findings()
        await waitUntilFree(folder)
        do {
            findings = try await judge.judge(folder, by: memory, clock: LifeClock(startingAt: clock), thorough: thorough)
        } catch {
            findings.unsound.append("the house cannot be judged: \(error)")
        }
        findings.unsound += memory.failures.map { "the writer failed: \($0)" }
        return findings
    }

    /// A traced process may outlive its tracer by a moment.
    private func waitUntilFree(_ folder: String) async {
        for _ in 0..<300 {
            let descriptor = open(House.database(in: folder) + "-lock", O_RDWR)
            guard descriptor >= 0 else { return }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
            usleep(10_000)
        }
    }

    /// In peace: everything still on its way is delivered, and then every instruction has been answered exactly once.
    private func last(_ folder: String, _ judge: inout Judge, _ memory: Memory, _ clock: Instant) async -> Findings {
        do {
            try await Peace(folder: folder, clock: LifeClock(startingAt: clock + .days(2))).deliverAll()
        } catch {
            var findings = Findings()
            findings.unsound.append("what was on its way could not be delivered: \(error)")
            complain("in peace, seed \(seed): what was on its way could not be delivered: \(error)")
            return findings
        }
        var findings = await findings(folder, &judge, memory, clock + .days(2), thorough: true)
        if judge.instructionCount - judge.overtakenCount != judge.bookings {
            findings.lost.append(
                "\(judge.instructionCount) instructions stand in the log, \(judge.overtakenCount) of them overtaken; \(judge.bookings) were answered")
        }
        for finding in findings.all.prefix(20) { complain("in peace, seed \(seed): \(finding)") }
        return findings
    }

    private func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

extension Tally {
    mutating func note(_ end: End, _ outcome: Life.Outcome) {
        count(outcome.said)
        switch end {
        case .killed: kills += 1
        case .atCall(_, _, nil): callKills += 1
        case .atCall: refusedFsyncs += outcome.told.contains("\nfailed ") || outcome.told.hasPrefix("failed ") ? 1 : 0
        case .powerLost:
            powerLosses += 1
            if outcome.status != 137 { findings.unsound.append("the power did not go: status \(outcome.status), \(outcome.said.suffix(300))") }
        }
    }
}
