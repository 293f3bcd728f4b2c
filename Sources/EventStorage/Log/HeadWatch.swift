import Chronicle
import Synchronization

/// The head of the log as last committed, and everybody who waits for it to move.
package final class HeadWatch: Sendable {
    private struct State {
        var head: LogHead
        var waiting: [UInt64: (after: Int64, continuation: CheckedContinuation<Void, Never>)] = [:]
        /// Waits under way; false once the time is over or the task cancelled, which may be before the wait began.
        var open: [UInt64: Bool] = [:]
        var nextWait: UInt64 = 0
    }

    private let state: Mutex<State>

    package init(_ head: LogHead) { state = Mutex(State(head: head)) }

    package var head: LogHead { state.withLock { $0.head } }

    /// Called after the commit; wakes those it concerns.
    package func advance(to head: LogHead) {
        let woken = state.withLock { state in
            state.head = head
            let due = state.waiting.filter { $0.value.after < head.sequence }
            for wait in due.keys { state.waiting[wait] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Returns when the head is beyond `sequence`, when `timeout` is over, or when the task is cancelled.
    package func wait(after sequence: Int64, timeout: Span) async -> LogHead {
        guard head.sequence <= sequence, timeout > .zero else { return head }
        let wait = state.withLock { state in
            state.nextWait += 1
            state.open[state.nextWait] = true
            return state.nextWait
        }
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(timeout.milliseconds)) } catch { return }
            lapse(wait)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let begins = state.withLock { state in
                    guard state.head.sequence <= sequence, state.open[wait] == true else { return false }
                    state.waiting[wait] = (sequence, continuation)
                    return true
                }
                if !begins { continuation.resume() }
            }
        } onCancel: {
            lapse(wait)
        }
        timer.cancel()
        return state.withLock { state in
            state.open[wait] = nil
            return state.head
        }
    }

    private func lapse(_ wait: UInt64) {
        let continuation = state.withLock { state in
            if state.open[wait] != nil { state.open[wait] = false }
            return state.waiting.removeValue(forKey: wait)?.continuation
        }
        continuation?.resume()
    }
}
