import ArgumentParser
import Chronicle
import RecourseClient
import Wire

/// `case snooze`: out of my own sight until then.
struct SnoozeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "Put a case out of your own lists until a moment.",
        discussion: """
            No clock stands still for it, and nobody else's list changes. It comes back at that moment, and earlier when anybody but the desk does something
            in it, or a note calls you in.

            Example: recourse case snooze P2P-1001 --until 2026-12-01T09:00:00Z --as amir
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Until when.", valueName: "instant")) var until: Instant
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.snoozeCase(act.named, SnoozeBody(until: until)) }
}

/// `case wake`: see it again.
struct WakeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "wake", abstract: "See a case again that you put aside.", discussion: "Example: recourse case wake P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.endSnooze(act.named) }
}

/// `case follow`: be told what others do in it.
struct FollowCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Follow a case: `case followed` tells what others did in it.",
        discussion: "Example: recourse case follow P2P-1001 --as lee"
    )
    @OptionGroup var act: ActOptions
    @Flag(name: .long, help: "Follow it no longer.") var stop = false

    mutating func run() async throws {
        let me = self
        try await Connection.use(act.shared) { desk in
            try desk.demandActor()
            let now = me.stop ? try await desk.client.unfollowCase(me.act.named) : try await desk.client.followCase(me.act.named)
            print(now.following ? "followed" : "followed no longer")
        }
    }
}

/// `case followed`: what is new where I look.
struct ListFollowed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "followed", abstract: "What others did in the cases you follow, or were called into by a note, since you last saw them.",
        discussion: "Example: recourse case followed --mentions --as lee")
    @Flag(name: .long, help: "Those where a note called you in.") var mentions = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            try desk.demandActor()
            let list = me.mentions ? try await desk.client.listMentions() : try await desk.client.listFollowed()
            if list.cases.isEmpty { print(me.mentions ? "nobody has called you in" : "you follow no case") }
            for line in list.cases {
                print("\(line.summary.short)  \(line.summary.reason)  \(line.seen ? "seen" : "new")  \(line.newsCount) by others")
                for event in line.news { print("    \(Moments.exact(event.occurred))  \(event.type)") }
            }
        }
    }
}
