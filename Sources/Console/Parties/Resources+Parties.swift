extension Resources {
    /// Templates of the pages of parties.
    static let partyTemplates: [String: String] = [:]
}
