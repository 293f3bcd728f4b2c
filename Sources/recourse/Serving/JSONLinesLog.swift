import Chronicle
import Logging
import Runtime

#if canImport(Glibc)
    import Glibc
#endif

/// The server's log: one JSON object a line on standard error, for whatever collects and rotates it. Values are quoted, so no name can break a line.
struct JSONLinesLog: LogHandler {
    let label: String
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(label: String) { self.label = label }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields: [(String, JSON)] = [
            ("at", .text(RealSurroundings().now().description)), ("level", .text(event.level.rawValue)), ("what", .text("\(event.message)")),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) { fields.append((name, .text("\(value)"))) }
        let line = Array((JSON.object(fields).line + "\n").utf8)
        // One write a line: lines of several threads do not run into each other.
        line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
