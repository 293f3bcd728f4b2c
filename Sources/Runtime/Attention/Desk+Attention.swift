import Chronicle
import Disputes
import EventStorage

/// Following, being called in, having read, having put aside.
extension Desk {
    /// So many cases does one person follow.
    public static let followedMax = 500
    /// Mentions that are looked at for one person; older ones are in the cases.
    public static let mentionsShownMax = 200
    static let snoozesMax = 500

    // MARK: Following

    /// - Returns: whether it was new to them.
    @discardableResult
    public func follow(_ dispute: CaseID, at version: Int, by id: StaffID) async throws(DeskError) -> Bool {
        let known = try await followed(by: id)
        guard !known.contains(where: { $0.dispute == dispute }) else { return false }
        guard known.count < Desk.followedMax else { throw .arrangement(.tooManyFollowed) }
        let key: [RowValue] = [.text(id.description), .text(dispute.description)]
        try await write([.put(AttentionTables.follows, key), .put(AttentionTables.seen, key + [.integer(Int64(version))])])
        return true
    }

    /// - Returns: whether they had followed it.
    @discardableResult
    public func unfollow(_ dispute: CaseID, by id: StaffID) async throws(DeskError) -> Bool {
        guard try await follows(dispute, id) else { return false }
        try await write([.delete(AttentionTables.follows, key: [.text(id.description), .text(dispute.description)])])
        return true
    }

    public func followed(by id: StaffID) async throws(DeskError) -> [Followed] {
        let seen = try await seen(by: id)
        return try await rows(AttentionTables.follows, of: id, limit: Desk.followedMax).compactMap { row in
            row[1].text.flatMap(CaseID.init).map { Followed(dispute: $0, seen: seen[$0] ?? 0) }
        }
    }

    public func follows(_ dispute: CaseID, _ id: StaffID) async throws(DeskError) -> Bool { try await !has(AttentionTables.follows, id, dispute).isEmpty }

    // MARK: Mentions

    /// The latest notes they were called into, newest first.
    public func mentions(of id: StaffID) async throws(DeskError) -> [Mention] {
        let seen = try await seen(by: id)
        return try await rows(AttentionTables.mentions, of: id, order: [.init("note", descending: true)], limit: Desk.mentionsShownMax).compactMap { row in
            guard let dispute = row[2].text.flatMap(CaseID.init), let version = row[3].integer, let by = row[4].text.flatMap(StaffID.init) else { return nil }
            return Mention(dispute: dispute, version: Int(version), by: by, isSeen: version <= Int64(seen[dispute] ?? 0))
        }
    }

    // MARK: Reading

    /// They have read a case up to a version. Kept where they follow it or were called into it, and nowhere else.
    /// - Returns: whether it was kept.
    @discardableResult
    public func markSeen(_ dispute: CaseID, upTo version: Int, by id: StaffID) async throws(DeskError) -> Bool {
        let known = try await seen(dispute, by: id)
        guard known < version else { return false }
        let (isFollowed, isCalled) = (try await follows(dispute, id), try await !has(AttentionTables.mentions, id, dispute).isEmpty)
        guard isFollowed || isCalled else { return false }
        try await write([.put(AttentionTables.seen, [.text(id.description), .text(dispute.description), .integer(Int64(version))])])
        return true
    }

    public func seen(_ dispute: CaseID, by id: StaffID) async throws(DeskError) -> Int {
        try await has(AttentionTables.seen, id, dispute).first?[2].integer.map(Int.init) ?? 0
    }

    private func seen(by id: StaffID) async throws(DeskError) -> [CaseID: Int] {
        var versions: [CaseID: Int] = [:]
        for row in try await rows(AttentionTables.seen, of: id, limit: 2_000) {
            if let dispute = row[1].text.flatMap(CaseID.init), let version = row[2].integer { versions[dispute] = Int(version) }
        }
        return versions
    }

    private func has(_ table: RowTable, _ id: StaffID, _ dispute: CaseID) async throws(DeskError) -> [[RowValue]] {
        try await rows(table, of: id, where: [.compare("case_id", .equal, .text(dispute.description))], limit: 1)
    }

    // MARK: Put aside

    /// Cases they put out of their sight and that have not come back.
    public func snoozed(by id: StaffID) async throws(DeskError) -> [CaseID: Instant] {
        var aside: [CaseID: Instant] = [:]
        let now = surroundings.now()
        let still: RowQuery.Condition = .compare("until", .greater, .integer(now.milliseconds))
        for row in try await rows(AttentionTables.snoozes, of: id, where: [still], limit: Desk.snoozesMax) {
            if let dispute = row[1].text.flatMap(CaseID.init), let until = row[2].integer { aside[dispute] = Instant(milliseconds: until) }
        }
        return aside
    }
}
