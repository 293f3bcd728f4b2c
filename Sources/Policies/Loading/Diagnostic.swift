/// One complaint about a pack: where, how bad, what, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable, Codable { case error, warning }

    public let code: DiagnosticCode
    public let severity: Severity
    public let place: PackPlace
    /// A sentence without the full stop.
    public let message: String
    /// What to do: “did you mean `OUT-REL`?”
    public let hint: String?

    public init(_ code: DiagnosticCode, _ severity: Severity, at place: PackPlace, _ message: String, hint: String? = nil) {
        (self.code, self.severity, self.place, self.message, self.hint) = (code, severity, place, message, hint)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `reasons.yaml:12:7: error: “OUT-RELL” is not an outcome; did you mean “OUT-REL”? [unknown-code]`
    public var description: String {
        "\(place): \(severity.rawValue): \(message)" + (hint.map { "; \($0)" } ?? "") + " [\(code.rawValue)]"
    }
}

/// A place in a pack. Lines and columns count from 1, columns in Unicode scalars; 0 is the file as a whole.
public struct PackPlace: Hashable, Sendable, Comparable {
    public let file: String
    public let line: Int
    public let column: Int

    public init(file: String, line: Int = 0, column: Int = 0) {
        (self.file, self.line, self.column) = (file, line, column)
    }

    public static func < (a: PackPlace, b: PackPlace) -> Bool { (a.file, a.line, a.column) < (b.file, b.line, b.column) }
}

extension PackPlace: CustomStringConvertible {
    public var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}

/// The stable name of each kind of complaint.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable, Codable {
    // the files
    case missingFile = "missing-file"
    case unknownFile = "unknown-file"
    case duplicateFile = "duplicate-file"
    case tooManyFiles = "too-many-files"
    case fileTooLarge = "file-too-large"
    case notUTF8 = "not-utf8"
    // the YAML
    case tab
    case alias
    case yaml
    case duplicateKey = "duplicate-key"
    case tooDeep = "too-deep"
    // the rows
    case missingKey = "missing-key"
    case unknownKey = "unknown-key"
    case wrongType = "wrong-type"
    case badValue = "bad-value"
    case badCode = "bad-code"
    case badTemplate = "bad-template"
    case badClock = "bad-clock"
    case badCalendar = "bad-calendar"
    case duplicateRow = "duplicate-row"
    // the references
    case unknownCode = "unknown-code"
    case unknownStep = "unknown-step"
    // workflows
    case unreachableStep = "unreachable-step"
    case deadEnd = "dead-end"
    case cannotEnd = "cannot-end"
    case terminalLeft = "terminal-left"
    case clockNotRunning = "clock-not-running"
    case gap
    case overlap
    case actMissing = "act-missing"
    case cannotBeLeft = "cannot-be-left"
    case cannotSettle = "cannot-settle"
    // letters
    case letterNotFillable = "letter-not-fillable"
    case letterWithoutEnglish = "letter-without-english"
    case letterUntranslated = "letter-untranslated"
    // reasons
    case noEvidence = "no-evidence"
    case silenceOutcome = "silence-outcome"
    case sides
    case filer
    case noReason = "no-reason"
    // rulings and people
    case severityTwice = "severity-twice"
    case limitsNotIncreasing = "limits-not-increasing"
    case fourEyesOutOfReach = "four-eyes-out-of-reach"
    case evenPanel = "even-panel"
    case nobodyVotes = "nobody-votes"
    case notGranted = "not-granted"
    case ownRuling = "own-ruling"
    // time and law
    case doubtHidden = "doubt-hidden"
    case noFallback = "no-fallback"
    case holidayOutside = "holiday-outside"
    case calendarEndsSoon = "calendar-ends-soon"
    case unusedClock = "unused-clock"
}
