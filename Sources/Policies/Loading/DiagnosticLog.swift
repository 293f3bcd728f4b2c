/// Collects every complaint instead of stopping at the first: whoever corrects a pack wants the whole list.
///
/// A class, because the readers of all files write into the same list; it never leaves the call of `PolicyLoader.load`.
final class DiagnosticLog {
    private var found: [Diagnostic] = []
    private(set) var hasErrors = false

    /// A pack that is not a pack at all would otherwise drown its reader.
    static let countMax = 1_000

    func error(_ code: DiagnosticCode, at place: PackPlace, _ message: String, hint: String? = nil) {
        hasErrors = true
        add(Diagnostic(code, .error, at: place, message, hint: hint))
    }

    func warning(_ code: DiagnosticCode, at place: PackPlace, _ message: String, hint: String? = nil) {
        add(Diagnostic(code, .warning, at: place, message, hint: hint))
    }

    private func add(_ diagnostic: Diagnostic) {
        guard found.count < DiagnosticLog.countMax else { return }
        found.append(diagnostic)
    }

    /// By place, each once.
    var sorted: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return found.filter { seen.insert($0).inserted }
            .sorted { ($0.place, $0.code.rawValue, $0.message) < ($1.place, $1.code.rawValue, $1.message) }
    }
}
