import Chronicle

/// The files of a pack as YAML, each in its place.
struct ParsedPack {
    /// The tables at the root of a pack; each is there exactly once.
    enum Table: String, CaseIterable {
        case pack, sources, caseTypes = "case-types", reasons, evidence, rails, clocks, regimes, schemes, outcomes, penalties, authority, appeals
        case roles, skills, tiers, calendars
        var path: String { rawValue + ".yaml" }
    }

    private(set) var tables: [Table: PackNode] = [:]
    private(set) var workflows: [PackNode] = []
    private(set) var letters: [(language: Language, node: PackNode)] = []

    /// `nil` when there are too many files to be a pack.
    init?(_ files: [PackFile], _ log: DiagnosticLog) {
        guard files.count <= PackFile.countMax else {
            log.error(.tooManyFiles, at: PackPlace(file: "."), "there are \(files.count) files; a pack has at most \(PackFile.countMax)")
            return nil
        }
        var seen: Set<String> = []
        for file in files.sorted(by: { $0.path < $1.path }) {
            guard seen.insert(file.path).inserted else {
                log.error(.duplicateFile, at: PackPlace(file: file.path), "the file is given twice")
                continue
            }
            take(file, log)
        }
        for table in Table.allCases where !seen.contains(table.path) {
            log.error(.missingFile, at: PackPlace(file: table.path), "the pack needs this file")
        }
    }

    private mutating func take(_ file: PackFile, _ log: DiagnosticLog) {
        let parts = file.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if let table = Table.allCases.first(where: { $0.path == file.path }) {
            tables[table] = parseYAML(file, log)
        } else if parts.count == 2, parts[0] == "workflows", parts[1].hasSuffix(".yaml") {
            if let node = parseYAML(file, log) { workflows.append(node) }
        } else if parts.count == 3, parts[0] == "letters", parts[2].hasSuffix(".yaml"), let language = Language(parts[1]) {
            if let node = parseYAML(file, log) { letters.append((language, node)) }
        } else {
            log.error(
                .unknownFile, at: PackPlace(file: file.path), "a pack has no such file",
                hint: didYouMean(file.path, among: Table.allCases.map(\.path)) ?? "workflows lie in workflows/, letters in letters/LANGUAGE/")
        }
    }
}
