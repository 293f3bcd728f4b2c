/// How a log is to be read, where it leaves that open.
public struct LogOptions: Hashable, Sendable {
    /// What makes an activity: `name`, `name+lifecycle`, a classifier the log declares, or attributes joined by `+`.
    public var classifier: String
    public var caseColumn: String?
    public var activityColumn: String?
    public var timeColumn: String?
    public var startColumn: String?
    public var resourceColumn: String?
    /// Which comes first in dates like 03/04/2016; found out from the file when not said.
    public var isDayFirst: Bool?
    /// East of UTC, of times that say no offset; `nil` takes UTC, and refuses a log in which some say one and others do not.
    public var offsetMinutes: Int?
    /// The kind of object whose life is a case (OCEL); the one with most events when not said.
    public var objectType: String?
    /// Rows that cannot be read are left out and counted, instead of refusing the log.
    public var leavesOutBadRows: Bool

    public init(
        classifier: String = "name", caseColumn: String? = nil, activityColumn: String? = nil, timeColumn: String? = nil,
        startColumn: String? = nil, resourceColumn: String? = nil, isDayFirst: Bool? = nil, offsetMinutes: Int? = nil,
        objectType: String? = nil, leavesOutBadRows: Bool = false
    ) {
        self.classifier = classifier
        (self.caseColumn, self.activityColumn, self.timeColumn) = (caseColumn, activityColumn, timeColumn)
        (self.startColumn, self.resourceColumn) = (startColumn, resourceColumn)
        (self.isDayFirst, self.offsetMinutes, self.objectType) = (isDayFirst, offsetMinutes, objectType)
        self.leavesOutBadRows = leavesOutBadRows
    }
}

/// A log that was read, and what was noticed about it.
public struct LogReading: Sendable {
    public let log: EventLog
    public let format: LogFormat
    /// What the cases, activities and times were taken from, in words: columns, attributes, the kind of object.
    public let source: [String]
    public let problems: [LogProblem]
}

public enum LogFormat: String, Hashable, Sendable {
    case xes = "XES"
    case csv = "CSV"
    case ocel = "OCEL 2.0"
}
