import EventStorage

/// The layouts the store has had, oldest first. A layout is never edited once released: a change is a new one at the end.
struct Layout {
    let number: Int
    let sql: String

    /// “RCRS”: marks a file as ours in its header.
    static let applicationID: Int64 = 0x5243_5253

    static let all = [Layout(number: 1, sql: firstLayout)]
    static var newest: Int { all.last?.number ?? 0 }

    /// Brings the file to the newest layout, each step in its own transaction. Refuses a file that is not ours or is newer than this build.
    static func bringUpToDate(_ session: Session, path: String, layouts: [Layout] = all) throws {
        let known = layouts.last?.number ?? 0
        let found = Int(try session.answer("PRAGMA user_version") ?? "") ?? 0
        let application = Int64(try session.answer("PRAGMA application_id") ?? "") ?? 0
        let isEmpty = try session.answer("SELECT count(*) FROM sqlite_master") == "0"
        guard isEmpty && found == 0 || application == applicationID else { throw OpeningRefusal.notAStore(path: path) }
        guard found <= known else { throw OpeningRefusal.newer(path: path, layout: found, known: known) }
        for layout in layouts where layout.number > found {
            do {
                try session.execute("BEGIN IMMEDIATE")
                try session.execute(layout.sql)
                try session.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(layout.number)")
                try session.execute("COMMIT")
            } catch {
                session.rollBack()
                throw error
            }
        }
    }
}
