import Chronicle
import Policies
import Timekeeping

/// A promise about time began. The rule is written with it, so that the due instant explains itself for ever.
public struct ClockStarted: CaseHappening {
    public static let type = EventType("clock-started")
    public let clock: ClockCode
    public let regime: RegimeCode?
    public let rule: ClockRule
    public let started: Instant
    public let due: Instant
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.clocks.removeAll { $0.code == clock && !$0.isRunning }
        dispute.clocks.append(CaseClock(code: clock, regime: regime, running: RunningClock(rule, startedAt: started), due: due))
    }
}

/// A net clock stands still for one concrete request with a deadline; said again for the same request, until a later one.
public struct ClockPaused: CaseHappening {
    public static let type = EventType("clock-paused")
    public let clock: ClockCode
    public let request: RequestID
    public let until: Instant
    public let due: Instant
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(clock) {
            if (try? $0.running.prolong(request.description, until: until)) == nil {
                try? $0.running.pause(for: request.description, at: envelope.occurred, until: until)
            }
            $0.due = due
        }
    }
}

/// The request the clock waited for was answered.
public struct ClockResumed: CaseHappening {
    public static let type = EventType("clock-resumed")
    public let clock: ClockCode
    public let request: RequestID
    public let due: Instant
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(clock) {
            try? $0.running.answer(request.description, at: envelope.occurred)
            $0.due = due
        }
    }
}

/// More time was granted, with a reason.
public struct ClockExtended: CaseHappening {
    public static let type = EventType("clock-extended")
    public let clock: ClockCode
    public let granted: Extension
    public let due: Instant
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        let before = dispute.clock(clock)?.due
        dispute.change(clock) {
            try? $0.running.extend(granted)
            $0.due = due
        }
        // What was asked for by that clock's date is now asked for by the new one.
        for index in dispute.requests.indices where dispute.requests[index].isOpen && dispute.requests[index].due == before {
            dispute.requests[index].due = due
        }
    }
}

/// What was promised was done.
public struct ClockMet: CaseHappening {
    public static let type = EventType("clock-met")
    public let clock: ClockCode
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(clock) { try? $0.running.stop(at: envelope.occurred) }
    }
}

/// The promise no longer applies; neither kept nor broken.
public struct ClockCancelled: CaseHappening {
    public static let type = EventType("clock-cancelled")
    public let clock: ClockCode
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.change(clock) { $0.cancelled = true }
    }
}

/// Time passing is a fact: a due instant went by. Keyed by what was due and when, so waking twice is harmless.
public struct DeadlinePassed: CaseHappening {
    public static let type = EventType("deadline-passed")
    public let key: DeadlineKey
    public let due: Instant
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        if case .clock(let code) = key { dispute.change(code) { $0.missed = due } }
    }
}

extension Case {
    mutating func change(_ code: ClockCode, _ body: (inout CaseClock) -> Void) {
        guard let index = clocks.lastIndex(where: { $0.code == code }) else { return }
        body(&clocks[index])
    }
}
