import Chronicle
import Runtime

/// The clock of one life: begins where it is told and goes on at the pace of the real one, so that months pass between two lives.
struct LifeClock: Surroundings {
    private let start: Instant
    private let began: Instant
    private let real = RealSurroundings()

    init(startingAt start: Instant) {
        self.start = start
        began = real.now()
    }

    func now() -> Instant { start + Span(milliseconds: real.now().milliseconds - began.milliseconds) }
    func random() -> UInt128 { real.random() }
    func salt() -> [UInt8] { real.salt() }
}
