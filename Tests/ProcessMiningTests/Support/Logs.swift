import Archives
import Foundation
import ProcessMining

/// Logs for the tests: small ones as text, real ones from the folder `RECOURSE_DATA` names.
enum Logs {
    /// Is the larger data set beside the project?
    static var areThere: Bool { ProcessInfo.processInfo.environment["RECOURSE_DATA"] != nil }

    static func real(_ name: String, classifier: String = "name") throws -> LogReading {
        let folder = ProcessInfo.processInfo.environment["RECOURSE_DATA"] ?? ""
        let source = try ByteSource(path: "\(folder)/logs/\(name)")
        var reader = LogReader(options: LogOptions(classifier: classifier))
        while let chunk = try source.next() { try reader.feed(chunk) }
        return try reader.finish()
    }

    /// A text read in pieces of `chunk` bytes.
    static func read(_ text: String, _ options: LogOptions = LogOptions(), chunk: Int = 7) throws(LogRefusal) -> LogReading {
        try read(Array(text.utf8), options, chunk: chunk)
    }

    static func read(_ bytes: [UInt8], _ options: LogOptions = LogOptions(), chunk: Int = 7) throws(LogRefusal) -> LogReading {
        var reader = LogReader(options: options)
        var at = 0
        while at < bytes.count {
            try reader.feed(Array(bytes[at..<min(at + chunk, bytes.count)]))
            at += chunk
        }
        return try reader.finish()
    }

    /// Cases written as letters, one event a minute.
    static func letters(_ cases: String...) -> EventLog {
        var columns = EventColumns()
        for (index, path) in cases.enumerated() {
            for (step, letter) in path.enumerated() {
                columns.append(case: "\(index)", activity: String(letter), microseconds: Int64(step) * 60_000_000)
            }
        }
        return EventLog(columns)
    }

    static func model(_ name: String) throws -> PetriNet {
        let url = Bundle.module.resourceURL?.appendingPathComponent("Models/\(name)") ?? URL(fileURLWithPath: name)
        return try ModelReader.read(Array(try Data(contentsOf: url)))
    }

    /// A log with one trace of these events, each `(activity, time)`.
    static func xes(_ events: [(String, String)], more: String = "") -> String {
        let body = events.map { "<event><string key=\"concept:name\" value=\"\($0.0)\"/><date key=\"time:timestamp\" value=\"\($0.1)\"/></event>" }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log>\n\(more)<trace><string key=\"concept:name\" value=\"1\"/>\n" + body.joined(separator: "\n")
            + "\n</trace>\n</log>\n"
    }
}
