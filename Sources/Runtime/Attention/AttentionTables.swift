import EventStorage

/// Where the eyes of those who work here are.
public enum AttentionTables {
    /// Who put which case out of their sight, and until when. Follows from the log.
    public static let snoozes = RowTable(
        "case_snooze", columns: [RowColumn("staff", .text), RowColumn("case_id", .text), RowColumn("until", .integer)], key: ["staff", "case_id"])

    /// Who was called into which note. Follows from the log; later notes have greater ids.
    public static let mentions = RowTable(
        "staff_mention",
        columns: [RowColumn("staff", .text), RowColumn("note", .text), RowColumn("case_id", .text), RowColumn("version", .integer), RowColumn("by", .text)],
        key: ["staff", "note"])

    /// What a person arranged for themselves and nobody decides anything by: rows of their own, which are gone with them. See docs/decisions/0012.
    public static let arrangements = RowTable(
        "arrangement",
        columns: [
            RowColumn("staff", .text), RowColumn("language", .text, nullable: true), RowColumn("zone", .text, nullable: true),
            RowColumn("columns", .text, nullable: true),
        ],
        key: ["staff"], holdsItsOwn: true)

    /// Views of the queue a person keeps under a name, in the order of `place`.
    public static let views = RowTable(
        "saved_view",
        columns: [RowColumn("staff", .text), RowColumn("id", .text), RowColumn("place", .integer), RowColumn("name", .text), RowColumn("query", .text)],
        key: ["staff", "id"], holdsItsOwn: true)

    /// Cases a person follows.
    public static let follows = RowTable(
        "case_follow", columns: [RowColumn("staff", .text), RowColumn("case_id", .text)], key: ["staff", "case_id"], holdsItsOwn: true)

    /// How far a person has read the cases they follow or were called into, and of no others: what else they look at is nobody's business.
    public static let seen = RowTable(
        "case_seen", columns: [RowColumn("staff", .text), RowColumn("case_id", .text), RowColumn("version", .integer)], key: ["staff", "case_id"],
        holdsItsOwn: true)

    /// Those that are made anew from the log.
    static let derived = [snoozes, mentions]
    static let own = [arrangements, views, follows, seen]
}
