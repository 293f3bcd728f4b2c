import Glibc

/// A line of the report, on its way at once: a long run is read while it runs.
func show(_ line: String) { put(line, STDOUT_FILENO) }

/// A line on standard error: progress, not a result.
func say(_ line: String) { put(line, STDERR_FILENO) }

private func put(_ line: String, _ descriptor: Int32) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
}
