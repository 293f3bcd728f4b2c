#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Another process, started and ended with the plain system calls.
///
/// Foundation's `Process` waits on a run loop of whatever thread it is called from; on the threads of Swift's concurrency, which come and go,
/// that has crashed the test runner. These calls have no loop.
public struct Child: Sendable {
    public let pid: pid_t

    /// Starts `path`, output to nowhere. The environment is this process's with `environment` added.
    public init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws(SpawnFailure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0) }

        let words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        let settings: [UnsafeMutablePointer<CChar>?] = Child.inherited(adding: environment).map { strdup($0) } + [nil]
        defer { for pointer in words + settings { free(pointer) } }

        var pid: pid_t = 0
        let error = posix_spawn(&pid, path, &actions, nil, words, settings)
        guard error == 0 else { throw SpawnFailure(path: path, error: error) }
        self.pid = pid
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    public func kill() { _ = Child.send(SIGKILL, pid) }

    /// Waits until it has ended; the exit code, or 128 and the signal that ended it.
    @discardableResult
    public func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : 128 + signal
    }

    /// The running program itself, to be its own child.
    public static var thisProgram: String? {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    public struct SpawnFailure: Error, CustomStringConvertible {
        public let path: String
        public let error: Int32
        public var description: String { "\(path) could not be started: \(String(cString: strerror(error)))" }
    }

    private static func inherited(adding more: [String: String]) -> [String] {
        var settings: [String] = []
        var entry = environ
        while let pointer = entry.pointee {
            let setting = String(cString: pointer)
            let name = String(setting.prefix { $0 != "=" })
            if more[name] == nil { settings.append(setting) }
            entry += 1
        }
        return settings + more.map { "\($0.key)=\($0.value)" }
    }

    private static func send(_ signal: Int32, _ pid: pid_t) -> Int32 { Glibc.kill(pid, signal) }
}
