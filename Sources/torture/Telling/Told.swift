import Chronicle

/// One line of what a writer tells its driver: the promises it was given, the moment it was given them.
enum Told: Equatable {
    /// Everything is open and work begins.
    case ready
    /// These events of one command are about to be appended: later all of them are there or none.
    case asked(correlation: String, stream: String, events: Int)
    /// The store acknowledged them.
    case appended(correlation: String, stream: String, version: Int, sequence: Int64)
    /// The desk acknowledged a command.
    case performed(stream: String, version: Int)
    /// A head that was shown to somebody, or a checkpoint that was handed out.
    case root(sequence: Int64, root: Digest)
    /// The vault acknowledged a file.
    case kept(Digest)
    /// The exchange acknowledged an order.
    case placed(order: String)
    /// The exchange answered an instruction.
    case booked(key: String, booking: Int64)
    /// Somebody may not do something: no fault.
    case refused(String)
    /// Something failed that should not.
    case failed(String)

    var line: String {
        switch self {
        case .ready: "ready"
        case .asked(let correlation, let stream, let events): "asked \(correlation) \(stream) \(events)"
        case .appended(let correlation, let stream, let version, let sequence): "appended \(correlation) \(stream) \(version) \(sequence)"
        case .performed(let stream, let version): "performed \(stream) \(version)"
        case .root(let sequence, let root): "root \(sequence) \(root)"
        case .kept(let sha256): "kept \(sha256)"
        case .placed(let order): "placed \(order)"
        case .booked(let key, let booking): "booked \(key) \(booking)"
        case .refused(let reason): "refused \(Told.oneLine(reason))"
        case .failed(let reason): "failed \(Told.oneLine(reason))"
        }
    }

    private static func oneLine(_ text: String) -> String { String(text.prefix(400).map { $0.isNewline ? " " : $0 }) }

    /// `nil` for a line that was cut off.
    init?(line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        func rest() -> String { words.dropFirst().joined(separator: " ") }
        switch (words.first, words.count) {
        case ("ready", 1): self = .ready
        case ("asked", 4):
            guard let events = Int(words[3]) else { return nil }
            self = .asked(correlation: words[1], stream: words[2], events: events)
        case ("appended", 5):
            guard let version = Int(words[3]), let sequence = Int64(words[4]) else { return nil }
            self = .appended(correlation: words[1], stream: words[2], version: version, sequence: sequence)
        case ("performed", 3):
            guard let version = Int(words[2]) else { return nil }
            self = .performed(stream: words[1], version: version)
        case ("root", 3):
            guard let sequence = Int64(words[1]), let root = Digest(words[2]) else { return nil }
            self = .root(sequence: sequence, root: root)
        case ("kept", 2):
            guard let sha256 = Digest(words[1]) else { return nil }
            self = .kept(sha256)
        case ("placed", 2): self = .placed(order: words[1])
        case ("booked", 3):
            guard let booking = Int64(words[2]) else { return nil }
            self = .booked(key: words[1], booking: booking)
        case ("refused", 2...): self = .refused(rest())
        case ("failed", 2...): self = .failed(rest())
        default: return nil
        }
    }
}
