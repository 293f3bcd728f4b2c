import EventStorage

/// The read models kept in the same transaction as the events: what a queue, a lookup or a timer asks, answered by one index each.
public enum CaseTables {
    /// One row a case.
    public static let cases = RowTable(
        "case_row",
        columns: [
            RowColumn("id", .text), RowColumn("short", .text), RowColumn("type", .text), RowColumn("reason", .text),
            RowColumn("step", .text), RowColumn("phase", .text), RowColumn("tier", .integer), RowColumn("language", .text),
            RowColumn("jurisdiction", .text, nullable: true), RowColumn("owner", .text, nullable: true),
            RowColumn("due", .integer, nullable: true), RowColumn("due_clock", .text, nullable: true),
            RowColumn("deadline", .integer, nullable: true), RowColumn("deadline_key", .text, nullable: true),
            RowColumn("opened", .integer), RowColumn("closed", .integer, nullable: true), RowColumn("how", .text, nullable: true),
            RowColumn("amount", .text, nullable: true), RowColumn("value", .integer, nullable: true),
            RowColumn("order_ref", .text, nullable: true), RowColumn("reference", .text, nullable: true),
            RowColumn("simulated", .integer), RowColumn("version", .integer),
        ],
        key: ["id"],
        indexes: [
            RowIndex("case_by_due", on: ["due"], whereNotNull: "due"),
            RowIndex("case_by_phase", on: ["phase", "due"], whereNotNull: "due"),
            RowIndex("case_by_tier", on: ["tier", "due"], whereNotNull: "due"),
            RowIndex("case_by_type", on: ["type", "due"], whereNotNull: "due"),
            // A rare language of a common type: by type alone thousands of rows are passed over to find fifty.
            RowIndex("case_by_speech", on: ["type", "language", "due"], whereNotNull: "due"),
            // For a queue narrowed by everything at once: by one column alone SQLite would look at ten thousand cases of a million.
            RowIndex("case_by_kind", on: ["type", "phase", "tier", "language", "due"], whereNotNull: "due"),
            RowIndex("case_by_owner", on: ["owner", "due"], whereNotNull: "owner"),
            RowIndex("case_by_deadline", on: ["deadline"], whereNotNull: "deadline"),
            RowIndex("case_by_short", on: ["short"]),
            RowIndex("case_by_reference", on: ["reference"], whereNotNull: "reference"),
            RowIndex("case_by_order", on: ["order_ref"], whereNotNull: "order_ref"),
        ])

    /// Which person is a party of which case.
    public static let parties = RowTable(
        "case_party", columns: [RowColumn("party", .text), RowColumn("case_id", .text), RowColumn("side", .text)], key: ["party", "case_id"])

    /// How many cases there are of each kind, so that a count never has to look at the cases.
    public static let tally = RowTable(
        "case_tally",
        columns: [
            RowColumn("phase", .text), RowColumn("tier", .integer), RowColumn("type", .text), RowColumn("language", .text),
            RowColumn("owned", .integer), RowColumn("simulated", .integer), RowColumn("cases", .integer),
        ],
        key: ["phase", "tier", "type", "language", "owned", "simulated"])

    /// Instructions to the exchange on their way out.
    public static let outbox = RowTable(
        "outbox",
        columns: [
            RowColumn("id", .text), RowColumn("case_id", .text), RowColumn("kind", .text), RowColumn("state", .text),
            RowColumn("due", .integer), RowColumn("attempts", .integer), RowColumn("error", .text, nullable: true),
        ],
        key: ["id"], indexes: [RowIndex("outbox_by_due", on: ["state", "due"])], holdsItsOwn: true)

    /// Where each file's content was put on file before: the same bytes in two strangers' cases are a signal.
    public static let exhibits = RowTable(
        "exhibit_hash",
        columns: [RowColumn("sha256", .text), RowColumn("case_id", .text), RowColumn("exhibit", .text), RowColumn("party", .text, nullable: true)],
        key: ["sha256", "case_id", "exhibit"])

    /// Which penalties are in force against whom, a case at most one: a second offence weighs more than a first.
    public static let penalties = RowTable(
        "party_penalty", columns: [RowColumn("party", .text), RowColumn("case_id", .text), RowColumn("penalty", .text)], key: ["party", "case_id"])

    /// Every decided case as far as it is a precedent: codes, no words and no persons.
    public static let precedents = RowTable(
        "precedent",
        columns: [
            RowColumn("case_id", .text), RowColumn("at", .integer), RowColumn("outcome", .text), RowColumn("fault", .text), RowColumn("deviates", .integer),
            RowColumn("type", .text), RowColumn("reason", .text), RowColumn("rail", .text, nullable: true), RowColumn("filed_by", .text, nullable: true),
            RowColumn("answered", .integer), RowColumn("merchant", .integer), RowColumn("jurisdiction", .text, nullable: true),
            RowColumn("magnitude", .integer, nullable: true), RowColumn("evidence", .text), RowColumn("simulated", .integer),
        ],
        key: ["case_id"])

    /// How it was to be a party here, counted and never by case: question by question how often which score was given, apart by what came of it for whoever
    /// answered. The question `asked` counts who may answer or did, `answered` who did; both with the score 0.
    public static let survey = RowTable(
        "survey_tally",
        columns: [
            RowColumn("result", .text), RowColumn("question", .text), RowColumn("score", .integer), RowColumn("simulated", .integer),
            RowColumn("answers", .integer),
        ],
        key: ["result", "question", "score", "simulated"])

    /// Members of staff by the name they sign in with.
    public static let staff = RowTable(
        "staff", columns: [RowColumn("handle", .text), RowColumn("id", .text), RowColumn("active", .integer)], key: ["handle"],
        indexes: [RowIndex("staff_by_id", on: ["id"])])

    /// How far each list of another system has been read. Not a place in our log: another system's numbers may run ahead of it.
    public static let cursors = RowTable(
        "cursor", columns: [RowColumn("name", .text), RowColumn("position", .integer)], key: ["name"], holdsItsOwn: true)

    public static let all =
        [cases, parties, tally, outbox, exhibits, penalties, precedents, survey, staff, cursors] + AttentionTables.derived + AttentionTables.own
        + IdentityTables.all
        + UploadTables.all + WebhookTables.all
}
