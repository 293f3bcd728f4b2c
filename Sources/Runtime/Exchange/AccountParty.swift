import Chronicle

extension ID {
    /// The id of a thing that has a name elsewhere: the first 128 bits of the SHA-256 of that name, so that the same account is the same party
    /// in every case, and an import done twice names the same things.
    public init(naming name: String) {
        let bits = Digest(hashing: Array(name.utf8)).bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        self.init(bits: bits)
    }
}

extension PartyID {
    /// The party behind an account of the exchange.
    public static func account(_ reference: AccountReference) -> PartyID { PartyID(naming: "account:" + reference.text) }
}
