/// A model of a process as a Petri net with a beginning and an end: places that hold tokens, transitions that move them.
///
/// A transition with a label is an activity that a log would show; one without is silent, and only routes.
public struct PetriNet: Hashable, Sendable {
    public struct Transition: Hashable, Sendable {
        /// `nil`: silent.
        public let label: String?
        /// Tokens taken from and given to places.
        public let takes: [Int: Int]
        public let gives: [Int: Int]

        public init(label: String?, takes: [Int: Int], gives: [Int: Int]) { (self.label, self.takes, self.gives) = (label, takes, gives) }
    }

    public let placeCount: Int
    public let transitions: [Transition]
    /// Tokens by place, at the beginning and at the end.
    public let initial: [Int: Int]
    public let final: [Int: Int]

    public init(placeCount: Int, transitions: [Transition], initial: [Int: Int], final: [Int: Int]) {
        (self.placeCount, self.transitions, self.initial, self.final) = (placeCount, transitions, initial, final)
    }

    /// The activities the model knows.
    public var labels: Set<String> { Set(transitions.compactMap(\.label)) }
}
