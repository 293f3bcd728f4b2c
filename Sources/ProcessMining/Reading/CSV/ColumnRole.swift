/// What a column of a table means for a log, and by what names it goes.
enum ColumnRole: String, CaseIterable {
    case caseID = "case"
    case activity, time, start, resource, lifecycle

    /// Names by which the column is known, without what is not a letter or digit, in lower case; the earlier one wins.
    var names: [String] {
        switch self {
        case .caseID:
            [
                "caseconceptname", "caseid", "case", "casenumber", "caseno", "traceid", "trace", "processinstanceid", "processid", "instanceid",
                "serviceid", "ticketid", "ticketnumber", "ticket", "incidentid", "incidentnumber", "number", "disputeid", "claimid", "requestid",
                "orderid", "applicationid", "id",
            ]
        case .activity:
            [
                "conceptname", "activity", "activityname", "activityid", "task", "taskname", "eventname", "operation", "action", "event", "eventtype", "step",
                "incidentstate", "state", "status", "stage",
            ]
        case .time:
            [
                "timetimestamp", "timestamp", "completetimestamp", "completiontimestamp", "endtimestamp", "completetime", "completiontime", "endtime",
                "enddate", "datetime", "eventtime", "eventdate", "occurredat", "time", "date", "sysupdatedat", "updatedat", "createdat", "at",
            ]
        case .start: ["starttimestamp", "timestart", "starttime", "startdate", "begintime", "startedat", "start"]
        case .resource:
            ["orgresource", "resource", "user", "agent", "actor", "performer", "employee", "operator", "sysupdatedby", "updatedby", "assignee"]
        case .lifecycle: ["lifecycletransition", "lifecycle", "transition"]
        }
    }

    static func plain(_ name: String) -> String {
        String(name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
}

/// Which columns of a table a log is read from.
struct LogColumns: Hashable {
    var caseID: Int
    var activity: [Int]
    var time: Int
    var start: Int?
    var resource: Int?

    /// By the names that were asked for, else by those that are known.
    init(header: [String], _ options: LogOptions) throws(LogRefusal) {
        let plain = header.map(ColumnRole.plain)
        func asked(_ name: String) throws(LogRefusal) -> Int {
            if let index = header.firstIndex(of: name) ?? plain.firstIndex(of: ColumnRole.plain(name)) { return index }
            throw LogRefusal("there is no column “\(name)”; there are " + LogColumns.list(header))
        }
        func known(_ role: ColumnRole) -> Int? {
            for name in role.names { if let index = plain.firstIndex(of: name) { return index } }
            return nil
        }
        func found(_ role: ColumnRole, _ name: String?) throws(LogRefusal) -> Int {
            if let name { return try asked(name) }
            if let index = known(role) { return index }
            throw LogRefusal(
                "no column is known to hold the \(role.rawValue): say which with --\(role.rawValue)-column; there are " + LogColumns.list(header))
        }
        caseID = try found(.caseID, options.caseColumn)
        time = try found(.time, options.timeColumn)
        if let name = options.startColumn { start = try asked(name) } else { start = known(.start) }
        if let name = options.resourceColumn { resource = try asked(name) } else { resource = known(.resource) }
        activity = []
        for key in Classifier(options.classifier).keys {
            switch key {
            case Classifier.name: activity.append(try found(.activity, options.activityColumn))
            case Classifier.lifecycle: activity.append(try found(.lifecycle, nil))
            default: activity.append(try asked(key))
            }
        }
        if activity.isEmpty { activity = [try found(.activity, options.activityColumn)] }
    }

    private static func list(_ header: [String]) -> String {
        header.prefix(60).map { "“\($0)”" }.joined(separator: ", ") + (header.count > 60 ? ", …" : "")
    }
}
