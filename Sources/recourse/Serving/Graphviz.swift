import Foundation

/// Graphviz's `dot`, in a process of its own: it is given a graph's text and says where everything lies. Nothing else of it is used, and a machine without
/// it draws no graphs.
enum Graphviz {
    /// Where Debian, and others, put it.
    private static let places = ["/usr/bin/dot", "/usr/local/bin/dot", "/opt/homebrew/bin/dot"]
    /// A workflow takes some tens of milliseconds; what takes longer is not waited for.
    private static let secondsMax = 5.0
    /// A workflow's layout is a few kilobytes.
    private static let outputBytesMax = 1 << 20

    static let layout: (@Sendable (String) async -> String?)? = {
        guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
        return { dot in await layOut(dot, by: path) }
    }()

    private static func layOut(_ dot: String, by path: String) async -> String? {
        await withCheckedContinuation { done in
            DispatchQueue.global(qos: .userInitiated).async { done.resume(returning: run(dot, path)) }
        }
    }

    private static func run(_ dot: String, _ path: String) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-Tplain"]
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
        do { try process.run() } catch { return nil }
        let watch = DispatchWorkItem { if process.isRunning { process.terminate() } }
        DispatchQueue.global().asyncAfter(deadline: .now() + secondsMax, execute: watch)
        // It reads all before it writes any, so neither waits for the other.
        try? input.fileHandleForWriting.write(contentsOf: Data(dot.utf8))
        try? input.fileHandleForWriting.close()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        watch.cancel()
        guard process.terminationStatus == 0, said.count <= outputBytesMax else { return nil }
        return String(decoding: said, as: UTF8.self)
    }
}
