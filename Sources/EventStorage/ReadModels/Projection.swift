import Chronicle

/// An asynchronous read model: rows derived from the log a moment after it was written.
///
/// What one append must show at once belongs in the append's own rows; everything that may lag by some milliseconds belongs here, where a slow or
/// faulty model holds up nobody's work.
public protocol Projection: Sendable {
    /// 1…64 characters; for ever the name of this model.
    var name: String { get }
    /// A new version is a new model: it starts from the beginning of the log while the old rows go on serving.
    var version: Int { get }
    /// The tables it alone writes.
    var tables: [RowTable] { get }
    /// The changes that follow from these events, in their order. Called with the log in order, each event exactly once as far as the
    /// rows are concerned: a batch whose rows were not committed comes again.
    func changes(for events: [StoredEvent]) throws -> [RowChange]
}

extension Projection {
    /// What its position is kept under.
    public var positionName: String { "\(name)/\(version)" }
}
