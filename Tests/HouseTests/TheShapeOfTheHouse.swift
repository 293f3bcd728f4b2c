import Foundation
import Testing

/// What ARCHITECTURE says about imports and purity, checked against the tree: a rule nobody checks is a wish.
@Suite("The shape of the house")
struct TheShapeOfTheHouse {
    /// Each target and all it may import of ours and of others'. The standard library's `Synchronization` is free for everyone in the shell.
    static let allowed: [String: Set<String>] = [
        "Chronicle": ["Crypto"],
        "Timekeeping": ["Chronicle"],
        "Policies": ["Chronicle", "Timekeeping", "Yams"],
        "Disputes": ["Chronicle", "Timekeeping", "Policies"],
        "Measures": ["Chronicle", "Timekeeping", "Policies", "Disputes"],
        "Intake": ["Chronicle", "Timekeeping", "Policies", "Disputes"],
        // The mathematics of the C library (log, exp) and nothing else of it; `forbidden` sees to that.
        "Forecasting": ["Chronicle", "Timekeeping", "Glibc", "Musl"],
        "Staffing": ["Glibc", "Musl"],
        "RootCauses": [],
        "ChangeDetection": [],
        "ProcessMining": [],
        "Rostering": [],
        "EventStorage": ["Chronicle", "Logging"],
        "SQLiteStorage": ["Chronicle", "EventStorage", "GRDB", "GRDBSQLite"],
        "Archives": ["CZlib"],
        "Runtime": ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "EventStorage", "Crypto", "Logging", "CSodium"],
        "Wire": ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Crypto"],
        "Correspondence": [
            "Chronicle", "Timekeeping", "Policies", "Disputes", "EventStorage", "Runtime", "Wire", "Crypto", "Logging", "AsyncHTTPClient", "NIOCore", "NIOSSL",
        ],
        "sandbox-exchange": [
            "Chronicle", "EventStorage", "Runtime", "Wire", "Correspondence", "ArgumentParser", "Logging", "Hummingbird", "HummingbirdCore", "HTTPTypes",
            "NIOCore", "ServiceLifecycle", "UnixSignals",
        ],
        "API": [
            "Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Intake", "Archives", "EventStorage", "Runtime", "Wire", "Crypto", "Logging",
            "Hummingbird",
            "HummingbirdCore",
            "HummingbirdTLS", "HTTPTypes", "NIOCore", "NIOSSL", "JWTKit", "ServiceLifecycle", "UnixSignals",
        ],
        "Console": [
            "Chronicle", "Timekeeping", "Policies", "Disputes", "Wire", "RecourseClient", "Hummingbird", "HTTPTypes", "NIOCore", "Mustache",
        ],
        "RecourseClient": ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Wire", "AsyncHTTPClient", "NIOCore"],
        "torture": [
            "PowerLoss", "Chronicle", "Policies", "Disputes", "EventStorage", "SQLiteStorage", "Runtime", "ArgumentParser", "Logging", "Crypto",
            "GRDBSQLite",
        ],
        "TestKit": ["Chronicle", "Timekeeping", "Policies", "Disputes", "EventStorage", "Testing"],
        "recourse": [
            "Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Intake", "Archives", "EventStorage", "SQLiteStorage", "Runtime", "Wire", "API",
            "Console",
            "Hummingbird", "HTTPTypes", "NIOCore", "RecourseClient", "Correspondence", "ArgumentParser", "Logging", "Crypto", "Yams",
            "ProcessMining", "RootCauses", "ChangeDetection", "Forecasting", "Staffing", "Rostering",
        ],
    ]
    static let ofTheSystem: Set<String> = ["Foundation", "Glibc", "Musl", "Dispatch", "Synchronization"]
    /// Targets that hold the pure core: no input or output, no clock, no chance, no environment.
    static let pure = [
        "Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Intake", "ProcessMining", "RootCauses", "ChangeDetection", "Forecasting", "Staffing",
        "Rostering",
        "Wire",
    ]
    /// What a pure target must not say.
    static let forbidden = [
        "FileManager", "FileHandle", "ProcessInfo", "Date(", "UUID(", ".random(", "SystemRandomNumberGenerator", "Task.sleep", "print(", "getenv",
        "clock_gettime", "ContinuousClock", "SuspendingClock", "URLSession", "DispatchQueue",
    ]

    @Test("Every target imports only what lies below it", arguments: allowed.keys.sorted())
    func imports(target: String) throws {
        let sources = try Tree.sources(of: target)
        #expect(!sources.isEmpty, "there is no target \(target)")
        let may = (Self.allowed[target] ?? []).union(Self.pure.contains(target) ? [] : Self.ofTheSystem)
        for source in sources {
            for name in source.imports where !may.contains(name) {
                Issue.record("\(source.path) imports \(name), which \(target) may not")
            }
        }
    }

    @Test("The pure core neither reads a clock, nor rolls dice, nor touches the world", arguments: pure)
    func purity(target: String) throws {
        for source in try Tree.sources(of: target) {
            for word in Self.forbidden where source.says(word) {
                Issue.record("\(source.path) says \(word)")
            }
        }
    }

    @Test("Every target of the tree stands in the table")
    func table() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Tree.root.appendingPathComponent("Sources").path)
        let unknown = Set(folders).subtracting(Self.allowed.keys).subtracting(["CZlib", "CSodium", "PowerLoss"])
        #expect(unknown.isEmpty)
    }

    @Test("No source uses an escape hatch")
    func escapeHatches() throws {
        for target in Self.allowed.keys.sorted() {
            for source in try Tree.sources(of: target) {
                for hatch in ["try!", "as!", "fatalError("] where source.code.contains(hatch) {
                    Issue.record("\(source.path) uses \(hatch)")
                }
            }
        }
    }

    @Test("A forbidden word would be seen: the reader strips comments and nothing else")
    func theReaderItself() {
        let source = Tree.Source(path: "x", text: "import Foundation // why\n/// print(\nlet a = print(1)\n")
        #expect(source.imports == ["Foundation"])
        #expect(source.code.contains("let a = print(1)"))
        #expect(!source.code.contains("/// print("))
        #expect(source.says("print("))
        #expect(!Tree.Source(path: "x", text: "CivilDate(dayNumber: 1)").says("Date("))
        #expect(Tree.Source(path: "x", text: "import struct Crypto.SHA256").imports == ["Crypto"])
    }
}

/// The source tree as text.
enum Tree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Source {
        let path: String
        let code: String
        let imports: [String]

        init(path: String, text: String) {
            self.path = path
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            code = lines.joined(separator: "\n")
            imports = lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let at = words.firstIndex(of: "import"), at <= 1, at + 1 < words.count else { return nil }
                // `import struct Foundation.Date` imports Foundation.
                let kinds = ["struct", "class", "enum", "func", "protocol", "var", "let", "typealias"]
                let name = kinds.contains(String(words[at + 1])) && at + 2 < words.count ? words[at + 2] : words[at + 1]
                return name.split(separator: ".").first.map(String.init)
            }
        }

        /// Does the code say this word, and not only as the end of a longer one (`CivilDate(` is not `Date(`)?
        func says(_ word: String) -> Bool {
            code.ranges(of: word).contains { range in
                guard word.first?.isLetter == true, range.lowerBound > code.startIndex else { return true }
                let before = code[code.index(before: range.lowerBound)]
                return !before.isLetter && !before.isNumber && before != "_"
            }
        }
    }

    static func sources(of target: String) throws -> [Source] {
        let folder = root.appendingPathComponent("Sources/\(target)")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            Source(path: "\(target)/\(path)", text: try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
        }
    }
}
