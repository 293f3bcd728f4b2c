import Foundation

/// The program under test, which lies beside the tests.
enum Program {
    static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path + "/torture"
    static let policy =
        URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Policy"

    struct Answer {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs to the end; output goes through files, so that no pipe fills up. `killAfter` ends it from outside.
    static func run(_ arguments: [String], with program: String = path, killAfter seconds: Double? = nil) throws -> Answer {
        let folder = try Folder()
        let (out, err) = (folder.path + "/out", folder.path + "/err")
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
        try process.run()
        if let seconds {
            Thread.sleep(forTimeInterval: seconds)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return Answer(
            status: process.terminationStatus, output: try String(contentsOfFile: out, encoding: .utf8),
            errors: try String(contentsOfFile: err, encoding: .utf8))
    }

    /// May this machine's tests follow a process with strace? Containers often forbid it.
    static let tracing: Bool = {
        let answer = try? run(["strace", "-qq", "-o", "/dev/null", "-e", "trace=none", "true"], with: "/usr/bin/env")
        if answer?.status != 0 { print("NOTE: strace is missing or may not trace here; no kills at chosen system calls") }
        return answer?.status == 0
    }()
}

/// A folder of one test, removed with it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/recourse-torture-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
