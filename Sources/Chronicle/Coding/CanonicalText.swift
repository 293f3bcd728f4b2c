/// The text of one value while it is being written: bytes in call order, and the containers still open.
///
/// One growing block of memory written through a pointer, because the log writes millions of small texts and every check per byte shows.
/// Used by one encode call on one thread and dropped; never shared.
final class CanonicalText {
    /// An object or array that is open. `serial` tells a container that was closed from the one now at its depth.
    struct Frame {
        var closer: UInt8
        var isEmpty: Bool
        var order: Order
        var serial: UInt32
        var elementCount: UInt32
        var firstEntry: Int
    }

    /// Who decides the order of what is in a container.
    enum Order: UInt8 {
        /// The writer, by the order of the calls.
        case asWritten
        /// The UTF-8 of the field names: dictionaries.
        case byName
        /// The bytes of the elements: sets.
        case byElement
        /// The bytes of each two elements: dictionaries whose keys are not text.
        case byPair
    }

    /// Where a container writes: its depth and the serial number it must find there.
    struct Place {
        var depth: Int
        var serial: UInt32
        /// The place of a container that could not be opened.
        static let nowhere = Place(depth: -1, serial: 0)
    }

    @exclusivity(unchecked) private var start: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private(set) var count = 0
    private let frames: UnsafeMutablePointer<Frame>
    @exclusivity(unchecked) private(set) var depth = 0
    @exclusivity(unchecked) private var serial: UInt32 = 0
    /// Has a value been announced (the start, a field name, an element) and not been written yet?
    @exclusivity(unchecked) private(set) var awaitsValue = true
    /// What a call that cannot throw wanted to throw.
    @exclusivity(unchecked) private var fault: LedgerJSONError?
    @exclusivity(unchecked) private var valueType: any Encodable.Type = Bool.self
    @exclusivity(unchecked) private var entries: [UnorderedEntry] = []

    init() {
        capacity = 480
        start = .allocate(capacity: capacity)
        frames = .allocate(capacity: LedgerJSON.depthMax)
    }

    deinit {
        start.deallocate()
        frames.deallocate()
    }

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// Writes `value` in full, whatever containers it opens; one that writes nothing is an empty object.
    func write<Value: Encodable>(_ value: Value) throws {
        let outside = depth
        valueType = Value.self
        awaitsValue = true
        try value.encode(to: LedgerEncoder(text: self))
        while depth > outside { close() }
        if let fault { throw fault }
        if awaitsValue {
            raw("{}")
            awaitsValue = false
        }
    }

    // MARK: Containers

    func open(_ opener: Unicode.Scalar, _ closer: Unicode.Scalar, order: Order) -> Place {
        guard awaitsValue else { return fail(.outOfTurn(path: "")) }
        guard depth < LedgerJSON.depthMax else { return fail(.tooDeep) }
        serial &+= 1
        byte(UInt8(ascii: opener))
        frames[depth] = Frame(
            closer: UInt8(ascii: closer), isEmpty: true, order: order, serial: serial, elementCount: 0, firstEntry: entries.count)
        awaitsValue = false
        defer { depth += 1 }
        return Place(depth: depth, serial: serial)
    }

    /// The object of the value now being written: opened here, or, when the value asks for it again, the one it opened before.
    func openObject(outside: Int, order: Order) -> Place {
        if !awaitsValue, depth > outside, frames[outside].closer == UInt8(ascii: "}") {
            return Place(depth: outside, serial: frames[outside].serial)
        }
        return open("{", "}", order: order)
    }

    func openArray() -> Place {
        let order: Order = valueType is any Unordered.Type ? (valueType is any UnorderedPairs.Type ? .byPair : .byElement) : .asWritten
        return open("[", "]", order: order)
    }

    /// Announces the next value of an object: `"name":`.
    func field(_ name: String, in place: Place) throws {
        try turn(to: place)
        if frames[place.depth].order == .byName { entries.append(UnorderedEntry(start: count, name: name)) }
        string(name)
        byte(UInt8(ascii: ":"))
        awaitsValue = true
    }

    /// Announces the next value of an array.
    func element(in place: Place) throws {
        try turn(to: place)
        let frame = frames[place.depth]
        if frame.order == .byElement || frame.order == .byPair && frame.elementCount % 2 == 0 {
            entries.append(UnorderedEntry(start: count, name: nil))
        }
        frames[place.depth].elementCount &+= 1
        awaitsValue = true
    }

    func elementCount(in place: Place) -> Int {
        place.depth >= 0 && place.depth < depth ? Int(frames[place.depth].elementCount) : 0
    }

    func fail(_ error: LedgerJSONError) -> Place {
        if fault == nil { fault = error }
        return .nowhere
    }

    private func turn(to place: Place) throws {
        if let fault { throw fault }
        guard place.depth >= 0, place.depth < depth, frames[place.depth].serial == place.serial, !awaitsValue else {
            throw LedgerJSONError.outOfTurn(path: "")
        }
        while depth > place.depth + 1 { close() }
        if frames[place.depth].isEmpty {
            frames[place.depth].isEmpty = false
        } else {
            byte(UInt8(ascii: ","))
        }
    }

    private func close() {
        depth -= 1
        let frame = frames[depth]
        if frame.order != .asWritten { sort(frame) }
        byte(frame.closer)
    }

    /// Puts the entries of a container without an order of its own into the canonical one.
    private func sort(_ frame: Frame) {
        let unsorted = entries[frame.firstEntry...]
        defer { entries.removeSubrange(frame.firstEntry...) }
        guard unsorted.count > 1, let first = unsorted.first else { return }
        let written = Array(UnsafeBufferPointer(start: start + first.start, count: count - first.start))
        var slices: [(name: String?, text: ArraySlice<UInt8>)] = []
        for (index, entry) in zip(unsorted.indices, unsorted) {
            let end = index + 1 < unsorted.endIndex ? unsorted[index + 1].start - 1 : count
            slices.append((entry.name, written[(entry.start - first.start)..<(end - first.start)]))
        }
        slices.sort { a, b in
            if let left = a.name, let right = b.name { return left.utf8.lexicographicallyPrecedes(right.utf8) }
            return a.text.lexicographicallyPrecedes(b.text)
        }
        count = first.start
        for (index, slice) in slices.enumerated() {
            if index > 0 { byte(UInt8(ascii: ",")) }
            slice.text.withUnsafeBufferPointer { append($0) }
        }
    }

    // MARK: Values

    /// Every value is written in answer to one announcement, so that no text is ever `12` for a 1 and a 2.
    private func take() throws {
        guard awaitsValue else { throw LedgerJSONError.outOfTurn(path: "") }
        awaitsValue = false
    }

    func null() throws {
        try take()
        raw("null")
    }

    func value(_ value: Bool) throws {
        try take()
        raw(value ? "true" : "false")
    }

    func value(_ value: String) throws {
        try take()
        string(value)
    }

    /// Text given as UTF-8 that is known to be valid.
    func value(utf8: UnsafeBufferPointer<UInt8>) throws {
        try take()
        quoted(utf8)
    }

    @inline(__always)
    func value(_ value: some FixedWidthInteger) throws {
        try take()
        if let small = Int64(exactly: value) {
            digits(of: small)
        } else {
            var text = String(value)
            text.withUTF8 { append($0) }
        }
    }

    private func digits(of value: Int64) {
        reserve(20)
        if value < 0 {
            start[count] = UInt8(ascii: "-")
            count += 1
        }
        var rest = value.magnitude
        var width = 1
        var bound: UInt64 = 10
        while rest >= bound, width < 19 {
            width += 1
            bound &*= 10
        }
        for index in stride(from: count + width - 1, through: count, by: -1) {
            start[index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        }
        count += width
    }

    private func string(_ text: String) {
        var text = text
        text.withUTF8 { quoted($0) }
    }

    /// The text between quotation marks, with the escapes RFC 8259 §7 demands and no other.
    private func quoted(_ text: UnsafeBufferPointer<UInt8>) {
        reserve(text.count * 6 + 2)
        var at = start + count
        at[0] = UInt8(ascii: "\"")
        at += 1
        for byte in text {
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                at[0] = byte
                at += 1
            } else {
                at += escape(byte, at)
            }
        }
        at[0] = UInt8(ascii: "\"")
        count = at + 1 - start
    }

    private func escape(_ byte: UInt8, _ at: UnsafeMutablePointer<UInt8>) -> Int {
        at[0] = UInt8(ascii: "\\")
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): at[1] = byte
        case 8: at[1] = UInt8(ascii: "b")
        case 9: at[1] = UInt8(ascii: "t")
        case 10: at[1] = UInt8(ascii: "n")
        case 12: at[1] = UInt8(ascii: "f")
        case 13: at[1] = UInt8(ascii: "r")
        default:
            at[1] = UInt8(ascii: "u")
            at[2] = 48
            at[3] = 48
            at[4] = 48 + byte >> 4
            at[5] = byte & 15 < 10 ? 48 + byte & 15 : 87 + byte & 15
            return 6
        }
        return 2
    }

    // MARK: Bytes

    private func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }

    private func byte(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    private func raw(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        reserve(text.count)
        (start + count).update(from: source, count: text.count)
        count += text.count
    }
}

/// Where an entry of a container that will be sorted begins, and under which name.
struct UnorderedEntry {
    var start: Int
    var name: String?
}

/// Collections whose order of iteration is an accident of hashing.
private protocol Unordered {}
private protocol UnorderedPairs: Unordered {}
extension Set: Unordered {}
extension Dictionary: UnorderedPairs {}
