import struct Crypto.SymmetricKey

/// Unwrapped keys of the persons last met, so that a page with twenty boxes of one person unwraps once.
///
/// Two generations instead of a list in order of use: when the young one is full it becomes the old one, and the old one is forgotten.
struct RecentKeys {
    private let capacity: Int
    private var young: [OwnerTag: SymmetricKey] = [:]
    private var old: [OwnerTag: SymmetricKey] = [:]

    /// Keeps between `capacity` and twice as many.
    init(capacity: Int) { self.capacity = capacity }

    var count: Int { young.count + old.count }

    mutating func key(of owner: OwnerTag) -> SymmetricKey? {
        if let key = young[owner] { return key }
        guard let key = old.removeValue(forKey: owner) else { return nil }
        keep(key, of: owner)
        return key
    }

    mutating func keep(_ key: SymmetricKey, of owner: OwnerTag) {
        if young.count >= capacity { (old, young) = (young, [:]) }
        young[owner] = key
    }

    mutating func forget(_ owner: OwnerTag) {
        young[owner] = nil
        old[owner] = nil
    }
}
