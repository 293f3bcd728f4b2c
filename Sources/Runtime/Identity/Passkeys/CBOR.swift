/// The part of CBOR (RFC 8949) that authenticators write (CTAP 2.1 §8): integers, bytes, text, arrays, maps and booleans, all of definite length. What is
/// anything else is refused, as is what is nested deeper or claims more than is there.
indirect enum CBOR: Equatable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([(key: CBOR, value: CBOR)])
    case boolean(Bool)

    static func == (a: CBOR, b: CBOR) -> Bool {
        switch (a, b) {
        case (.integer(let a), .integer(let b)): a == b
        case (.bytes(let a), .bytes(let b)): a == b
        case (.text(let a), .text(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.boolean(let a), .boolean(let b)): a == b
        case (.map(let a), .map(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
        default: false
        }
    }

    /// The value of a key of a map; `nil` where this is none, or has none.
    subscript(key: CBOR) -> CBOR? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    private static let depthMax = 8
    private static let entriesMax = 256

    /// The first value of some bytes, and how many it takes; `nil` where it is not of this part.
    static func read(_ bytes: ArraySlice<UInt8>) -> (value: CBOR, count: Int)? {
        var rest = bytes
        guard let value = read(&rest, depth: 0) else { return nil }
        return (value, bytes.count - rest.count)
    }

    private static func read(_ rest: inout ArraySlice<UInt8>, depth: Int) -> CBOR? {
        guard depth < depthMax, let head = rest.popFirst(), let argument = argument(head & 31, &rest) else { return nil }
        switch head >> 5 {
        case 0: return Int64(exactly: argument).map { .integer($0) }
        case 1: return Int64(exactly: argument).map { .integer(-1 - $0) }
        case 2: return take(argument, &rest).map { .bytes($0) }
        case 3: return take(argument, &rest).flatMap { String(validating: $0, as: UTF8.self) }.map { .text($0) }
        case 4:
            guard argument <= entriesMax else { return nil }
            var items: [CBOR] = []
            for _ in 0..<argument {
                guard let item = read(&rest, depth: depth + 1) else { return nil }
                items.append(item)
            }
            return .array(items)
        case 5:
            guard argument <= entriesMax else { return nil }
            var entries: [(key: CBOR, value: CBOR)] = []
            for _ in 0..<argument {
                // A key given twice could be read in two ways.
                guard let key = read(&rest, depth: depth + 1), !entries.contains(where: { $0.key == key }), let value = read(&rest, depth: depth + 1) else {
                    return nil
                }
                entries.append((key, value))
            }
            return .map(entries)
        case 7: return head == 0xF4 ? .boolean(false) : head == 0xF5 ? .boolean(true) : nil
        default: return nil
        }
    }

    /// The number after a head: in it, or in the 1, 2, 4 or 8 bytes behind it.
    private static func argument(_ info: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
        if info < 24 { return UInt64(info) }
        guard 24...27 ~= info, let bytes = take(UInt64(1) << (info - 24), &rest) else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func take(_ count: UInt64, _ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard count <= UInt64(rest.count) else { return nil }
        let taken = Array(rest.prefix(Int(count)))
        rest = rest.dropFirst(Int(count))
        return taken
    }
}
