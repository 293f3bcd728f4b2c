/// A place on this desk to which somebody may be sent on after coming in: a path, with or without a query, and never another site.
///
/// Refused is whatever a browser could read as an address elsewhere (`//evil`, `/\evil`, `https:`) or as more than one line.
public struct LocalPath: Hashable, Sendable {
    public let text: String

    private static let charactersMax = 500
    private static let others = Array("-._~/?&=%:@!$()*+,;".utf8)

    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/"), bytes.count <= LocalPath.charactersMax else { return nil }
        let isPlain = bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: LocalPath.others.contains(byte)
            }
        }
        guard isPlain else { return nil }
        self.text = text
    }
}
