/// Takes a table apart in place (RFC 4180): rows and the fields that are wanted, however the file was cut.
///
/// Lines end in LF, CRLF or CR; fields in quotation marks may hold line breaks and doubled quotation marks. Fields nobody wants cost a scan.
struct CSVRows {
    struct Field {
        var bytes = Bytes(start: nil, count: 0)
        /// Has doubled quotation marks.
        var isRaw = false
    }

    enum Outcome { case row(next: Int), incomplete, broken(next: Int, String) }

    let delimiter: UInt8
    /// The row on which the next row begins.
    private(set) var line = 1
    private(set) var rowLine = 1
    /// How many fields the last row had.
    private(set) var fieldCount = 0

    init(delimiter: UInt8) { self.delimiter = delimiter }

    /// The delimiter of a header: what of comma, semicolon, tabulator and stroke it has most of, outside quotation marks.
    static func delimiter(of bytes: Bytes) -> UInt8 {
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if !isQuoted, byte == 10 || byte == 13 { break }
            if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        let most = counts.indices.max { counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1) } ?? 0
        return candidates[most]
    }

    /// The row at `start`. `slots` says for each column where in `fields` it goes, -1 for nowhere.
    @inline(__always)
    mutating func row(
        _ bytes: Bytes, _ start: Int, slots: UnsafeBufferPointer<Int16>, fields: UnsafeMutableBufferPointer<Field>, isLast: Bool
    ) -> Outcome {
        var at = start
        var column = 0
        rowLine = line
        while true {
            var field = Field()
            if at < bytes.count, bytes[at] == CSVRows.quote {
                switch quoted(bytes, at + 1, isLast: isLast) {
                case .whole(let end, let isRaw):
                    field = Field(bytes: Bytes(rebasing: bytes[(at + 1)..<end]), isRaw: isRaw)
                    at = end + 1
                case .incomplete:
                    line = rowLine
                    return .incomplete
                case .open: return .broken(next: bytes.count, "the file ends inside the quotation marks of field \(column + 1)")
                }
                guard at >= bytes.count || bytes[at] == delimiter || bytes[at] == 10 || bytes[at] == 13 else {
                    return skip(bytes, at, isLast: isLast, "text after the closing quotation mark of field \(column + 1)")
                }
            } else {
                let first = at
                while at < bytes.count {
                    let byte = bytes[at]
                    if byte == delimiter || byte == 10 || byte == 13 { break }
                    at &+= 1
                }
                field = Field(bytes: Bytes(rebasing: bytes[first..<at]), isRaw: false)
            }
            guard at < bytes.count || isLast else {
                line = rowLine
                return .incomplete
            }
            if column < slots.count, slots[column] >= 0 { fields[Int(slots[column])] = field }
            column &+= 1
            if at >= bytes.count { break }
            if bytes[at] == delimiter {
                at &+= 1
                continue
            }
            // A CR at the very end may be half of a CRLF.
            if bytes[at] == 13 {
                guard at + 1 < bytes.count || isLast else {
                    line = rowLine
                    return .incomplete
                }
                if at + 1 < bytes.count, bytes[at + 1] == 10 { at &+= 1 }
            }
            at &+= 1
            line &+= 1
            break
        }
        fieldCount = column
        return .row(next: at)
    }

    private enum Quoted { case whole(end: Int, isRaw: Bool), incomplete, open }

    private mutating func quoted(_ bytes: Bytes, _ start: Int, isLast: Bool) -> Quoted {
        var at = start
        var isRaw = false
        while at < bytes.count {
            if bytes[at] == CSVRows.quote {
                guard at + 1 < bytes.count else { return isLast ? .whole(end: at, isRaw: isRaw) : .incomplete }
                guard bytes[at + 1] == CSVRows.quote else { return .whole(end: at, isRaw: isRaw) }
                isRaw = true
                at += 1
            } else if bytes[at] == 10 || (bytes[at] == 13 && at + 1 < bytes.count && bytes[at + 1] != 10) {
                line += 1
            }
            at += 1
        }
        return isLast ? .open : .incomplete
    }

    private mutating func skip(_ bytes: Bytes, _ start: Int, isLast: Bool, _ reason: String) -> Outcome {
        var at = start
        while at < bytes.count, bytes[at] != 10, bytes[at] != 13 { at += 1 }
        guard at < bytes.count || isLast else {
            line = rowLine
            return .incomplete
        }
        if at + 1 < bytes.count, bytes[at] == 13, bytes[at + 1] == 10 { at += 1 }
        line += 1
        return .broken(next: min(at + 1, bytes.count), reason)
    }

    static let quote = UInt8(ascii: "\"")
}
