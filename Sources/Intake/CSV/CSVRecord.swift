/// One record of a table: its fields as bytes in one array, with the line of the file on which it begins.
public struct CSVRecord: Hashable, Sendable {
    /// From 1.
    public internal(set) var line: Int
    /// The fields after each other, without quotation marks and commas.
    var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    var ends: [Int] = []

    init(line: Int) { self.line = line }

    /// How many fields.
    public var count: Int { ends.count }

    /// The bytes of field `index`, from 0.
    public func bytes(of index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Field `index`, from 0. A record that was handed out is UTF-8 throughout.
    public subscript(index: Int) -> String {
        String(decoding: bytes(of: index), as: UTF8.self)
    }

    public var fields: [String] { ends.indices.map { self[$0] } }

    /// The first field that is not UTF-8. Checked field by field: two broken halves may look whole side by side.
    var firstBrokenField: Int? {
        if bytes.allSatisfy({ $0 < 128 }) { return nil }
        return ends.indices.first { String(validating: bytes(of: $0), as: UTF8.self) == nil }
    }
}
