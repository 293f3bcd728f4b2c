import EventStorage

/// What proves who somebody is. Rows and never events: what must be forgotten when it is replaced has no place in a log that forgets nothing.
public enum IdentityTables {
    /// Keys of access; of a secret only its SHA-256.
    public static let keys = RowTable(
        "access_key",
        columns: [
            RowColumn("id", .text), RowColumn("secret_sha256", .text), RowColumn("holder", .text), RowColumn("label", .text),
            RowColumn("issued", .integer), RowColumn("expires", .integer, nullable: true), RowColumn("revoked", .integer, nullable: true),
        ],
        key: ["id"], holdsItsOwn: true)

    public static let all = [keys]
}
