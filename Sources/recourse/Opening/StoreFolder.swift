import Chronicle

/// Where a store keeps its things. The log and the keys of persons are two files on purpose: no copy of the log carries a key.
struct StoreFolder: Hashable, Sendable {
    let path: String

    var database: String { path + "/desk.sqlite" }
    var personKeys: String { path + "/keys/persons" }
    var masterKey: String { path + "/master.key" }
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

    var hasKeys: Bool { WholeFile.exists(masterKey) && WholeFile.exists(personKeys) }

    /// The keys of persons belong to the log: words sealed under new ones, before the old ones are back, would be readable by nobody afterwards.
    func requireKeys() throws(Failure) {
        let missing = [masterKey, personKeys].filter { !WholeFile.exists($0) }
        guard missing.isEmpty else {
            throw Failure(
                "\(missing.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") not here; put back the keys of this store, copied from where they are kept"
            )
        }
    }

    /// Makes the folders. A folder that holds a store is refused.
    func make(rehearsal: Bool) throws(Failure) {
        guard !exists else { throw Failure("there is a store in \(path) already") }
        for folder in [path, path + "/keys", vault, path + "/exchange"] { try WholeFile.makeFolder(folder) }
        if rehearsal { try WholeFile.write(Array("Cases opened here are simulated.\n".utf8), to: rehearsalMark) }
    }
}
