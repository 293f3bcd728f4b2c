import Chronicle

/// How the way to the exchange is.
public struct ExchangeView: WireBody {
    /// Instructions on their way.
    public let pending: Int64
    /// Of those, tried and not answered.
    public let failing: Int64
    /// Put aside for a person.
    public let aside: Int64
    /// When the oldest instruction still on its way was given.
    public let oldestWaiting: Instant?
    /// When the exchange last answered an instruction.
    public let lastAnswer: Instant?
    /// How far its list of movements was read.
    public let movementsRead: Int64
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case pending, failing, aside
        case oldestWaiting = "oldest_waiting"
        case lastAnswer = "last_answer"
        case movementsRead = "movements_read"
        case asOf = "as_of"
    }

    public init(
        pending: Int64, failing: Int64, aside: Int64, oldestWaiting: Instant?, lastAnswer: Instant?, movementsRead: Int64, asOf: Int64
    ) {
        (self.pending, self.failing, self.aside) = (pending, failing, aside)
        (self.oldestWaiting, self.lastAnswer, self.movementsRead, self.asOf) = (oldestWaiting, lastAnswer, movementsRead, asOf)
    }
}

/// A head the log signed and somebody was given.
public struct CheckpointView: WireBody {
    public let size: Int64
    public let root: Digest
    /// The signed note (C2SP tlog-checkpoint), whole.
    public let note: String
    public init(size: Int64, root: Digest, note: String) { (self.size, self.root, self.note) = (size, root, note) }
}

/// Every signed head that was given out, the latest first.
public struct CheckpointList: WireBody {
    public let checkpoints: [CheckpointView]
    public init(checkpoints: [CheckpointView]) { self.checkpoints = checkpoints }
}
