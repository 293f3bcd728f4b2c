import Wire

/// What is to go wrong with the next instructions: `500`, `drop`, `duplicate`, `slow:1500`.
struct SandboxFaults: WireBody {
    var faults: [String]

    private struct NoFault: Error, CustomStringConvertible {
        let word: String
        var description: String { "“\(word)” is not a fault; order 500, drop, duplicate, reorder or slow:MILLISECONDS" }
    }

    var next: [LineFaults.Fault] {
        get throws {
            try faults.map { word in
                switch word {
                case "500": return .refuse500
                case "drop": return .drop
                case "duplicate": return .twice
                case "reorder": return .late
                default:
                    guard word.hasPrefix("slow:"), let milliseconds = Int(word.dropFirst(5)), 0...60_000 ~= milliseconds else { throw NoFault(word: word) }
                    return .slow(milliseconds)
                }
            }
        }
    }
}
