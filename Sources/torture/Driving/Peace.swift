import Chronicle
import Runtime

/// The house on a quiet day after all ends: the courier delivers what is left, and what follows from it.
struct Peace {
    let folder: String
    let clock: LifeClock

    private static let rounds: Int64 = 3

    func deliverAll() async throws {
        let house = try await House(folder, clock: clock)
        let desk = Desk(store: house.store, keys: house.keys, vault: house.vault, surroundings: clock, log: House.quiet)
        let courier = OutboxCourier(desk, house.exchange)
        do {
            // What waits for its hold goes out a moment after it.
            for round in 0..<Peace.rounds { _ = try await courier.deliver(at: clock.now() + .hours(round)) }
            let aside = try await courier.aside()
            guard aside.isEmpty else { throw Broken("\(aside.count) instructions were put aside: \(aside[0].error)") }
            try await house.close()
        } catch {
            try? await house.close()
            throw error
        }
    }
}
