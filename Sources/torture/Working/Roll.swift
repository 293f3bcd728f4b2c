import Disputes
import Synchronization

/// The cases the workers have before them: the same few for all, so that they get into each other's way.
final class Roll: Sendable {
    private static let lengthMax = 48
    private let ids = Mutex<[CaseID]>([])

    func add(_ id: CaseID) {
        ids.withLock { ids in
            guard !ids.contains(id) else { return }
            ids.append(id)
            if ids.count > Roll.lengthMax { ids.removeFirst() }
        }
    }

    func drop(_ id: CaseID) { ids.withLock { $0.removeAll { $0 == id } } }

    func any(_ chance: inout Chance) -> CaseID? {
        let known = ids.withLock { $0 }
        return known.randomElement(using: &chance)
    }
}
