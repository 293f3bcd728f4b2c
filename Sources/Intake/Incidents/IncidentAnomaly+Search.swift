extension IncidentAnomaly {
    /// `rows` in the order of time, `inFile` in the order of lines.
    static func found(in rows: [IncidentRow], inFile: [IncidentRow]) -> [IncidentAnomaly] {
        order(rows, inFile) + beginning(rows) + flags(rows)
    }

    private static func order(_ rows: [IncidentRow], _ inFile: [IncidentRow]) -> [IncidentAnomaly] {
        var anomalies: [IncidentAnomaly] = []
        var (missing, shared, fellBack) = (0, 0, false)
        for (before, after) in zip(rows, rows.dropFirst()) {
            missing += max(0, after.modification - before.modification - 1)
            if after.updatedAt == before.updatedAt { shared += 1 }
            if after.modification < before.modification { fellBack = true }
        }
        if missing > 0 { anomalies.append(.updatesMissing(missing)) }
        if shared > 0 { anomalies.append(.sharedMinutes(shared)) }
        if fellBack { anomalies.append(.countFellBack) }
        var seen: Set<Int> = []
        if let repeated = rows.first(where: { !seen.insert($0.modification).inserted }) {
            anomalies.append(.modificationRepeated(repeated.modification))
        }
        if zip(inFile, inFile.dropFirst()).contains(where: { $1.updatedAt < $0.updatedAt }) { anomalies.append(.outOfOrder) }
        return anomalies
    }

    private static func beginning(_ rows: [IncidentRow]) -> [IncidentAnomaly] {
        guard let first = rows.first else { return [] }
        var anomalies: [IncidentAnomaly] = []
        if first.modification != 0 { anomalies.append(.beginningMissing(firstModification: first.modification)) }
        if first.updatedAt < first.openedAt { anomalies.append(.recordedBeforeOpened) }
        if let created = first.createdAt, created < first.openedAt { anomalies.append(.createdBeforeOpened) }
        if first.state != .new { anomalies.append(.firstSeen(first.state)) }
        return anomalies
    }

    private static func flags(_ rows: [IncidentRow]) -> [IncidentAnomaly] {
        var anomalies: [IncidentAnomaly] = []
        if rows.dropLast().contains(where: { $0.state == .closed }) { anomalies.append(.changedAfterClosing) }
        if rows.contains(where: { $0.isActive == ($0.state == .closed) }) { anomalies.append(.activityDisagrees) }
        return anomalies
    }
}
