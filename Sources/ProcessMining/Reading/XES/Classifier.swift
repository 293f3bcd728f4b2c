/// Which attributes of an event make its activity (IEEE 1849, §4.5 event classifiers).
struct Classifier: Hashable, Sendable {
    static let name = "concept:name"
    static let lifecycle = "lifecycle:transition"

    let keys: [String]

    /// `name`, `name+lifecycle`, a classifier of `declared`, or attributes joined by `+`.
    init(_ asked: String, declared: [String: [String]] = [:]) {
        if let keys = declared[asked], !keys.isEmpty {
            self.keys = keys
        } else {
            keys = asked.split(separator: "+").map { part in
                switch part {
                case "name": Classifier.name
                case "lifecycle": Classifier.lifecycle
                default: String(part)
                }
            }
        }
    }

    /// The keys of a declared classifier: parted by blanks, in apostrophes where they have blanks themselves.
    static func keys(declared text: String) -> [String] {
        var keys: [String] = []
        var (key, isQuoted) = ("", false)
        for character in text {
            if character == "'" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !key.isEmpty { keys.append(key) }
                key = ""
            } else {
                key.append(character)
            }
        }
        return key.isEmpty ? keys : keys + [key]
    }
}

/// Turns the values of an event's classifier keys into the code of its activity, without making a text of them.
struct ActivityCoder {
    private var values: [NameTable]
    private var pairs: [PairTable]

    init(keys: Int) {
        values = [NameTable](repeating: NameTable(), count: keys)
        pairs = [PairTable](repeating: PairTable(), count: max(0, keys - 1))
    }

    @inline(__always)
    mutating func code(of value: Bytes, key: Int) -> UInt32 { values[key].code(of: value) }

    /// `UInt32.max` stands for a key the event does not have; `nil` when it has none of them.
    @inline(__always)
    mutating func activity(of codes: [UInt32]) -> UInt32? {
        if codes.count == 1 { return codes[0] == .max ? nil : codes[0] }
        guard codes.contains(where: { $0 != .max }) else { return nil }
        var code = codes[0]
        for index in 1..<codes.count { code = pairs[index - 1].code(of: code, codes[index]) }
        return code
    }

    /// The activities by their codes: values joined by `+`, those that are missing left out.
    var names: [String] {
        var names = values[0].names
        for (index, table) in pairs.enumerated() {
            names = table.pairs.map { first, second in
                let parts = [first == .max ? nil : names[Int(first)], second == .max ? nil : values[index + 1][Int(second)]]
                return parts.compactMap { $0 }.joined(separator: "+")
            }
        }
        return names
    }
}
