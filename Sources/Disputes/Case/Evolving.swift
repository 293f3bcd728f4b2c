import Chronicle

extension Case {
    /// The case after one more event of its stream.
    mutating func apply(_ event: Recorded<CaseEvent>) {
        event.body.body.evolve(&self, event.envelope)
        wake(after: event.envelope)
        version = event.envelope.version
    }
}

/// The fold of one stream: a case once it was opened, nothing before.
public struct CaseFile: Fold, Equatable {
    public internal(set) var dispute: Case?

    public init() {}

    public mutating func apply(_ event: Recorded<CaseEvent>) {
        if dispute == nil {
            guard let opened = event.body.body as? CaseOpened else { return }
            dispute = opened.begin(event.envelope)
        } else {
            dispute?.apply(event)
        }
    }
}
