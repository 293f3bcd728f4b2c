import Chronicle

/// All that was promised over the whole life of one store: what the judge holds against it after every end.
struct Memory {
    /// Commands since the last judgement, by correlation: the stream and how many events each was to leave.
    private(set) var asked: [String: (stream: String, events: Int)] = [:]
    /// Acknowledged commands since the last judgement: the sequence each ended at.
    private(set) var appended: [(correlation: String, stream: String, version: Int, sequence: Int64)] = []
    /// The version every stream was acknowledged to have reached, ever.
    private(set) var versions: [String: Int] = [:]
    private(set) var roots: [Int64: Set<Digest>] = [:]
    private(set) var kept: Set<Digest> = []
    private(set) var placed: Set<String> = []
    private(set) var booked: [String: Set<Int64>] = [:]
    private(set) var acknowledged = 0
    private(set) var refused = 0
    /// What failed in a life although nothing should have.
    private(set) var failures: [String] = []

    /// What belongs to one command only has been judged and will not change any more.
    mutating func forgetJudged() { (asked, appended, failures) = ([:], [], []) }

    /// Takes the lines of one life; a last line that was cut off was not told. With `mayFail`, a failure is what was to happen.
    mutating func hear(_ text: String, mayFail: Bool) {
        let before = failures
        defer { if mayFail { failures = before } }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let told = Told(line: line) { hear(told) }
        }
    }

    private mutating func hear(_ told: Told) {
        switch told {
        case .ready: break
        case .asked(let correlation, let stream, let events): asked[correlation] = (stream, events)
        case .appended(let correlation, let stream, let version, let sequence):
            appended.append((correlation, stream, version, sequence))
            versions[stream] = max(versions[stream] ?? 0, version)
            acknowledged += 1
        case .performed(let stream, let version): versions[stream] = max(versions[stream] ?? 0, version)
        case .root(let sequence, let root): roots[sequence, default: []].insert(root)
        case .kept(let sha256): kept.insert(sha256)
        case .placed(let order): placed.insert(order)
        case .booked(let key, let booking): booked[key, default: []].insert(booking)
        case .refused: refused += 1
        case .failed(let reason): failures.append(reason)
        }
    }
}
