import Foundation
import Glibc

/// How one life is to end.
enum End: CustomStringConvertible {
    /// SIGKILL this long after it began, or after it was ready.
    case killed(afterMilliseconds: Int, onceReady: Bool)
    /// SIGKILL, or an error, at the n-th call of one kind, by the tracer.
    case atCall(String, number: Int, error: String?)
    /// The power goes at an operation.
    case powerLost(PowerMode, atOperation: Int64)

    /// An error was put in its way; then it must fail, and say so.
    var mayFail: Bool { if case .atCall(_, _, .some) = self { true } else { false } }

    var description: String {
        switch self {
        case .killed(let after, let ready): "killed \(after) ms after it \(ready ? "was ready" : "began")"
        case .atCall(let call, let number, nil): "killed at \(call) number \(number)"
        case .atCall(let call, let number, let error?): "\(error) from \(call) number \(number)"
        case .powerLost(let mode, let operation): "power lost at operation \(operation), \(mode.rawValue)"
        }
    }
}

/// One life of the writer as a child process, from its start to its end.
struct Life {
    let program: String
    let folder: String
    let policy: String
    let seed: UInt64
    let clock: Int64
    /// Its fsyncs keep nothing.
    let onLyingDisk: Bool
    /// Ended by force if it does not begin within this, …
    static let secondsMax: Double = 60
    /// … or if the call it is to end at does not come within this.
    static let workSecondsMax: Double = 1.5

    struct Outcome {
        /// What it told, in lines.
        var told: String
        /// What it said on standard error: the ledger's count.
        var said: String
        var status: Int32
        var bySignal: Bool
    }

    func live(until end: End) throws -> Outcome {
        let told = folder + ".told", said = folder + ".said"
        for path in [told, said] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        let child = Process()
        var arguments = ["writer", "--store", folder, "--policy", policy, "--seed", String(seed), "--clock", String(clock)]
        child.executableURL = URL(fileURLWithPath: program)
        if case .powerLost(let mode, let operation) = end {
            arguments += ["--mode", mode.rawValue, "--crash-at", String(operation)] + (onLyingDisk ? ["--lying-disk"] : [])
        }
        if case .atCall(let call, let number, let error) = end {
            child.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
            let fault = error.map { "error=\($0)" } ?? "signal=KILL"
            arguments = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):\(fault):when=\(number)", program] + arguments
        }
        child.arguments = arguments
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: told)), errors = try FileHandle(forWritingTo: URL(fileURLWithPath: said))
        child.standardOutput = output
        child.standardError = errors
        try child.run()
        defer {
            try? output.close()
            try? errors.close()
        }
        if case .killed(let milliseconds, let onceReady) = end {
            if onceReady { waitUntilReady(child, told) }
            usleep(UInt32(milliseconds) * 1_000)
            kill(child.processIdentifier, SIGKILL)
        }
        waitUntilReady(child, told)
        let deadline = Date().addingTimeInterval(Life.workSecondsMax)
        while child.isRunning, Date() < deadline { usleep(2_000) }
        if child.isRunning { kill(child.processIdentifier, SIGKILL) }
        child.waitUntilExit()
        return Outcome(
            told: text(told), said: text(said), status: child.terminationStatus, bySignal: child.terminationReason == .uncaughtSignal)
    }

    private func waitUntilReady(_ child: Process, _ told: String) {
        let deadline = Date().addingTimeInterval(Life.secondsMax)
        while child.isRunning, Date() < deadline, !text(told).contains("ready\n") { usleep(3_000) }
    }

    private func text(_ path: String) -> String { FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "" }
}
