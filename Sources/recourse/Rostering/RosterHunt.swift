import Dispatch
import Rostering
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The search on the machine: threads, clock, interruption and progress around the pure engine.
final class RosterHunt: Sendable {
    /// What came of it.
    struct Found {
        var plan: [UInt8]?
        var cost = Int.max
        var bound: Int?
        /// People whose rules alone permit nothing.
        var impossible: [Int] = []
        var moves = 0
        var milliseconds = 0
        var processorMilliseconds = 0
        var threads = 1
        var seed: UInt64 = 0
        var interrupted = false
        /// When progress was last told.
        fileprivate var reported = 0.0

        var isProven: Bool { bound.map { $0 >= cost } ?? false }
    }

    private let problem: RosterProblem
    private let seconds: Double
    private let threads: Int
    private let seed: UInt64
    private let found = Mutex(Found())
    private let bounding = Mutex<LowerBound?>(nil)
    private let begun = ContinuousClock.now
    /// Set by Ctrl-C; looked at between bursts of moves.
    private static let interruption = Atomic<Bool>(false)

    /// The share of the first thread's time that goes to the bound.
    private static let boundShare = 0.2
    private static let burstMoves = 20_000

    init(_ problem: RosterProblem, seconds: Double, threads: Int, seed: UInt64) {
        (self.problem, self.seconds, self.threads, self.seed) = (problem, seconds, threads, seed)
    }

    /// Searches until the time is over, the bound is met, or somebody interrupts.
    func run() -> Found {
        for number in [SIGINT, SIGTERM] { signal(number) { _ in RosterHunt.interruption.store(true, ordering: .relaxed) } }
        defer { for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) } }
        bounding.withLock { $0 = LowerBound(problem) }
        DispatchQueue.concurrentPerform(iterations: threads) { work(thread: $0) }
        return found.withLock { found in
            found.milliseconds = Int(elapsed * 1_000)
            found.processorMilliseconds = Self.processorMilliseconds
            found.threads = threads
            found.seed = seed
            found.interrupted = Self.interruption.load(ordering: .relaxed)
            return found
        }
    }

    private var elapsed: Double {
        let duration = (ContinuousClock.now - begun).components
        return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
    }

    private static var processorMilliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    private func work(thread: Int) {
        var search = PlannedSearch(problem, seed: seed &+ UInt64(thread) &* 0x9E37_79B9)
        var bounded = 0.0
        var known = Int.max
        while true {
            let now = elapsed
            if now >= seconds || Self.interruption.load(ordering: .relaxed) || found.withLock({ $0.isProven || !$0.impossible.isEmpty }) { break }
            if search.work(moves: Self.burstMoves, share: now / seconds) {
                let (plan, cost) = found.withLock { ($0.plan, $0.cost) }
                search.share(plan, cost: cost)
            }
            if search.annealing.bestCost < known {
                known = search.annealing.bestCost
                tell(search.annealing.best, cost: known)
            }
            if thread == 0, bounded < elapsed * Self.boundShare {
                let before = elapsed
                improveBound()
                bounded += elapsed - before
            }
        }
        found.withLock { $0.moves += search.annealing.moves }
    }

    private func tell(_ plan: [UInt8]?, cost: Int) {
        let better = found.withLock { found in
            guard cost < found.cost else { return false }
            found.cost = cost
            found.plan = plan
            return true
        }
        if better { report() }
    }

    private func improveBound() {
        let known = found.withLock { $0.cost }
        let (value, impossible) = bounding.withLock { bound in
            let aim = known == .max ? (bound?.value ?? 0) * 2 + 1_000 : known
            let begin = elapsed
            repeat { bound?.improve(towards: aim) } while bound != nil && elapsed - begin < 0.002
            return (bound?.value, bound?.impossible ?? [])
        }
        let raised = found.withLock { found in
            found.impossible = impossible
            guard let value, value > found.bound ?? -1 else { return false }
            found.bound = value
            return true
        }
        if raised { report() }
    }

    /// A line of progress on standard error, at most two a second: a terminal's replaces itself.
    private func report() {
        let now = elapsed
        let line = found.withLock { found -> String? in
            guard now - found.reported >= 0.5 else { return nil }
            found.reported = now
            return "\(Int(now)) s: penalty \(found.cost == .max ? "–" : "\(found.cost)"), at least \(found.bound.map(String.init) ?? "–")"
        }
        guard let line else { return }
        if Console.complaintsAreSeen { Console.progress(line) } else { Console.complain(line) }
    }
}
