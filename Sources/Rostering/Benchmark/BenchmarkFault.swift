/// One thing that is wrong with a file, and where: the line counts from one.
public struct FileFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let line: Int
    public let sentence: String

    public var description: String { line > 0 ? "line \(line): \(sentence)" : sentence }
}

/// Everything that is wrong with a file, in the order of its lines, the first fifty of it.
public struct FileFaults: Error, Sendable, Equatable, CustomStringConvertible {
    public static let kept = 50
    public let faults: [FileFault]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
