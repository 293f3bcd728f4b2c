import Chronicle
import Policies

/// Somebody who sits in a case, as far as people call them something: the party itself, or what is told of it.
public protocol CalledByName {
    var side: Side { get }
    var capacity: Filer { get }
    /// Whom they speak for.
    var represents: PartyID? { get }
    var isMerchant: Bool { get }
    /// Their id, and their account with and without `account:`.
    var properNames: Set<String> { get }
}

extension Sequence where Element: CalledByName {
    /// The one somebody means: a side (`filer`, `other`), a capacity (`buyer`, `merchant` …), an account or an id. A side and a capacity are the
    /// principal's, not of whoever speaks for them. `nil` where it names none.
    public func called(_ name: String) -> Element? {
        let word = name.lowercased()
        if let side = Side(rawValue: word) { return first { $0.side == side && $0.represents == nil } }
        if word == Filer.merchant.rawValue { return first(where: \.isMerchant) }
        if contains(where: { $0.capacity.rawValue == word }) { return first { $0.capacity.rawValue == word && $0.represents == nil } }
        return first { $0.properNames.contains(name) }
    }
}

extension Party: CalledByName {
    public var isMerchant: Bool { merchant != nil }
    public var properNames: Set<String> { Set([id.description] + (account.map { [$0.text, "account:" + $0.text] } ?? [])) }
}

extension Case {
    /// The party somebody means.
    public func party(named name: String) -> Party? { parties.called(name) }
}
