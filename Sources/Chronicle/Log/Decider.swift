/// The heart of the product as a shape: commands decide, events happened, folds derive.
///
/// `decide` and `evolve` are pure: time, ids and policy come in as arguments. The same decider runs the live desk, the replay of the
/// past under another policy, and the twin.
public protocol Decider {
    associatedtype State: Sendable
    associatedtype Command: Sendable
    associatedtype Event: EventFamily
    /// What deciding needs besides the state: now, the policy, the actor.
    associatedtype Context
    associatedtype Rejection: Error

    static var initial: State { get }
    /// The events that follow from `command`, or why there are none.
    static func decide(_ command: Command, _ state: State, _ context: Context) throws(Rejection) -> [Event]
    /// Total: an event that happened cannot be refused.
    static func evolve(_ state: inout State, _ event: Recorded<Event>)
}

/// A state derived from events, one at a time, in the order of the log.
///
/// Laws (tested for every fold): replay is deterministic; `fold(a + b)` equals folding `b` onto `fold(a)`;
/// a snapshot and the rest equal a full replay. Keep to integers: minor units, milliseconds, counts.
public protocol Fold: Sendable {
    associatedtype Event: Sendable
    mutating func apply(_ event: Recorded<Event>)
}

extension Fold {
    public mutating func apply(contentsOf events: some Sequence<Recorded<Event>>) {
        for event in events { apply(event) }
    }
}
