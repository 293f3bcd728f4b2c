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
    let exchange: SandboxExchange
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
    /// - Parameter making: the store is being made; its keys are made with it.
    static func use<Value>(_ options: SharedOptions, making: Bool = false, _ body: (OpenDesk) async throws -> Value) async throws -> Value {
        let opened = try await open(options, making: making)
        do {
            try await opened.renewReadModels()
            let value = try await body(opened)
            try await opened.close()
            return value
        } catch {
            let named = await opened.naming(error)
            try? await opened.close()
            throw named
        }
    }

    /// The rules know staff by their ids; a person knows them by their handles.
    private func naming(_ error: any Error) async -> any Error {
        guard let failure = Failure(of: error), failure.sentence.contains(StaffMember.idPrefix + "_"), let handles = try? await handles() else { return error }
        let sentence = handles.reduce(failure.sentence) { $0.replacing($1.key.description, with: $1.value) }
        return Failure(sentence, code: failure.code)
    }

    private static func open(_ options: SharedOptions, making: Bool) async throws -> OpenDesk {
        let folder = options.folder
        try folder.requireThere()
        if options.at != nil, !folder.isRehearsal {
            throw Failure("--at is for rehearsals; \(folder.path) is a store of real cases")
        }
        let store = try SQLiteStore(path: folder.database, tables: CaseTables.all)
        let at = options.at
        let exchange = try SandboxExchange(opening: folder.journal) { at ?? surroundings.now() }
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

    private func close() async throws {
        await exchange.close()
        await desk.keys.close()
        if let standIn {
            for file in [standIn.personKeys, standIn.masterKey] { unlink(file) }
            for folder in [standIn.path + "/keys", standIn.path] { rmdir(folder) }
        }
        try store.close()
    }

    /// Only the log, for what needs no keys: verifying, proving, exporting, copying.
    static func useLog<Value>(_ options: SharedOptions, _ body: (SQLiteStore, StoreFolder) async throws -> Value) async throws -> Value {
        let folder = options.folder
        try folder.requireThere()
        let store = try SQLiteStore(path: folder.database, tables: CaseTables.all)
        do {
            let value = try await body(store, folder)
            try store.close()
            return value
        } catch {
            try? store.close()
            throw error
        }
    }
}
