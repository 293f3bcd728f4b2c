import Chronicle
import RecourseClient
import Wire

extension Route {
    /// Where the reader's own eyes are, on a case: none of it is written on what they saw, so none brings a version.
    static let attending: [Route] = [
        Route(.post, "/cases/{case}/follow", for: .staff) { visit in
            _ = try await visit.client.followCase(visit.parameter("case"))
            return .goOn(to: "/cases/\(RecourseClient.encoded(visit.parameter("case")))?said=follow")
        },
        Route(.post, "/cases/{case}/unfollow", for: .staff) { visit in
            _ = try await visit.client.unfollowCase(visit.parameter("case"))
            return .goOn(to: "/cases/\(RecourseClient.encoded(visit.parameter("case")))?said=unfollow")
        },
        Route(.post, "/cases/{case}/snooze", for: .staff) { visit in
            let until = SnoozeMoments(visit).moment(visit.request["moment"]) ?? visit.request["until"].flatMap(Instant.init)
            do {
                guard let until else { throw Problem(.refused, visit.phrases("snooze_when"), field: "until") }
                let change = try await visit.client.snoozeCase(visit.parameter("case"), SnoozeBody(until: until))
                return .goOn(to: "/cases/\(change.short)?said=snooze")
            } catch let problem as Problem where problem.status < 500 {
                return try await visit.casePage(problem: problem)
            }
        },
        Route(.post, "/cases/{case}/wake", for: .staff) { visit in
            let change = try await visit.client.endSnooze(visit.parameter("case"))
            return .goOn(to: "/cases/\(change.short)?said=wake")
        },
        Route(.post, "/cases/{case}/seen", for: .staff) { visit in
            let version = visit.request["version"].flatMap(Int.init) ?? 0
            let marked = try await visit.client.markSeen(visit.parameter("case"), SeenBody(version: version))
            if visit.request.wantsJSON { return try .json(marked) }
            return .goOn(to: Visit.local(visit.request["next"]) ?? "/cases/\(RecourseClient.encoded(visit.parameter("case")))?said=seen")
        },
    ]
}

/// The line of a case's page about the reader and the others who read it.
struct CaseAttention {
    let attention: AttentionView
    let detail: CaseDetail
    let mayWriteNotes: Bool

    func fields(_ visit: Visit) -> Fields {
        let isNew = attention.seen.map { $0 < detail.summary.version } ?? false
        let mayAside = mayWriteNotes && detail.summary.closed == nil && attention.snoozedUntil == nil
        return [
            "following": .flag(attention.following), "unread": .flag(isNew || attention.mentioned), "called": .flag(attention.mentioned),
            "someone": .flag(!attention.looking.isEmpty),
            "looking": .text(attention.looking.isEmpty ? "" : visit.phrases("looking", attention.looking.joined(separator: ", "))),
            "asideUntil": attention.snoozedUntil.map { .group(["words": .text(visit.phrases("aside_until", visit.clock.short($0)))]) } ?? .none,
            "mayAside": mayAside
                ? .group(["moments": .list(SnoozeMoments(visit).offered.map { ["at": .text($0.at.description), "name": .text($0.name)] })]) : .none,
        ]
    }
}
