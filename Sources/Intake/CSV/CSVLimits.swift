/// How large the parts of a table may be. They keep a file with a forgotten quote from being read into memory whole.
public struct CSVLimits: Hashable, Sendable {
    public var fieldBytesMax: Int
    public var recordBytesMax: Int
    public var columnsMax: Int

    public init(fieldBytesMax: Int, recordBytesMax: Int, columnsMax: Int) {
        (self.fieldBytesMax, self.recordBytesMax, self.columnsMax) = (fieldBytesMax, recordBytesMax, columnsMax)
    }

    /// 1 MiB, 4 MiB, 512 columns.
    public static let standard = CSVLimits(fieldBytesMax: 1 << 20, recordBytesMax: 4 << 20, columnsMax: 512)
}
