/// The name of one stream of the log: everything that happened to one case, one person's key, the policy, …
///
/// 1…64 characters without spaces or line breaks (a name is one line of a leaf). Usually the text of an `ID`.
public struct StreamID: Hashable, Comparable, Sendable {
    public let text: String

    public init?(_ text: String) {
        guard 1...64 ~= text.utf8.count, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        self.text = text
    }

    public init<Kind>(_ id: ID<Kind>) { text = id.description }

    public static func < (a: StreamID, b: StreamID) -> Bool { a.text < b.text }
}

extension StreamID: CustomStringConvertible {
    public var description: String { text }
}
