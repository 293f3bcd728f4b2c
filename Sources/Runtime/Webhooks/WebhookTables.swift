import EventStorage

/// What is kept of webhooks beside the log: where they go, how far each has read the log, and what was sent.
///
/// The log is not copied for each of them. A webhook has a position in it; only events that were read and have not been answered are rows (at most
/// `WebhookCourier.pendingMax`), and those that ended stay for `Webhook.deliveriesKept`.
public enum WebhookTables {
    /// One row a webhook. Written with an event of its stream, at the version its writer saw.
    public static let webhooks = RowTable(
        "webhook",
        columns: [
            RowColumn("id", .text), RowColumn("address", .text), RowColumn("kinds", .text), RowColumn("label", .text), RowColumn("state", .text),
            RowColumn("because", .text, nullable: true), RowColumn("since", .integer), RowColumn("made", .integer), RowColumn("version", .integer),
            RowColumn("secrets", .text),
        ],
        key: ["id"], holdsItsOwn: true)

    /// How far each has read the log, and since when nothing was accepted. Written by its courier alone.
    public static let progress = RowTable(
        "webhook_progress", columns: [RowColumn("webhook", .text), RowColumn("position", .integer), RowColumn("failing_since", .integer, nullable: true)],
        key: ["webhook"], holdsItsOwn: true)

    /// One row an event on its way or ended. `due` is set while it is on its way. Written by the courier alone.
    public static let deliveries = RowTable(
        "webhook_delivery",
        columns: [
            RowColumn("webhook", .text), RowColumn("sequence", .integer), RowColumn("case_id", .text), RowColumn("kind", .text), RowColumn("state", .text),
            RowColumn("tries", .integer), RowColumn("queued", .integer), RowColumn("touched", .integer), RowColumn("due", .integer, nullable: true),
            RowColumn("ended", .integer, nullable: true),
        ],
        key: ["webhook", "sequence"],
        indexes: [
            RowIndex("webhook_pending", on: ["webhook", "queued"], whereNotNull: "due"), RowIndex("webhook_by_state", on: ["webhook", "state", "sequence"]),
            RowIndex("webhook_by_end", on: ["ended"], whereNotNull: "ended"),
        ],
        holdsItsOwn: true)

    /// One row each time something was sent.
    public static let attempts = RowTable(
        "webhook_attempt",
        columns: [
            RowColumn("webhook", .text), RowColumn("sequence", .integer), RowColumn("at", .integer), RowColumn("outcome", .text),
            RowColumn("status", .integer, nullable: true), RowColumn("milliseconds", .integer), RowColumn("error", .text, nullable: true),
        ],
        key: ["webhook", "sequence", "at"], indexes: [RowIndex("webhook_attempt_by_time", on: ["at"])], holdsItsOwn: true)

    /// What somebody asked of the courier: `replay` from a sequence, `redeliver` one, `forget` all there was. Written by whoever asks; the courier
    /// does it and takes the row away in one step, so that neither waits for the other.
    public static let wishes = RowTable(
        "webhook_wish", columns: [RowColumn("webhook", .text), RowColumn("what", .text), RowColumn("sequence", .integer)],
        key: ["webhook", "what", "sequence"], holdsItsOwn: true)

    public static let all = [webhooks, progress, deliveries, attempts, wishes]
}
