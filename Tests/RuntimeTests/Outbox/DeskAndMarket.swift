import Chronicle
import Crypto
import Disputes
import EventStorage
import TestKit

@testable import Runtime

/// A desk on a store in memory, a market beside it, and the courier between them.
struct DeskAndMarket {
    let folder: Folder
    let market: Market
    let store: MemoryStore
    /// What the desk sees of the store: commits may be seen before they return.
    let late: LateToReturn
    let keys: PersonKeys
    let desk: Desk
    let courier: OutboxCourier

    init() async throws {
        folder = try Folder()
        market = try await Market(folder.path + "/exchange.log")
        store = try MemoryStore(tables: CaseTables.all)
        keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        late = LateToReturn(store)
        desk = Desk(store: late, keys: keys, vault: try EvidenceVault(opening: folder.path + "/evidence"))
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        courier = OutboxCourier(desk, market.exchange)
    }

    func close() async { await keys.close() }

    func id(_ number: UInt128) -> CaseID { CaseID(at: desk.surroundings.now(), randomness: number) }

    @discardableResult
    func act(as who: Cast, on id: CaseID, _ commands: CaseCommand...) async throws -> Case {
        let requester: Requester
        switch who.actor {
        case .party(let party): requester = .party(party)
        case .machine(let name): requester = .machine(name)
        case .clock: requester = .clock
        case .staff:
            guard let standing = who.standing else { throw Missing() }
            requester = .staff(standing)
        }
        return try await desk.perform(commands, on: id, Request(by: requester)).dispute
    }

    func waiting() async throws -> Int { Int(try await store.count(RowQuery(CaseTables.outbox)).count) }
}
