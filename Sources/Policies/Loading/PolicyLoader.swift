import Chronicle
import Timekeeping

/// Makes a `Policy` of the files of a pack, or says everything that keeps it from being one.
///
/// Four stages, each collecting all its complaints before the next begins: the YAML of every file; the rows and their values; the codes that
/// rows name; the sense of the whole. A later stage never runs on what an earlier one refused, so no complaint is the echo of another.
public enum PolicyLoader {
    /// - Returns: the policy, `nil` when there is an error; and the complaints in the order of files and lines.
    public static func load(_ files: [PackFile]) -> (policy: Policy?, diagnostics: [Diagnostic]) {
        let log = DiagnosticLog()
        let policy = policy(of: files, log)
        return (log.hasErrors ? nil : policy, log.sorted)
    }

    private static func policy(of files: [PackFile], _ log: DiagnosticLog) -> Policy? {
        guard let parsed = ParsedPack(files, log), !log.hasErrors else { return nil }
        let reading = PackReading(log)
        let draft = PackDraft(parsed, reading)
        reading.resolveReferences()
        guard !log.hasErrors, let policy = draft.policy(named: PolicyHash(of: files)) else { return nil }
        PackCheck(policy, reading).run()
        return policy
    }
}
