import Chronicle
import Policies
import Timekeeping

/// One command being decided: the case as it would be, the events so far. Every event is evolved at once, so that what follows from it
/// (a step left, a clock started) is decided on the case as it then is, by the same fold that will read it back.
struct Deliberation {
    var context: DecisionContext
    private(set) var file: CaseFile
    private(set) var events: [CaseEvent] = []

    init(_ file: CaseFile, _ context: DecisionContext) {
        self.file = file
        self.context = context
    }

    var policy: Policy { context.policy }
    var now: Instant { context.now }

    /// The case; only asked for after `DisputeDecider.decide` has made sure there is one.
    func dispute() throws(Refusal) -> Case {
        guard let dispute = file.dispute else { throw .noSuchCase }
        return dispute
    }

    mutating func emit(_ body: some CaseHappening) {
        let event = CaseEvent(body)
        events.append(event)
        let envelope = Envelope(
            stream: Deliberation.nowhere, version: (file.dispute?.version ?? 0) + 1, sequence: 0, occurred: context.now, recorded: context.now,
            actor: context.actor, policy: context.policy.hash, causation: nil, correlation: CorrelationID(bits: 0))
        file.apply(Recorded(envelope, event))
    }

    private static let nowhere = StreamID(CaseID(bits: 0))
}
