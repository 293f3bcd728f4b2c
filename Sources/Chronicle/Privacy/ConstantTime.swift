/// Are two secrets the same? How long the answer takes says nothing of how much of a guess was right; of their lengths it may.
public func equalInConstantTime(_ one: some StringProtocol, _ other: some StringProtocol) -> Bool {
    guard one.utf8.count == other.utf8.count else { return false }
    return zip(one.utf8, other.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
