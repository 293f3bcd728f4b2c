import Glibc

/// Where a writer tells: one write(2) a line to standard output, so that a line is there whole or not at all, and in the kernel's hands
/// before the next thing happens.
struct Voice: Sendable {
    func tell(_ told: Told) {
        let bytes = Array((told.line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }
}
