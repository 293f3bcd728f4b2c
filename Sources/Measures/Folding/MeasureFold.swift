import Chronicle
import Disputes

/// The columns of a whole log in memory: every case folded by its own fold, every event then taken by the columns.
///
/// Closed cases may be let go of, for of a million most are closed; whoever lets go brings a case back (`recall`) before something happens to it
/// again.
public struct MeasureFold: Fold, Equatable {
    public private(set) var columns: Columns
    private var files: [StreamID: CaseFile] = [:]
    private var glossary: Glossary
    private let keepsClosed: Bool

    public init(_ glossary: Glossary, from columns: Columns = Columns(), keepingClosed: Bool = true) {
        (self.glossary, self.columns, keepsClosed) = (glossary, columns, keepingClosed)
    }

    public mutating func apply(_ event: Recorded<CaseEvent>) {
        // Taken out and put back, so that the case is changed in place and not copied.
        var file = files.removeValue(forKey: event.envelope.stream) ?? CaseFile()
        file.apply(event)
        guard let dispute = file.dispute else { return }
        columns.take(event, dispute, glossary)
        if keepsClosed || !dispute.isClosed { files[event.envelope.stream] = file }
    }

    /// Whether a case is at hand for its next event: it is kept, or that event is its first.
    public func isAtHand(_ stream: StreamID, version: Int) -> Bool { version <= 1 || files[stream] != nil }

    /// Brings a case back that was let go of: its events up to now, which the columns have taken already.
    public mutating func recall(_ stream: StreamID, _ events: some Sequence<Recorded<CaseEvent>>) {
        var file = CaseFile()
        file.apply(contentsOf: events)
        files[stream] = file
    }

    /// Packs that were published since: what they say holds for events from now on.
    public mutating func learn(_ glossary: Glossary) { self.glossary = glossary }

    public mutating func take(_ standing: StaffStanding) { columns.take(standing) }
    public mutating func pass(_ envelope: Envelope) { columns.pass(envelope) }

    public static func == (a: MeasureFold, b: MeasureFold) -> Bool { a.columns == b.columns }
}
