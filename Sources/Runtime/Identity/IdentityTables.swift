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

    /// How members of staff sign in: an argon2id string, and the secret of their codes, sealed, with the last step that was used.
    public static let credentials = RowTable(
        "credential",
        columns: [
            RowColumn("handle", .text), RowColumn("password", .text, nullable: true), RowColumn("codes", .text, nullable: true),
            RowColumn("codes_confirmed", .integer), RowColumn("codes_step", .integer),
        ],
        key: ["handle"], holdsItsOwn: true)

    /// Who is signed in; of what they show only its SHA-256. `strong` is when a second factor was last shown, in milliseconds; 0 for never.
    public static let sessions = RowTable(
        "session",
        columns: [
            RowColumn("token_sha256", .text), RowColumn("holder", .text), RowColumn("opened", .integer), RowColumn("seen", .integer),
            RowColumn("expires", .integer), RowColumn("strong", .integer),
        ],
        key: ["token_sha256"], indexes: [RowIndex("session_by_holder", on: ["holder"]), RowIndex("session_by_expiry", on: ["expires"])],
        holdsItsOwn: true)

    /// What lets somebody in once: a token of the exchange, a link. Kept until it would have run out, so that it cannot be shown twice.
    public static let spent = RowTable(
        "spent_token", columns: [RowColumn("token_sha256", .text), RowColumn("expires", .integer)], key: ["token_sha256"],
        indexes: [RowIndex("spent_by_expiry", on: ["expires"])], holdsItsOwn: true)

    /// Whose signed tokens let parties in: the exchange, by the keys it publishes.
    public static let issuers = RowTable(
        "issuer", columns: [RowColumn("name", .text), RowColumn("keys", .text)], key: ["name"], holdsItsOwn: true)

    /// Who else's word is taken for who staff are: OpenID providers. Of the client's secret only a sealed box.
    public static let providers = RowTable(
        "identity_provider",
        columns: [
            RowColumn("name", .text), RowColumn("issuer", .text), RowColumn("client", .text), RowColumn("secret", .text, nullable: true),
            RowColumn("subject_claim", .text), RowColumn("email_domains", .text), RowColumn("second_factor", .integer),
        ],
        key: ["name"], holdsItsOwn: true)

    /// Whose account at which provider lets in whom; of the account only the SHA-256 of issuer, claim and subject.
    public static let bindings = RowTable(
        "provider_binding", columns: [RowColumn("provider", .text), RowColumn("subject_sha256", .text), RowColumn("handle", .text)],
        key: ["provider", "subject_sha256"],
        indexes: [RowIndex("binding_by_subject", on: ["subject_sha256"]), RowIndex("binding_by_handle", on: ["handle"])], holdsItsOwn: true)

    /// Where sessions may be ended at the provider, too.
    public static let endings = RowTable(
        "session_ending", columns: [RowColumn("token_sha256", .text), RowColumn("address", .text)], key: ["token_sha256"], holdsItsOwn: true)

    /// Links on their way to parties; of what they show only its SHA-256. Gone once used, or once another was made.
    public static let links = RowTable(
        "party_link",
        columns: [
            RowColumn("id", .text), RowColumn("secret_sha256", .text), RowColumn("case_id", .text), RowColumn("party", .text),
            RowColumn("version", .integer), RowColumn("expires", .integer), RowColumn("next", .text),
        ],
        key: ["id"], indexes: [RowIndex("link_by_case", on: ["case_id", "party"]), RowIndex("link_by_expiry", on: ["expires"])], holdsItsOwn: true)

    /// When keys were last shown.
    public static let keyUses = RowTable(
        "access_key_use", columns: [RowColumn("id", .text), RowColumn("at", .integer)], key: ["id"], holdsItsOwn: true)

    /// Who is invited to choose a password; of what they were given only its SHA-256. At most one each, gone once used.
    public static let invitations = RowTable(
        "staff_invitation", columns: [RowColumn("handle", .text), RowColumn("secret_sha256", .text), RowColumn("expires", .integer)], key: ["handle"],
        indexes: [RowIndex("invitation_by_secret", on: ["secret_sha256"])], holdsItsOwn: true)

    /// Passkeys: whose, under which name, the public key (P-256, 64 bytes in base 64) and how often its authenticator says it was used. Nothing secret.
    public static let passkeys = RowTable(
        "passkey",
        columns: [
            RowColumn("id", .text), RowColumn("handle", .text), RowColumn("name", .text), RowColumn("public_key", .text), RowColumn("sign_count", .integer),
            RowColumn("made", .integer), RowColumn("used", .integer, nullable: true),
        ],
        key: ["id"], indexes: [RowIndex("passkey_by_handle", on: ["handle"])], holdsItsOwn: true)

    /// What the exchange calls whom it sent in: a party's id is made of its account and does not say it.
    public static let accounts = RowTable(
        "party_account", columns: [RowColumn("party", .text), RowColumn("account", .text)], key: ["party"], holdsItsOwn: true)

    public static let all = [keys, credentials, sessions, spent, issuers, providers, bindings, endings, links, keyUses, invitations, passkeys, accounts]
}
