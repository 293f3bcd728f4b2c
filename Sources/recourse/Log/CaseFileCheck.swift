import Chronicle
import Wire

/// `recourse verify` of a party's case file: what holds, or what was changed and where.
struct CaseFileCheck {
    let bytes: [UInt8]
    let exhibits: [String]
    let json: Bool

    /// Is it meant to be a case file? Whether it is one, `Dossier` says.
    static func isOne(_ bytes: [UInt8]) -> Bool { String(decoding: bytes.prefix(64), as: UTF8.self).contains("\"recourse-case-file/") }

    func run(trusting key: VerifierKey?, isTrusted: Bool) throws {
        guard key != nil || !isTrusted else { throw Failure("what was given with --key is not a log's key") }
        let file: Dossier
        do throws(DossierFaults) { file = try Dossier(parsing: bytes) } catch { throw changed(error.faults) }
        let (proven, faults) = file.check(trusting: key)
        guard let proven, faults.isEmpty else { throw changed(faults) }
        let known = try exhibits.map { name in (name, isExhibit(try WholeFile.read(name), of: file)) }
        guard !json else { return print(report(file, proven, known).line) }
        print("VALID: the case \(file.dispute), as the desk gave it to \(file.party) at \(file.taken).")
        print("\(proven.events.count) events are proven, each in its place, in the log \(proven.checkpoint.origin) of \(proven.checkpoint.size) events.")
        for (name, section) in file.sections.sorted(by: { $0.key < $1.key }) { print("  \(name): as signed (\(Digest(hashing: try section.json())))") }
        for (name, isOne) in known {
            print(isOne ? "  \(name): is an exhibit of the case, byte for byte" : "  \(name): is NOT an exhibit of the case, or was changed since")
        }
        print("Signed with the key \(proven.key).")
        if !isTrusted { print("Compare that key with the one the log publishes; give it with --key to have it compared.") }
        if known.contains(where: { !$0.1 }) { throw Failure("the case file holds; a file given with --exhibit is none of its exhibits") }
    }

    private func changed(_ faults: [Dossier.Fault]) -> Failure {
        if json {
            let list = faults.map { JSON.object([("part", .text("\($0.part)")), ("why", .text($0.why))]) }
            print(JSON.object([("valid", .boolean(false)), ("faults", .list(list))]).line)
        }
        return Failure("CHANGED: this is not the case file the desk gave out\n" + faults.map { "  \($0)" }.joined(separator: "\n"))
    }

    private func isExhibit(_ content: [UInt8], of file: Dossier) -> Bool {
        guard case .list(let exhibits)? = file.sections["exhibits"] else { return false }
        let hash = Digest(hashing: content).description
        return exhibits.contains { if case .object(let fields) = $0, case .text(hash)? = fields["sha256"] { true } else { false } }
    }

    private func report(_ file: Dossier, _ proven: Dossier.Proven, _ exhibits: [(String, Bool)]) -> JSON {
        .object([
            ("valid", .boolean(true)), ("case", .text(file.dispute.description)), ("party", .text(file.party.description)),
            ("taken", .text(file.taken.description)), ("events", .integer(Int64(proven.events.count))), ("size", .integer(proven.checkpoint.size)),
            ("root", .text(proven.checkpoint.root.description)), ("key", .text(proven.key.description)),
            ("exhibits", .list(exhibits.map { .object([("file", .text($0.0)), ("is_exhibit", .boolean($0.1))]) })),
        ])
    }
}
