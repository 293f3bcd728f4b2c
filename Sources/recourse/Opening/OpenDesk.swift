import Chronicle
import Disputes
import EventStorage
import Glibc
import Logging
import Policies
import Runtime
import SQLiteStorage

/// Everything a command works with, opened in one place: the log, the keys, the vault, the exchange, and the desk over them.
struct OpenDesk: Sendable {
    let folder: StoreFolder
    let store: SQLiteStore
    let exchange: any Exchange
    let desk: Desk
    let options: SharedOptions
    let isRehearsal: Bool
    /// Where keys of nobody lie while the store's own are away.
    let standIn: StoreFolder?
    /// What is shown is shown as of this instant.
    let now: Instant

    private static let surroundings = RealSurroundings()

    /// Makes an empty store with its keys, and says which key its log signs with.
    static func make(_ options: SharedOptions, rehearsal: Bool) async throws -> VerifierKey {
        let folder = options.folder
        try folder.make(rehearsal: rehearsal)
        // Opening makes the database, the master key and the key file; asking makes the log's key.
        try SQLiteStore(path: folder.database, tables: CaseTables.all).close()
        let key = try LogKey.signer(of: folder, making: true).verifier
        try await use(options, making: true) { _ in }
        return key
    }

    /// Opens the store, runs `body`, gives everything back.
    /// - Parameters:
    ///   - making: the store is being made; its keys are made with it.
    ///   - exchange: the exchange on the other side; without one it is the sandbox in the store.
    static func use<Value>(_ options: SharedOptions, making: Bool = false, exchange: (any Exchange)? = nil, _ body: (OpenDesk) async throws -> Value)
        async throws -> Value
    {
        let opened = try await open(options, making: making, exchange)
        do {
            try await opened.renewReadModels()
            let value = try await body(opened)
            try await opened.close()
            return value
        } catch {
            try? await opened.close()
            throw error
        }
    }

    private static func open(_ options: SharedOptions, making: Bool, _ other: (any Exchange)?) async throws -> OpenDesk {
        let folder = options.folder
        try folder.requireThere()
        if options.at != nil, !folder.isRehearsal {
            throw Failure("--at is for rehearsals; \(folder.path) is a store of real cases")
        }
        let store = try folder.openDatabase()
        let at = options.at
        let exchange: any Exchange = try other ?? SandboxExchange(opening: folder.journal) { at ?? surroundings.now() }
        // Without its keys a store can be read, as far as it is not sealed; made-up keys never come to lie beside it.
        let missing = making ? [] : folder.missingKeys
        let standIn = try missing.isEmpty ? nil : StoreFolder.temporary()
        let keys = try await PersonKeys(
            opening: (standIn ?? folder).personKeys, wrapping: try MasterKey(file: (standIn ?? folder).masterKey))
        var log = Logger(label: "recourse")
        log.logLevel = .error
        let desk = Desk(store: store, keys: keys, missingKeys: missing, vault: try EvidenceVault(opening: folder.vault), log: log)
        return OpenDesk(
            folder: folder, store: store, exchange: exchange, desk: desk, options: options, isRehearsal: folder.isRehearsal,
            standIn: standIn, now: at ?? surroundings.now())
    }

    /// A store of an earlier version has read models of an earlier shape: what a later version asks of them is made anew from the log, once.
    private func renewReadModels() async throws {
        let outdated = try await store.outdatedTables()
        guard !outdated.isEmpty, outdated.allSatisfy(CaseReplay.tables.contains) else { return }
        let events = try await store.head().sequence
        Console.complain("recourse: the store is of an earlier version; making its read models anew from \(events) events, this once")
        let replay = try await desk.replay()
        _ = try await store.rebuild(CaseReplay.tables, of: nil) { try replay.rows(for: $0, lookingBack: $1) }
    }

    /// The sandbox in the store, where that is what is on the other side.
    func sandbox() throws(Failure) -> SandboxExchange {
        guard let sandbox = exchange as? SandboxExchange else { throw Failure("the exchange of this desk is not the sandbox in its store") }
        return sandbox
    }

    private func close() async throws {
        if let sandbox = exchange as? SandboxExchange { await sandbox.close() }
        await desk.keys.close()
        if let standIn {
            for file in [standIn.personKeys, standIn.masterKey] { unlink(file) }
            for folder in [standIn.path + "/keys", standIn.path] { rmdir(folder) }
        }
        try store.close()
    }

    /// Only the log, for what needs no keys: verifying, exporting. Of a store that is being served it is a copy of this moment, gone afterwards.
    static func useLog<Value>(_ options: SharedOptions, _ body: (SQLiteStore, StoreFolder) async throws -> Value) async throws -> Value {
        let folder = options.folder
        try folder.requireThere()
        guard await folder.servedSocket() == nil else { return try await useCopy(of: folder, body) }
        let store = try folder.openDatabase()
        do {
            let value = try await body(store, folder)
            try store.close()
            return value
        } catch {
            try? store.close()
            throw error
        }
    }

    private static func useCopy<Value>(of folder: StoreFolder, _ body: (SQLiteStore, StoreFolder) async throws -> Value) async throws -> Value {
        let place = try StoreFolder.temporary()
        defer { place.removeCopy() }
        Console.complain("recourse: the store is being served; this works on a copy of how it is now")
        try await SQLiteStore.backUp(storeAt: folder.database, to: place.database)
        let copy = try SQLiteStore(path: place.database, tables: CaseTables.all)
        do {
            let value = try await body(copy, folder)
            try copy.close()
            return value
        } catch {
            try? copy.close()
            throw error
        }
    }
}
