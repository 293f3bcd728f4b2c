/// Whether every start has its completion in its case, counted as the events pass.
struct LifecycleBalance {
    private enum Step { case other, start, complete }

    private(set) var unmatched = Places()
    private var step = Step.other
    /// Starts still open in this case: activity and line.
    private var open: [(activity: UInt32, line: Int)] = []

    mutating func beginEvent() { step = .other }

    @inline(__always)
    mutating func take(_ value: Bytes) {
        guard let first = value.first, value.count == 5 || value.count == 8 else { return }
        if first | 0x20 == UInt8(ascii: "s"), value.text.lowercased() == "start" {
            step = .start
        } else if first | 0x20 == UInt8(ascii: "c"), value.text.lowercased() == "complete" {
            step = .complete
        }
    }

    @inline(__always)
    /// `activity` is the name alone, without the step.
    mutating func endEvent(of activity: UInt32, line: Int) {
        switch step {
        case .other: return
        case .start: open.append((activity, line))
        case .complete:
            // A completion without a start is a log of moments, and nothing is missing there.
            if let started = open.lastIndex(where: { $0.activity == activity }) { open.remove(at: started) }
        }
    }

    mutating func endCase() {
        guard !open.isEmpty else { return }
        for start in open { unmatched.add(start.line) }
        open.removeAll(keepingCapacity: true)
    }
}
