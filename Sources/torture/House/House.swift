import Chronicle
import Crypto
import EventStorage
import Logging
import Runtime
import SQLiteStorage

/// Everything a desk keeps on the disk, in one folder: the log, the keys of persons, the evidence, and the exchange beside it.
struct House {
    let store: SQLiteStore
    let keys: PersonKeys
    let vault: EvidenceVault
    let exchange: SandboxExchange

    static func database(in folder: String) -> String { folder + "/store.sqlite" }
    static func journal(in folder: String) -> String { folder + "/exchange.log" }
    static func evidence(in folder: String) -> String { folder + "/evidence" }

    init(_ folder: String, files: any FileSystemCalls = SystemFiles(), clock: any Surroundings) async throws {
        store = try SQLiteStore(path: House.database(in: folder), tables: CaseTables.all)
        keys = try await PersonKeys(opening: folder + "/keys.log", wrapping: House.master, files: files)
        vault = try EvidenceVault(opening: House.evidence(in: folder), files: files)
        exchange = try SandboxExchange(opening: House.journal(in: folder), files: files, now: { clock.now() })
    }

    func close() async throws {
        try store.close()
        await keys.close()
        await exchange.close()
    }

    /// The same in every life; what is tested is the file of wrapped keys.
    private static let master = MasterKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))

    /// Signs the checkpoints that are handed out.
    static func signer() throws -> NoteSigner {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 9, count: 32))
        guard let signer = NoteSigner(name: "recourse.example/torture", key: key) else { throw Broken("the name of the log is no name") }
        return signer
    }

    static let quiet: Logger = {
        var log = Logger(label: "torture")
        log.logLevel = .critical
        return log
    }()
}

/// Something this program needs is not as it must be.
struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
