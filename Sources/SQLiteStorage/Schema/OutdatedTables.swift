import EventStorage
import Synchronization

/// The tables that wait to be made anew; their rows, or the lack of them, would be a wrong answer.
final class OutdatedTables: Sendable {
    private struct State {
        var outdated: Set<String>
        var underWay: Set<String> = []
    }

    private let state: Mutex<State>

    init(_ names: Set<String>) { state = Mutex(State(outdated: names)) }

    var names: Set<String> { state.withLock { $0.outdated } }

    func refuse(_ table: RowTable) throws(StoreError) {
        guard names.contains(table.name) else { return }
        throw .unavailable(reason: "the table \(table.name) is being made anew", retryAfter: .seconds(10))
    }

    /// Claims tables for one rebuild; two at once would fill the same shadows.
    func begin(_ tables: [RowTable]) throws(StoreError) {
        let names = Set(tables.map(\.name))
        let claimed = state.withLock { state in
            guard state.underWay.isDisjoint(with: names) else { return false }
            state.underWay.formUnion(names)
            return true
        }
        guard claimed else { throw .unavailable(reason: "these tables are being made anew already", retryAfter: .minutes(1)) }
    }

    func end(_ tables: [RowTable], done: Bool) {
        state.withLock { state in
            state.underWay.subtract(tables.map(\.name))
            if done { state.outdated.subtract(tables.map(\.name)) }
        }
    }
}
