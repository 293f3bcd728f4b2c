import Chronicle

extension Case {
    /// The party somebody means: a side (`filer`, `other`), a capacity (`buyer`, `merchant` …), an account or an id. A capacity is the principal's,
    /// not of whoever speaks for them. `nil` where it names none.
    public func party(named name: String) -> Party? {
        switch name.lowercased() {
        case "filer": principal(.filer)
        case "other": principal(.other)
        case "merchant": parties.first { $0.merchant != nil }
        case let capacity where parties.contains { $0.capacity.rawValue == capacity }:
            parties.first { $0.capacity.rawValue == capacity && $0.represents == nil }
        default:
            parties.first { party in
                party.id.description == name || party.account.map { $0.text == name || "account:" + $0.text == name } == true
            }
        }
    }
}
