import Chronicle
import Glibc
import Runtime
import SQLiteStorage

/// Where a store keeps its things. The log and the keys of persons are two files on purpose: no copy of the log carries a key.
struct StoreFolder: Hashable, Sendable {
    let path: String

    var database: String { path + "/desk.sqlite" }
    var personKeys: String { path + "/keys/persons" }
    var masterKey: String { path + "/master.key" }
    var operatorKey: String { path + "/operator.key" }
    var logKey: String { path + "/log.key" }
    var vault: String { path + "/vault" }
    var journal: String { path + "/exchange/journal" }
    /// Its presence makes a store one for rehearsals.
    private var rehearsalMark: String { path + "/rehearsal" }

    var exists: Bool { WholeFile.exists(database) }
    var isRehearsal: Bool { WholeFile.exists(rehearsalMark) }

    func requireThere() throws(Failure) {
        guard exists else { throw Failure("there is no store in \(path); make one with: recourse store init --store \(path)") }
    }

    /// The files with the keys of persons that are not here: nothing may be sealed under new ones before they are back.
    var missingKeys: [String] { [masterKey, personKeys].filter { !WholeFile.exists($0) } }

    /// The database, for this process alone. Whoever serves it is named.
    func openDatabase() throws -> SQLiteStore {
        do { return try SQLiteStore(path: database, tables: CaseTables.all) } catch OpeningRefusal.inUse(_, let holder) where WholeFile.exists(socket) {
            throw Failure("\(path) is being served by \(holder), and this works only on a store nobody serves: end that first, or work on a copy")
        }
    }

    /// A folder of this process's own, readable by nobody else.
    static func temporary() throws(Failure) -> StoreFolder {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        var template = Array("\(parent)/recourse-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure("no temporary folder could be made in \(parent)") }
        return StoreFolder(path: String(cString: made))
    }

    /// Makes the folders. A folder that holds a store is refused.
    func make(rehearsal: Bool) throws(Failure) {
        guard !exists else { throw Failure("there is a store in \(path) already") }
        for folder in [path, path + "/keys", vault, path + "/exchange"] { try WholeFile.makeFolder(folder) }
        if rehearsal { try WholeFile.write(Array("Cases opened here are simulated.\n".utf8), to: rehearsalMark) }
    }

    /// Removes a copy of a database that was made here, and the folder.
    func removeCopy() {
        for suffix in ["", "-wal", "-shm", "-lock"] { unlink(database + suffix) }
        rmdir(path)
    }

    /// Takes back what `make` made, as far as nothing was put there since.
    func removeEmptyFolders() { for folder in [path + "/keys", vault, path + "/exchange", path] { rmdir(folder) } }
}
