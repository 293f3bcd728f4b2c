import Chronicle
import EventStorage
import Foundation
import Policies
import Runtime

/// One life of the process under test: opens the house and works it from all sides until it is ended from outside.
struct Writer {
    let folder: String
    let files: any FileSystemCalls
    let seed: UInt64
    let clock: LifeClock
    let policy: String
    private let voice = Voice()

    init(_ folder: String, files: any FileSystemCalls, seed: UInt64, clock: LifeClock, policy: String) {
        (self.folder, self.files, self.seed, self.clock, self.policy) = (folder, files, seed, clock, policy)
    }

    /// Returns only by throwing: what it throws is a failure that was not to be.
    func live() async throws {
        let house = try await House(folder, files: files, clock: clock)
        let desk = Desk(
            store: WitnessedStore(store: house.store, voice: voice), keys: house.keys, vault: house.vault, surroundings: clock, log: House.quiet)
        do { _ = try await desk.policyInForce() } catch DeskError.noPolicyInForce {
            try await desk.publish(try PackFolder.files(in: policy), by: .machine("torture"))
        }
        try await openMarket(house.exchange)
        let roll = Roll()
        for row in try await desk.queue(QueueFilter(), limit: 40).rows { roll.add(row.id) }
        voice.tell(.ready)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    var worker = Worker(
                        number: number, desk: desk, exchange: house.exchange, roll: roll, voice: voice, chance: Chance(seed &* 31 &+ UInt64(number)))
                    try await worker.work()
                }
            }
            group.addTask { try await deliver(desk, house.exchange) }
            group.addTask { try await watch(desk, house.exchange) }
            group.addTask { try await ring(desk) }
            group.addTask { try await handOutCheckpoints(house.store) }
            try await group.next()
            group.cancelAll()
        }
    }

    /// The courier's rounds; now and then the exchange's answer is lost on the way.
    private func deliver(_ desk: Desk, _ exchange: SandboxExchange) async throws {
        var chance = Chance(seed ^ 0xC0)
        let witnessed = WitnessedExchange(exchange: exchange, voice: voice)
        let courier = OutboxCourier(desk, witnessed)
        while !Task.isCancelled {
            if chance.percent(20) { await exchange.expect([chance.percent(50) ? .timesOutAfterDoing : .deliveredTwice]) }
            do { _ = try await courier.deliver(at: clock.now()) } catch DeskError.tooBusy, DeskError.store(.conflict) {
                voice.tell(.refused("somebody was faster"))
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// What the parties do to their escrows themselves.
    private func watch(_ desk: Desk, _ exchange: SandboxExchange) async throws {
        let watch = EscrowWatch(desk, exchange)
        while !Task.isCancelled {
            do { try await watch.look() } catch DeskError.refused(let refusal) {
                voice.tell(.refused("\(refusal)"))
            } catch DeskError.tooBusy, DeskError.store(.conflict), DeskError.store(.malformed) {
                // The log may still be shorter than the exchange's journal, whose position the watch keeps as if it were one in the log.
                voice.tell(.refused("somebody was faster"))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func ring(_ desk: Desk) async throws {
        let timer = DeadlineTimer(desk)
        while !Task.isCancelled {
            do { try await timer.ring(at: clock.now()) } catch DeskError.refused(let refusal) {
                voice.tell(.refused("\(refusal)"))
            } catch DeskError.tooBusy, DeskError.store(.conflict) {
                voice.tell(.refused("somebody was faster"))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func handOutCheckpoints(_ store: any EventStore) async throws {
        let signer = try House.signer()
        while !Task.isCancelled {
            let head = try await store.head()
            if head.sequence > 0 {
                let checkpoint = try Checkpoint(origin: signer.verifier.name, size: head.sequence, root: head.root)
                try await store.keep(KeptCheckpoint(sequence: head.sequence, note: try checkpoint.signed(by: signer).description))
                voice.tell(.root(sequence: head.sequence, root: head.root))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func openMarket(_ exchange: SandboxExchange) async throws {
        for user in 0..<People.usersMax {
            do { try await exchange.openAccount(try code(People.account(user))) } catch ExchangeError.refused {}
        }
    }
}

/// The pack as files on the disk.
enum PackFolder {
    static func files(in folder: String) throws -> [PackFile] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let files = paths.filter { $0.hasSuffix(".yaml") }.sorted()
        guard !files.isEmpty else { throw Broken("there is no policy pack in \(folder)") }
        return try files.map { PackFile(path: $0, bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))) }
    }
}
