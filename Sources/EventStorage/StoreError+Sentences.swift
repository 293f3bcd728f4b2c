extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .conflict(let stream, let actual): "\(stream) is at version \(actual) already: someone was faster; read it again and decide anew"
        case .duplicate(let original): "this request was done before, as event \(original.lastSequence) of the log"
        case .keyReused(let key): "the idempotency key “\(key.text)” was used for a different request"
        case .overtaken(let projection, let actual): "the read model \(projection) has already moved on to event \(actual)"
        case .malformed(let reason): reason
        case .unavailable(let reason, let retryAfter): "\(reason); try again in \(retryAfter)"
        case .damaged(let sequence, let reason): sequence > 0 ? "event \(sequence) of the log is damaged: \(reason)" : "the store is damaged: \(reason)"
        case .fatal(let reason): "the store stopped writing: \(reason); nothing more is acknowledged until it is opened again"
        }
    }
}
