import Policies
import Testing

@Suite struct BrokenFilesTests {
    @Test("A missing table is named")
    func missing() {
        let found = PolicyLoader.load(DefaultPack.files.filter { $0.path != "rails.yaml" })
        #expect(found.policy == nil)
        #expect(found.diagnostics.map(\.description) == ["rails.yaml: error: the pack needs this file [missing-file]"])
    }

    @Test("A file no pack has is refused, and a slip of the pen is recognised")
    func unknown() {
        let found = PolicyLoader.load(DefaultPack.files + [PackFile(path: "reason.yaml", bytes: [])])
        #expect(found.policy == nil)
        #expect(found.diagnostics.map(\.description) == ["reason.yaml: error: a pack has no such file; did you mean “reasons.yaml”? [unknown-file]"])
    }

    @Test("A file given twice is refused")
    func twice() throws {
        let first = try #require(DefaultPack.files.first)
        #expect(PolicyLoader.load(DefaultPack.files + [first]).diagnostics.map(\.code) == [.duplicateFile])
    }

    @Test("An empty pack says which files it needs and does not crash")
    func empty() {
        let found = PolicyLoader.load([])
        #expect(found.policy == nil)
        #expect(found.diagnostics.count == 17)
        #expect(Set(found.diagnostics.map(\.code)) == [.missingFile])
    }

    @Test("A letter without its English text is refused")
    func english() throws {
        let files = DefaultPack.files.filter { $0.path != "letters/en/offer-received.yaml" }
        let found = PolicyLoader.load(files)
        #expect(found.policy == nil)
        #expect(found.diagnostics.map(\.code) == [.letterWithoutEnglish])
        #expect(found.diagnostics.first?.place.file == "letters/es/offer-received.yaml")
    }

    @Test("A letter missing in another language is only a warning")
    func translation() {
        let found = PolicyLoader.load(DefaultPack.files.filter { $0.path != "letters/es/offer-received.yaml" })
        #expect(found.policy != nil)
        #expect(found.diagnostics.map(\.code) == [.letterUntranslated])
    }

    @Test("An act nobody is granted is named")
    func granted() throws {
        let files = try DefaultPack.files.edited(Edit("roles.yaml", "call-staff, submit-exhibit", "submit-exhibit"))
        #expect(PolicyLoader.load(files).diagnostics.map(\.description) == ["roles.yaml: error: no role is granted “call-staff” [not-granted]"])
    }

    @Test("Bytes that are not UTF-8 are refused")
    func notText() throws {
        let files = DefaultPack.files.map { $0.path == "pack.yaml" ? PackFile(path: $0.path, bytes: $0.bytes + [0xFF]) : $0 }
        #expect(PolicyLoader.load(files).diagnostics.map(\.code) == [.notUTF8])
    }

    @Test("A file beyond the limit is not parsed")
    func large() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: PackFile.bytesMax + 1)
        let files = DefaultPack.files.map { $0.path == "pack.yaml" ? PackFile(path: $0.path, bytes: bytes) : $0 }
        #expect(PolicyLoader.load(files).diagnostics.map(\.code) == [.fileTooLarge])
    }

    @Test("Thousands of files are no pack")
    func many() {
        let files = (0...PackFile.countMax).map { PackFile(path: "workflows/\($0).yaml", bytes: []) }
        #expect(PolicyLoader.load(files).diagnostics.map(\.code) == [.tooManyFiles])
    }

    @Test("A bomb of aliases is refused before it unfolds")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 { text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n" }
        let files = DefaultPack.files.map { $0.path == "pack.yaml" ? PackFile(path: $0.path, bytes: Array(text.utf8)) : $0 }
        #expect(
            PolicyLoader.load(files).diagnostics.map(\.description) == [
                "pack.yaml:2:10: error: aliases are not allowed in a pack; write the value out [alias]"
            ])
    }

    @Test("A thousand brackets are refused and do not exhaust the stack")
    func brackets() {
        for count in [100, 999, 5_000, 100_000] {
            let bytes = Array(String(repeating: "[", count: count).utf8)
            let files = DefaultPack.files.map { $0.path == "pack.yaml" ? PackFile(path: $0.path, bytes: bytes) : $0 }
            #expect(PolicyLoader.load(files).policy == nil, "\(count) brackets")
        }
    }

    @Test("A pack in force later than its calendars know is warned about")
    func horizon() throws {
        let files = try DefaultPack.files.edited(Edit("pack.yaml", "effective-from: 2026-11-22", "effective-from: 2027-02-01"))
        let found = PolicyLoader.load(files)
        #expect(found.policy != nil)
        #expect(Set(found.diagnostics.map(\.code)) == [.calendarEndsSoon])
        #expect(found.diagnostics.first?.message.hasPrefix("the calendar “desk-dublin” ends on 2027-12-31") == true)
    }

    @Test("A clock nobody starts is warned about")
    func unusedClock() throws {
        let files = try DefaultPack.files.edited(
            Edit(
                "clocks.yaml", "  acknowledgement:\n",
                "  idle:\n    title: Idle\n    bound: staff\n    visible: true\n    rows: [{within: 1 h, source: PROP, confidence: proposal}]\n  acknowledgement:\n"
            ))
        #expect(PolicyLoader.load(files).diagnostics.map(\.code) == [.unusedClock])
    }
}
