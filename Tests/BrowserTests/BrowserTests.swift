import Foundation
import Testing

/// The pages in a real Chromium, driven as people use them. The scripts stand in Tests/Browser; each makes and serves a desk of its own.
@Suite("In a browser", .enabled(if: Browser.isThere, Comment(rawValue: Browser.missing)), .serialized)
struct BrowserTests {
    @Test(
        "Each script ends with every one of its steps held", .timeLimit(.minutes(10)),
        arguments: ["staff.py", "the_queue.py", "deciding.py", "administration.py", "parties.py", "merchants.py"])
    func script(_ name: String) throws {
        let outcome = try Browser.run(name)
        #expect(outcome.status == 0 && outcome.said.contains("steps held"), "\(outcome.said.suffix(3_000))")
    }
}

/// Chromium, and what drives it: installed by Scripts/browser-tools.sh.
private enum Browser {
    static let missing = "chromium or .build/browser-tools is not here: run Scripts/browser-tools.sh"
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appendingPathComponent(".build/browser-tools/bin/python3").path
    /// Beside the tests themselves: built with them.
    private static let recourse =
        Bundle.main.executableURL.map { $0.deletingLastPathComponent().appendingPathComponent("recourse").path }
        .flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil } ?? root.appendingPathComponent(".build/debug/recourse").path

    static var isThere: Bool { [python, "/usr/bin/chromium"].allSatisfy(FileManager.default.isExecutableFile) }

    static func run(_ script: String) throws -> (status: Int32, said: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [root.appendingPathComponent("Tests/Browser/\(script)").path, recourse]
        process.currentDirectoryURL = root
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }
}
