import Chronicle
import Policies
import RecourseClient
import Wire

/// A pack on its way to being proposed: the one it began from, and the files that differ. It lives in the form alone; nobody else sees it before it is
/// proposed.
struct Draft: Sendable {
    let base: PolicyHash
    private let original: [PackBody.File]
    /// By path, what differs from the original.
    private(set) var changed: [String: String] = [:]
    /// Files of the original that are left out.
    private(set) var gone: Set<String> = []

    init(base: PolicyHash, original: [PackBody.File], request: PageRequest) {
        (self.base, self.original) = (base, original)
        let (paths, texts) = (request.form["path"] ?? [], request.form["text"] ?? [])
        for (path, text) in zip(paths, texts) { set(path, text) }
        gone = Set(request.form["gone"] ?? [])
        // A folder chosen whole: what is not in it is not in the pack.
        if request["whole"] != nil { gone = Set(original.map(\.path)).subtracting(paths) }
        if let file = request["file"], let text = request.form["current"]?.last { set(file, text) }
    }

    /// A browser writes lines with two characters; a pack has one.
    private mutating func set(_ path: String, _ text: String) {
        let text = text.replacing("\r\n", with: "\n")
        // What differs by the end of its last line alone is no change: a text field loses it.
        let before = original.first { $0.path == path }?.text
        changed[path] = before.map { $0.trailing == text.trailing } ?? false ? nil : text
    }

    var paths: [String] { Set(original.map(\.path)).subtracting(gone).union(changed.keys).sorted() }

    func text(of path: String) -> String { changed[path] ?? original.first { $0.path == path }?.text ?? "" }

    var files: [PackBody.File] { paths.map { PackBody.File(path: $0, text: text(of: $0)) } }
}

extension String {
    /// Without the line ends it ends with.
    fileprivate var trailing: Substring {
        var text = self[...]
        while text.last == "\n" { text.removeLast() }
        return text
    }
}

extension Visit {
    func proposePage() async throws -> PageReply {
        let pack = try await pack()
        let draft = Draft(base: pack.policy.hash, original: pack.files, request: request)
        return try await show(draft, file: request.query["file"], verdict: nil)
    }

    /// Checks, opens another file, or proposes; every button sends all that was typed.
    func propose() async throws -> PageReply {
        guard let base = request["base"].flatMap({ Digest($0) }) else { throw Problem(.malformed, phrases("no_such_pack")) }
        let pack = try await console.packs.pack(PolicyHash(base), from: client)
        let draft = Draft(base: pack.policy.hash, original: pack.files, request: request)
        if let path = request["open"] { return try await show(draft, file: path, verdict: nil) }
        let verdict = try await client.checkPolicy(PackBody(files: draft.files))
        guard request["do"] == "propose", verdict.hash != nil else { return try await show(draft, file: request["file"], verdict: verdict) }
        do {
            _ = try await client.proposePolicy(ProposalBody(files: draft.files, because: request["because"] ?? ""))
            return .goOn(to: "/policy?said=proposed")
        } catch let problem as Problem where problem.status < 500 {
            return try await show(draft, file: request["file"], verdict: verdict, problem: problem)
        }
    }

    private func show(_ draft: Draft, file: String?, verdict: PackVerdict?, problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        let page = ProposePage(
            draft: draft, file: file.flatMap { draft.paths.contains($0) ? $0 : nil } ?? "pack.yaml", verdict: verdict, problem: problem?.detail)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }
}

/// One file of a pack at a time, what is to be said about the whole, and what it would change.
struct ProposePage: Page {
    static let template = "studio-propose"
    /// Complaints shown at once: who mends the first mends many.
    private static let complaintsMax = 25
    let draft: Draft
    let file: String
    let verdict: PackVerdict?
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("propose_pack") }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        return [
            "tabs": .list(visit.studioTabs()), "anyTabs": true, "problem": Field(problem), "base": .text(draft.base.description), "file": .text(file),
            "text": .text(draft.text(of: file)), "editing": .text(phrases("text_of_file", file)), "because": .text(visit.request["because"] ?? ""),
            "kept": .list(draft.changed.filter { $0.key != file }.sorted { $0.key < $1.key }.map { ["path": .text($0.key), "text": .text($0.value)] }),
            "gone": .list(draft.gone.sorted().map { ["path": .text($0)] }),
            "changedFiles": Field(
                draft.changed.count + draft.gone.count == 0 ? nil : phrases.counted("n_files_changed", draft.changed.count + draft.gone.count)),
            "files": .list(
                draft.paths.map { path in
                    ["path": .text(path), "current": .flag(path == file), "changed": .flag(draft.changed[path] != nil)]
                }), "verdict": verdict.map { .group(fields(of: $0, visit)) } ?? .none,
        ]
    }

    private func fields(of verdict: PackVerdict, _ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let errors = verdict.complaints.filter { $0.severity == "error" }.count
        let changes = verdict.changes ?? []
        let (headline, detail, meaning) =
            errors > 0
            ? (phrases.counted("n_errors", errors), phrases("pack_has_errors"), "is-late")
            : changes.isEmpty
                ? (phrases("pack_same"), phrases("pack_same_why"), "is-soon")
                : (phrases("pack_good"), phrases.counted("n_changes", changes.count), "is-good")
        return [
            "headline": .text(headline), "detail": .text(detail), "meaning": .text(meaning),
            "complaints": .list(
                verdict.complaints.sorted { ($0.severity, $0.file, $0.line) < ($1.severity, $1.file, $1.line) }.prefix(ProposePage.complaintsMax).map {
                    complaint in
                    [
                        "meaning": .text(complaint.severity == "error" ? "is-late" : "is-soon"), "file": .text(complaint.file),
                        "place": .text(complaint.line > 0 ? "\(complaint.file):\(complaint.line):\(complaint.column)" : complaint.file),
                        "message": .text(complaint.message.firstUpper + "."), "hint": Field(complaint.hint.map { $0.firstUpper }),
                        "lines": Field(excerpt(complaint)), "elsewhere": .flag(complaint.file != file && draft.paths.contains(complaint.file)),
                    ]
                }),
            "anyChanges": .flag(!changes.isEmpty), "changes": .list(changes.map { ["text": .text($0.text)] }),
            "ready": .flag(errors == 0 && !changes.isEmpty),
        ]
    }

    /// The line that is complained of, between its neighbours, with a mark under the place.
    private func excerpt(_ complaint: PackComplaint) -> String? {
        let lines = draft.text(of: complaint.file).split(separator: "\n", omittingEmptySubsequences: false)
        guard 1...max(1, lines.count) ~= complaint.line, !lines.isEmpty else { return nil }
        var rows: [String] = []
        for number in max(1, complaint.line - 1)...min(lines.count, complaint.line + 1) {
            let name = String(number)
            let margin = String(repeating: " ", count: max(0, 5 - name.count)) + name + "  "
            rows.append(margin + lines[number - 1])
            if number == complaint.line { rows.append(String(repeating: " ", count: margin.count + max(0, complaint.column - 1)) + "▲") }
        }
        return rows.joined(separator: "\n")
    }
}
