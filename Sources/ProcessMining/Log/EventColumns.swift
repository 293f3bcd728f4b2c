/// Events as they arrive, in columns of codes: what a reader fills, row by row, in the order of the file.
///
/// Times are microseconds since 1970, UTC. Nothing here is sorted; `EventLog` groups it.
public struct EventColumns: Sendable {
    /// How many different activities a log may have. A column with more is no activity but a number or a text.
    static let activitiesMax = 65_535
    /// How many events and cases fit the columns' codes.
    static let eventsMax = Int(Int32.max)

    var cases: [UInt32] = []
    var activities: [UInt16] = []
    var times: [Int64] = []
    /// When the work of the event began; empty for a log of moments.
    var starts: [Int64] = []
    /// Who did it, as a code; empty where the log does not say.
    var resources: [UInt32] = []
    /// The line or the number of the event in the file.
    var places: [UInt32] = []
    var caseNames: [String] = []
    var caseTable = NameTable()
    var activityNames: [String] = []
    var resourceTable = NameTable()

    public init() {}

    public var count: Int { times.count }
}

extension EventColumns {
    /// One event by its names: for tests, for logs made in memory, for everything that is not in a hurry.
    public mutating func append(
        case caseName: String, activity: String, microseconds: Int64, startMicroseconds: Int64? = nil, resource: String? = nil
    ) {
        cases.append(caseTable.code(of: caseName))
        let known = activityNames.firstIndex(of: activity)
        if known == nil { activityNames.append(activity) }
        activities.append(UInt16(known ?? activityNames.count - 1))
        times.append(microseconds)
        if let startMicroseconds { starts.append(startMicroseconds) }
        if let resource { resources.append(resourceTable.code(of: resource)) }
        places.append(UInt32(times.count))
    }
}
