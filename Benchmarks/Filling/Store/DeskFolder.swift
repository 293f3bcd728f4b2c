import Chronicle
import EventStorage
import Logging
import Policies
import Runtime
import SQLiteStorage

#if canImport(Glibc)
    import Glibc
#endif

/// A store's folder, laid out as the command line lays it out, so that either opens what the other made.
public struct DeskFolder: Hashable, Sendable {
    public let path: String
    public var database: String { path + "/desk.sqlite" }

    public init(_ path: String) { self.path = path }

    /// Makes the folders; refuses one that holds a store.
    public func make() throws(FillingError) {
        guard access(database, F_OK) != 0 else { throw .exists(path: path) }
        for folder in [path, path + "/keys", path + "/vault", path + "/exchange"] { try DeskFolder.makeFolder(folder) }
        // The mark of a rehearsal: every case in it is simulated.
        let mark = open(path + "/rehearsal", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard mark >= 0 else { throw .disk(path: path, reason: String(cString: strerror(errno))) }
        close(mark)
    }

    /// The desk over the store. `store`, where given, stands between the desk and the file: to count, to delay.
    public func openDesk(over store: any EventStore) async throws -> Desk {
        let keys = try await PersonKeys(opening: path + "/keys/persons", wrapping: try MasterKey(file: path + "/master.key"))
        var log = Logger(label: "recourse")
        log.logLevel = .error
        return Desk(store: store, keys: keys, vault: try EvidenceVault(opening: path + "/vault"), log: log)
    }

    public func openStore() throws -> SQLiteStore { try SQLiteStore(path: database, tables: CaseTables.all) }

    private static func makeFolder(_ path: String) throws(FillingError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw .disk(path: made, reason: String(cString: strerror(errno))) }
        }
    }
}
