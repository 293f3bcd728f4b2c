/// Work done again: what a case went through more than once, and how.
public struct Rework: Hashable, Sendable {
    /// Cases in which some activity occurs more than once.
    public var casesWithRepetition = 0
    /// Steps from an activity to itself, and the cases that have one.
    public var selfLoops = 0
    public var casesWithSelfLoop = 0
    /// Ways there and back, A–B–A, and the cases that have one.
    public var pingPongs = 0
    public var casesWithPingPong = 0
    /// Steps after which somebody else goes on, and those that come back at once, A–B–A of people or teams. Zero where the log names nobody.
    public var handovers = 0
    public var handoverPingPongs = 0
    /// For each activity the cases in which it was repeated.
    public var repeatedCases: [Int] = []

    public init(_ log: EventLog) {
        var lastCase = [Int32](repeating: -1, count: log.activityNames.count)
        var lastRepeated = lastCase
        var repeated = [Int](repeating: 0, count: log.activityNames.count)
        log.activities.withUnsafeBufferPointer { activities in
            log.offsets.withUnsafeBufferPointer { offsets in
                lastCase.withUnsafeMutableBufferPointer { lastCase in
                    for index in 0..<(offsets.count - 1) {
                        let (start, end) = (Int(offsets[index]), Int(offsets[index + 1]))
                        var (hasRepetition, loops, pings) = (false, 0, 0)
                        var (before, twoBefore) = (-1, -1)
                        var event = start
                        while event < end {
                            let activity = Int(activities[event])
                            if lastCase[activity] == Int32(truncatingIfNeeded: index) {
                                hasRepetition = true
                                if lastRepeated[activity] != Int32(truncatingIfNeeded: index) {
                                    lastRepeated[activity] = Int32(truncatingIfNeeded: index)
                                    repeated[activity] &+= 1
                                }
                            }
                            lastCase[activity] = Int32(truncatingIfNeeded: index)
                            if activity == before { loops &+= 1 } else if activity == twoBefore { pings &+= 1 }
                            (twoBefore, before) = (before, activity)
                            event &+= 1
                        }
                        if hasRepetition { casesWithRepetition &+= 1 }
                        if loops > 0 { casesWithSelfLoop &+= 1 }
                        if pings > 0 { casesWithPingPong &+= 1 }
                        selfLoops &+= loops
                        pingPongs &+= pings
                    }
                }
            }
        }
        repeatedCases = repeated
        countHandovers(log)
    }

    private mutating func countHandovers(_ log: EventLog) {
        guard !log.actors.isEmpty else { return }
        log.actors.withUnsafeBufferPointer { actors in
            for index in 0..<log.caseCount {
                let events = log.events(of: index)
                for event in events.dropFirst() where actors[event] != actors[event - 1] {
                    handovers &+= 1
                    if event - 2 >= events.lowerBound, actors[event] == actors[event - 2] { handoverPingPongs &+= 1 }
                }
            }
        }
    }
}
