#if canImport(Glibc)
    import Glibc
#endif

/// What this process has used up: for `--timings`, so that figures can be had again on any log.
enum Spent {
    /// Processor time of all threads, in microseconds.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }

    static func line(reading: Int, mapping: Int) -> String {
        var usage = rusage()
        getrusage(__rusage_who_t(0), &usage)
        return "read in \(reading / 1_000) ms, mapped in \(mapping / 1_000) ms of processor time, \(usage.ru_maxrss / 1_024) MiB at most"
    }
}
