/// A day on which something is known to happen: a holiday, a release, a market move. Given by people; nothing is guessed about it but its size.
public struct KnownEvent: Hashable, Sendable {
    public let dayNumber: Int
    /// Days of one name share one effect.
    public let name: String
    /// How strong, where that is known (a market move in per cent); 1 otherwise.
    public let strength: Double

    public init(dayNumber: Int, name: String, strength: Double = 1) { (self.dayNumber, self.name, self.strength) = (dayNumber, name, strength) }
}
