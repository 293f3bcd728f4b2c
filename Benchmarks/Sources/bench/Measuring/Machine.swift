import Glibc

/// The machine as it is while measuring: figures without it say nothing.
enum Machine {
    static var line: String {
        var load = [0.0, 0.0, 0.0]
        getloadavg(&load, 3)
        return "machine: \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores, \(processor), load \(text(load[0])) \(text(load[1])) \(text(load[2]))"
    }

    private static var processor: String {
        let lines = whole("/proc/cpuinfo").split(separator: "\n")
        return lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last.map { $0.drop { $0 == " " } }.map(String.init) ?? "unknown processor"
    }

    /// Megabytes of memory this process holds now, and held at most.
    static var memoryMegabytes: (now: Double, most: Double) {
        let lines = whole("/proc/self/status").split(separator: "\n")
        func value(_ name: String) -> Double {
            lines.first { $0.hasPrefix(name) }?.split(separator: " ").dropLast().last.flatMap { Double($0) }.map { $0 / 1_024 } ?? 0
        }
        return (value("VmRSS:"), value("VmHWM:"))
    }

    static func bytes(of path: String) -> Double {
        var status = stat()
        return stat(path, &status) == 0 ? Double(status.st_size) : 0
    }

    /// fdatasync of 4 KiB a second, in `folder`.
    static func syncsPerSecond(in folder: String) -> Double {
        let path = folder + "/sync-probe"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return 0 }
        defer {
            close(file)
            unlink(path)
        }
        let block = [UInt8](repeating: 1, count: 4_096)
        let began = Stopwatch.wallSeconds()
        var count = 0
        while Stopwatch.wallSeconds() - began < 0.7 {
            guard pwrite(file, block, block.count, off_t(count % 256) * 4_096) == block.count, fdatasync(file) == 0 else { return 0 }
            count += 1
        }
        return Double(count) / (Stopwatch.wallSeconds() - began)
    }

    private static func whole(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A folder for one run, gone afterwards.
struct TemporaryFolder {
    let path: String

    init(in parent: String, _ name: String) {
        path = parent + "/\(name)-\(getpid())"
        // Every folder on the way: on a fresh checkout there is none.
        var reached = parent.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            reached += (reached.isEmpty || reached == "/" ? "" : "/") + name
            mkdir(reached, 0o700)
        }
    }

    func remove() { TemporaryFolder.remove(path) }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
