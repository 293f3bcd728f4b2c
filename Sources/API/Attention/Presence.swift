import Chronicle
import Disputes
import Synchronization

/// Who has which case open, in memory and nowhere else: whoever closes the page is gone, and nobody can ask later who looked at what.
final class Presence: Sendable {
    /// One open page. Gone with the line it came by.
    final class Looking: Sendable {
        fileprivate let number: UInt64
        fileprivate let presence: Presence
        let dispute: CaseID
        let handle: String

        fileprivate init(_ number: UInt64, _ presence: Presence, _ dispute: CaseID, _ handle: String) {
            (self.number, self.presence, self.dispute, self.handle) = (number, presence, dispute, handle)
        }

        /// It is still there.
        func stay() { presence.lines.withLock { $0[number]?.seen = .now } }

        deinit { presence.lines.withLock { _ = $0.removeValue(forKey: number) } }
    }

    private struct Line {
        let dispute: CaseID
        let handle: String
        var seen: ContinuousClock.Instant
    }

    /// A line that has not stirred for so long has lost its reader.
    private static let silentMax = Duration.seconds(6)
    private let lines = Mutex<[UInt64: Line]>([:])
    private let numbers = Atomic<UInt64>(0)

    func enter(_ dispute: CaseID, _ handle: String) -> Looking {
        let number = numbers.add(1, ordering: .relaxed).newValue
        lines.withLock { $0[number] = Line(dispute: dispute, handle: handle, seen: .now) }
        return Looking(number, self, dispute, handle)
    }

    /// Everybody but one, by case; of one case only, where it is named.
    func people(except handle: String, at dispute: CaseID? = nil) -> [CaseID: [String]] {
        let now = ContinuousClock.now
        return lines.withLock { lines in
            var found: [CaseID: Set<String>] = [:]
            for line in lines.values where line.handle != handle && now - line.seen < Presence.silentMax {
                if dispute == nil || dispute == line.dispute { found[line.dispute, default: []].insert(line.handle) }
            }
            return found.mapValues { $0.sorted() }
        }
    }
}
