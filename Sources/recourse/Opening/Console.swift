#if canImport(Glibc)
    import Glibc
#endif

/// The process's own surroundings, in one place: environment, terminal, files given on the command line.
enum Console {
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// A line on standard output at once, for whoever waits for it through a pipe.
    static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// A line on standard error; standard output stays clean for data.
    static func complain(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        bytes.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Progress, which replaces itself; only where somebody looks.
    static func progress(_ line: String) {
        let bytes = Array(("\r" + line + "\u{1B}[K").utf8)
        bytes.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var complaintsAreSeen: Bool { isatty(STDERR_FILENO) == 1 }
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal; 100 where there is none.
    static var columns: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 { return Int(size.ws_col) }
        return variable("COLUMNS").flatMap(Int.init).map { max(40, $0) } ?? 100
    }

    /// A secret somebody types, unseen; without a terminal the first line of standard input.
    static func secret(_ question: String) throws(Failure) -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(), !line.isEmpty else { throw Failure("standard input says nothing") }
            return line
        }
        guard let typed = getpass(question) else { throw Failure("nothing was typed") }
        return String(cString: typed)
    }

    /// Asks a question that only the word `yes` answers.
    static func confirms(_ question: String) -> Bool {
        print(question, terminator: " ")
        fflush(nil)
        return readLine() == "yes"
    }
}

/// Small files read and written whole. Errors are sentences of the operating system with the path.
enum WholeFile {
    static func read(_ path: String, bytesMax: Int = 64 << 20) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw complaint(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw complaint(path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= bytesMax else { throw Failure("\(path) is larger than \(bytesMax) bytes") }
        }
    }

    /// Writes beside and renames, so that no half file has the name.
    static func write(_ bytes: [UInt8], to path: String, permissions: UInt32 = 0o644) throws(Failure) {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(permissions))
        guard descriptor >= 0 else { throw complaint(path) }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(descriptor)
                throw complaint(path)
            }
            done += count
        }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else { throw complaint(path) }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isReadableByOthers(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Size in bytes of a file, or of all files below a folder.
    static func bytes(below path: String) -> Int64 {
        var status = stat()
        guard lstat(path, &status) == 0 else { return 0 }
        guard status.st_mode & S_IFMT == S_IFDIR else { return Int64(status.st_size) }
        return names(in: path).reduce(0) { $0 + bytes(below: path + "/" + $1) }
    }

    /// Names in a folder, sorted, without those that begin with a point.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String, permissions: UInt32 = 0o700) throws(Failure) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard mkdir(made, mode_t(permissions)) == 0 || errno == EEXIST else { throw complaint(made) }
        }
    }

    private static func complaint(_ path: String) -> Failure { Failure("\(path): \(String(cString: strerror(errno)))") }
}
