#if canImport(Glibc)
    import Glibc
#endif
import Chronicle

/// What the pure core may not reach for itself: the time, and chance. Tests and rehearsals put their own in its place.
public protocol Surroundings: Sendable {
    func now() -> Instant
    func random() -> UInt128
    /// 16 fresh bytes that keep one commitment from being guessed.
    func salt() -> [UInt8]
}

/// The machine's clock and its source of randomness.
public struct RealSurroundings: Surroundings {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public func random() -> UInt128 { UInt128.random(in: .min ... .max) }

    public func salt() -> [UInt8] { withUnsafeBytes(of: UInt128.random(in: .min ... .max)) { Array($0) } }
}
