import Glibc

/// Time as the machine counts it: wall for what waits for the disk, the thread's own for what only computes, so that a neighbour's load
/// does not count as ours.
enum Stopwatch {
    static func wallSeconds() -> Double { seconds(CLOCK_MONOTONIC) }
    static func threadSeconds() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }
    static func processSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Times a second `body` did what it counted, on one thread, by that thread's processor time.
    static func perThreadSecond(_ body: () throws -> Int) rethrows -> Double {
        let began = threadSeconds()
        let count = try body()
        return Double(count) / max(1e-9, threadSeconds() - began)
    }

    /// The same by the clock on the wall.
    static func perWallSecond(_ body: () async throws -> Int) async rethrows -> Double {
        let began = wallSeconds()
        let count = try await body()
        return Double(count) / max(1e-9, wallSeconds() - began)
    }
}

/// The middle of a few runs.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted.count % 2 == 1 ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}

/// The value below which this share of the requests lies; nearest rank.
func quantile(_ share: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
}
