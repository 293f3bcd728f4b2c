import Foundation
import Testing

@testable import Chronicle

/// One of everything a body of an event is made of.
struct Everything: Codable, Equatable {
    enum Colour: String, Codable, CaseIterable { case red, green, blue }
    enum Step: Codable, Equatable {
        case waiting
        case moved(by: Int, why: String?)
        case named(String)
    }
    struct Inner: Codable, Equatable {
        var id: Int64
        var tags: [String]
    }

    var yes: Bool
    var small: Int8
    var word: Int16
    var half: Int32
    var long: Int64
    var byte: UInt8
    var wide: UInt64
    var text: String
    var maybe: String?
    var maybeNumber: Int?
    var colour: Colour
    var step: Step
    var inner: Inner?
    var list: [Inner]
    var grid: [[Int?]]
    var table: [String: Inner]
    var numbered: [Int: Bool]

    static func random(_ random: inout SeededGenerator) -> Everything {
        func inner(_ random: inout SeededGenerator) -> Inner {
            Inner(id: Int64(bitPattern: random.next()), tags: (0..<random.int(0...3)).map { _ in random.text() })
        }
        var grid: [[Int?]] = []
        for _ in 0..<random.int(0...3) { grid.append((0..<random.int(0...3)).map { _ in random.bool() ? random.int(-9...9) : nil }) }
        var table: [String: Inner] = [:]
        for _ in 0..<random.int(0...40) { table[random.text()] = inner(&random) }
        return Everything(
            yes: random.bool(), small: Int8(truncatingIfNeeded: random.next()), word: Int16(truncatingIfNeeded: random.next()),
            half: Int32(truncatingIfNeeded: random.next()), long: Int64(bitPattern: random.next()) >> random.int(0...63),
            byte: UInt8(truncatingIfNeeded: random.next()), wide: random.next() >> random.int(0...63), text: random.text(longest: 60),
            maybe: random.bool() ? random.text() : nil, maybeNumber: random.bool() ? random.int(-1_000...1_000) : nil,
            colour: random.element(Colour.allCases),
            step: random.element([.waiting, .moved(by: random.int(0...9), why: random.bool() ? random.text() : nil), .named(random.text())]),
            inner: random.bool() ? inner(&random) : nil, list: (0..<random.int(0...3)).map { _ in inner(&random) }, grid: grid,
            table: table, numbered: [random.int(-5...5): random.bool(), random.int(6...9): true])
    }
}

@Suite("Canonical JSON")
struct LedgerJSONTests {
    @Test("What is written is read back, and Foundation reads and writes the same", arguments: 0..<60 as Range<UInt64>)
    func agreesWithFoundation(seed: UInt64) throws {
        // given
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let value = Everything.random(&random)
            // when
            let written = try LedgerJSON.encode(value)
            // then
            #expect(try LedgerJSON.decode(Everything.self, from: written) == value, "seed \(seed)")
            #expect(try JSONDecoder().decode(Everything.self, from: Data(written)) == value, "seed \(seed)")
            let foundation = JSONEncoder()
            foundation.outputFormatting = [.prettyPrinted]
            #expect(try LedgerJSON.decode(Everything.self, from: Array(foundation.encode(value))) == value, "seed \(seed)")
            #expect(try LedgerJSON.encode(LedgerJSON.decode(Everything.self, from: written)) == written, "seed \(seed)")
        }
    }

    @Test("Fields keep the order of their declaration; nothing is written for an absent optional")
    func goldenText() throws {
        struct Body: Codable {
            var zeta: Int
            var alpha: String?
            var middle: [Bool]
            var nothing: Int?
            var empty: [Int]
        }
        let text = try LedgerJSON.encode(Body(zeta: -7, alpha: "é\"\\\n\u{1}/😀", middle: [true, false], nothing: nil, empty: []))
        #expect(String(decoding: text, as: UTF8.self) == #"{"zeta":-7,"alpha":"é\"\\\n\u0001/😀","middle":[true,false],"empty":[]}"#)
    }

    @Test("Dictionaries are written by the UTF-8 of their keys, sets by the bytes of their elements")
    func canonicalOrder() throws {
        let keys = ["b", "a", "ab", "a!", "a\"", "Z", "é", "😀", "", "\u{FF5E}"]
        let dictionary = Dictionary(uniqueKeysWithValues: zip(keys, 0...))
        let text = String(decoding: try LedgerJSON.encode(["outer": dictionary]), as: UTF8.self)
        #expect(text == #"{"outer":{"":8,"Z":5,"a":1,"a!":3,"a\"":4,"ab":2,"b":0,"é":6,"～":9,"😀":7}}"#)
        #expect(String(decoding: try LedgerJSON.encode(Set([5, 10, 1])), as: UTF8.self) == "[1,10,5]")
        struct Key: Hashable, Codable { var x: Int }
        let pairs = [Key(x: 2): ["b": 1, "a": 2], Key(x: 1): [:]]
        #expect(String(decoding: try LedgerJSON.encode(pairs), as: UTF8.self) == #"[{"x":1},{},{"x":2},{"a":2,"b":1}]"#)
        #expect(try LedgerJSON.decode([Key: [String: Int]].self, from: LedgerJSON.encode(pairs)) == pairs)
    }

    @Test("Dictionaries keyed by ids are written by the id's text")
    func idKeys() throws {
        let ids = (1...5).map { StaffID(bits: UInt128($0)) }
        let dictionary = Dictionary(uniqueKeysWithValues: zip(ids, 1...))
        let text = try LedgerJSON.encode(dictionary)
        #expect(String(decoding: text, as: UTF8.self) == "{" + ids.enumerated().map { "\"\($1)\":\($0 + 1)" }.joined(separator: ",") + "}")
        #expect(try LedgerJSON.decode([StaffID: Int].self, from: text) == dictionary)
    }

    @Test(
        "Integers of every width keep every digit",
        arguments: [
            Int128.min, Int128.max, 0, -1, Int128(Int64.min), Int128(Int64.min) - 1, Int128(Int64.max) + 1, 999_999_999_999_999_999, -1_000_000_000_000_000_000,
        ])
    func wideIntegers(value: Int128) throws {
        #expect(String(decoding: try LedgerJSON.encode([value]), as: UTF8.self) == "[\(value)]")
        #expect(try LedgerJSON.decode([Int128].self, from: Array("[ \(value) ]".utf8)) == [value])
        #expect(try LedgerJSON.encode([UInt128.max]) == Array("[340282366920938463463374607431768211455]".utf8))
        #expect(try LedgerJSON.decode([UInt128].self, from: Array("[340282366920938463463374607431768211455]".utf8)) == [UInt128.max])
    }

    @Test("A number outside its type is refused, its neighbour is read")
    func ranges() throws {
        func read<T: FixedWidthInteger & Decodable>(_ type: T.Type) throws {
            #expect(try LedgerJSON.decode([T].self, from: Array("[\(T.min),\(T.max)]".utf8)) == [T.min, T.max])
            let above = "[\(T.max)0]", below = T.isSigned ? "[\(T.min)0]" : "[-1]"
            for text in [above, below] {
                #expect(throws: LedgerJSONError.outOfRange(path: "[0]", number: String(text.dropFirst().dropLast()), type: "\(T.self)")) {
                    try LedgerJSON.decode([T].self, from: Array(text.utf8))
                }
            }
        }
        try read(Int8.self)
        try read(UInt8.self)
        try read(Int16.self)
        try read(UInt16.self)
        try read(Int32.self)
        try read(UInt32.self)
        try read(Int.self)
        try read(UInt.self)
        try read(Int64.self)
        try read(UInt64.self)
        try read(Int128.self)
        try read(UInt128.self)
    }

    struct Small: Codable, Equatable {
        var a: Int
        var b: String?
    }

    @Test(
        "White space, other order, escapes and unknown fields are read",
        arguments: [
            "{\"a\":1,\"b\":\"x😀\"}", " \n{ \"b\" : \"x\\ud83d\\uDE00\" ,\t\"a\":1 }\r\n", #"{"z":[{"a":2}],"b":"\u0078😀","c":null,"a":1,"d":-0.5e+3}"#,
            #"{"\u0061":1,"b":"x😀"}"#,
        ])
    func liberalReading(text: String) throws {
        #expect(try LedgerJSON.decode(Small.self, from: Array(text.utf8)) == Small(a: 1, b: "x😀"))
    }

    @Test(
        "What is not JSON is refused",
        arguments: [
            "", " ", "{", "}", "{\"a\":1}x", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}",
            "{\"a\":-}",
            "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{\"a\":1}{}", "[1,]", "[1 2]", "{\"a\":tru}", "{\"a\":nul", "{\"a\":\"x}", "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ud83d\\u0041\"}", "{\"a\":\"\\ude00\"}", "{\"a\":\"\u{1}\"}", "{\"a\":NaN}",
            "\u{FEFF}{\"a\":1}",
            "{\"a\":1}\u{0}", "{\"a\":\"\\", "{\"a\":\"\\u00",
        ])
    func malformed(text: String) {
        #expect { try LedgerJSON.decode(Small.self, from: Array(text.utf8)) } throws: { error in
            guard case LedgerJSONError.malformed = error else { return false }
            return true
        }
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82],
            [0xF0, 0x8F, 0x80, 0x80],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: LedgerJSONError.malformed(reason: "the bytes are not UTF-8", atByte: 2)) {
            try LedgerJSON.decode([String].self, from: Array("[\"".utf8) + bytes + Array("\"]".utf8))
        }
    }

    @Test("A field given twice is refused, in small objects and large, plain or escaped")
    func duplicates() {
        #expect(throws: LedgerJSONError.duplicateField("a", atByte: 8)) { try LedgerJSON.decode(Small.self, from: Array(#"{"a":1,"a":1}"#.utf8)) }
        #expect(throws: LedgerJSONError.duplicateField("a", atByte: 8)) { try LedgerJSON.decode(Small.self, from: Array(#"{"a":1,"\u0061":1}"#.utf8)) }
        let many = "{" + (0..<200).map { "\"f\($0)\":\($0)" }.joined(separator: ",") + ",\"f17\":0}"
        #expect { try LedgerJSON.decode([String: Int].self, from: Array(many.utf8)) } throws: { error in
            if case LedgerJSONError.duplicateField("f17", _) = error { true } else { false }
        }
    }

    @Test("A large dictionary is read in linear time")
    func largeDictionary() throws {
        let dictionary = Dictionary(uniqueKeysWithValues: (0..<20_000).map { ("key \($0)", $0) })
        #expect(try LedgerJSON.decode([String: Int].self, from: LedgerJSON.encode(dictionary)) == dictionary)
    }

    @Test("Nesting is read and written to depth 64 and no deeper")
    func depth() throws {
        indirect enum Nest: Codable, Equatable {
            case end, in_(Nest)
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                self = container.isAtEnd ? .end : .in_(try container.decode(Nest.self))
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                if case .in_(let nest) = self { try container.encode(nest) }
            }
            static func deep(_ levels: Int) -> Nest { levels == 1 ? .end : .in_(.deep(levels - 1)) }
        }
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try LedgerJSON.decode(Nest.self, from: Array(deepest.utf8)) == .deep(64))
        #expect(try LedgerJSON.encode(Nest.deep(64)) == Array(deepest.utf8))
        #expect(throws: LedgerJSONError.tooDeep) { try LedgerJSON.decode(Nest.self, from: Array("[\(deepest)]".utf8)) }
        #expect(throws: LedgerJSONError.tooDeep) { try LedgerJSON.encode(Nest.deep(65)) }
        #expect(throws: LedgerJSONError.tooDeep) { try LedgerJSON.decode(Nest.self, from: [UInt8](repeating: 91, count: 1_000_000)) }
    }

    @Test("A text over 16 MiB is not read")
    func size() throws {
        let space = [UInt8](repeating: 32, count: LedgerJSON.bytesMax - 1)
        #expect(try LedgerJSON.decode(Int.self, from: space + [49]) == 1)
        #expect(throws: LedgerJSONError.tooLarge(bytes: LedgerJSON.bytesMax + 1)) { try LedgerJSON.decode(Int.self, from: space + [49, 32]) }
    }

    @Test("Floating-point numbers are neither written nor read")
    func floatingPoint() {
        struct Price: Codable {
            var lines: [[String: Double]]
        }
        #expect(throws: LedgerJSONError.floatingPoint(path: "lines[0].net")) { try LedgerJSON.encode(Price(lines: [["net": 1.5]])) }
        #expect(throws: LedgerJSONError.floatingPoint(path: "[1]")) { try LedgerJSON.encode([nil, 1] as [Float?]) }
        #expect(throws: LedgerJSONError.floatingPoint(path: "")) { try LedgerJSON.encode(1.5) }
        #expect(throws: LedgerJSONError.floatingPoint(path: "lines[0].net")) {
            try LedgerJSON.decode(Price.self, from: Array(#"{"lines":[{"net":1}]}"#.utf8))
        }
        #expect(throws: LedgerJSONError.notInteger(path: "a", number: "1.0")) { try LedgerJSON.decode(Small.self, from: Array(#"{"a":1.0}"#.utf8)) }
        #expect(throws: LedgerJSONError.notInteger(path: "a", number: "1e2")) { try LedgerJSON.decode(Small.self, from: Array(#"{"a":1e2}"#.utf8)) }
    }

    struct Claim: Codable {
        var claims: [Line]
        struct Line: Codable {
            var at: Instant
            var by: Actor
            var count: Int
        }
    }

    @Test(
        "An error names the place",
        arguments: [
            (
                #"{"claims":[{"at":"2026-11-22T14:05:00Z","by":"clock","count":1},{"at":"yesterday"}]}"#,
                LedgerJSONError.refused(path: "claims[1].at", reason: "“yesterday” is not an ISO 8601 instant with a zone")
            ),
            (#"{"claims":[{"at":5,"by":"clock","count":1}]}"#, .wrongKind(path: "claims[0].at", expected: "a text", found: "a number")),
            (#"{"claims":[{"at":"2026-11-22T14:05:00Z","count":1}]}"#, .missing(path: "claims[0].by")),
            (
                #"{"claims":[{"at":"2026-11-22T14:05:00Z","by":"clock","count":"1"}]}"#,
                .wrongKind(path: "claims[0].count", expected: "an integer", found: "a text")
            ),
            (#"{"claims":{}}"#, .wrongKind(path: "claims", expected: "an array", found: "an object")),
            (#"{"claims":[null]}"#, .wrongKind(path: "claims[0]", expected: "an object", found: "null")),
            (#"{"claims":null}"#, .wrongKind(path: "claims", expected: "an array", found: "null")),
            (#"[]"#, .wrongKind(path: "", expected: "an object", found: "an array")),
        ])
    func locatedErrors(text: String, expected: LedgerJSONError) {
        #expect(throws: expected) { try LedgerJSON.decode(Claim.self, from: Array(text.utf8)) }
    }

    @Test("Random damage is read or refused, never a crash", arguments: 0..<40 as Range<UInt64>)
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let written = try LedgerJSON.encode(Everything.random(&random))
        var refused = 0
        for _ in 0..<200 {
            var bytes = written
            for _ in 0..<random.int(1...4) {
                let position = random.int(0...bytes.count - 1)
                switch random.int(0...3) {
                case 0: bytes[position] ^= 1 << UInt8(random.int(0...7))
                case 1: bytes[position] = random.element(Array(#"{}[]",:\u0e-tfn1 "#.utf8))
                case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: position)
                default: bytes.removeSubrange(position..<min(bytes.count, position + random.int(1...8)))
                }
                if bytes.isEmpty { bytes = [32] }
            }
            do {
                let value = try LedgerJSON.decode(Everything.self, from: bytes)
                #expect(try LedgerJSON.decode(Everything.self, from: LedgerJSON.encode(value)) == value, "seed \(seed)")
            } catch is LedgerJSONError {
                refused += 1
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }

    @Test("Whatever this codec accepts, Foundation accepts", arguments: 0..<20 as Range<UInt64>)
    func acceptsNothingMore(seed: UInt64) throws {
        // Foundation refuses a repeated field only sometimes, so the comparison goes one way.
        struct Anything: Decodable { init(from decoder: any Decoder) throws {} }
        var random = SeededGenerator(seed: seed)
        let alphabet = Array(#"{}[]",:\u0e-tfn1. "#.utf8) + [0xC3, 0xA9]
        for _ in 0..<3_000 {
            let bytes = (0..<random.int(1...7)).map { _ in random.element(alphabet) }
            if (try? LedgerJSON.decode(Anything.self, from: bytes)) != nil {
                #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self)), seed \(seed)") {
                    try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
                }
            }
        }
    }

    @Test("Writing to a container that is closed, or twice to one value, is refused")
    func outOfTurn() {
        struct Twice: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(1)
                try container.encode(2)
            }
        }
        struct Interleaved: Encodable {
            enum CodingKeys: CodingKey { case a, b }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                var inner = container.nestedUnkeyedContainer(forKey: .a)
                try inner.encode(1)
                try container.encode(2, forKey: .b)
                try inner.encode(3)
            }
        }
        #expect(throws: LedgerJSONError.outOfTurn(path: "[0]")) { try LedgerJSON.encode([Twice()]) }
        #expect(throws: LedgerJSONError.outOfTurn(path: "")) { try LedgerJSON.encode(Interleaved()) }
    }

    @Test("A value may ask for its object twice, and may write nothing at all")
    func sameObjectTwice() throws {
        struct Split: Encodable {
            enum First: CodingKey { case a }
            enum Second: CodingKey { case b }
            struct Nothing: Encodable { func encode(to encoder: any Encoder) throws {} }
            func encode(to encoder: any Encoder) throws {
                var first = encoder.container(keyedBy: First.self)
                try first.encode([1], forKey: .a)
                var second = encoder.container(keyedBy: Second.self)
                try second.encode(Nothing(), forKey: .b)
            }
        }
        #expect(String(decoding: try LedgerJSON.encode(Split()), as: UTF8.self) == #"{"a":[1],"b":{}}"#)
    }
}
