#if canImport(Glibc)
    import Glibc
#endif

/// Processor time of this process, in milliseconds: what a figure on a busy machine is given in.
enum ProcessorTime {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }
}
