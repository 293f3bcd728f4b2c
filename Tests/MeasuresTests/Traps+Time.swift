import Chronicle
import Disputes
import Policies
import TestKit
import Testing
import Timekeeping

@testable import Measures

/// The sixteen ways in which numbers of a dispute desk lie, and that they do not lie here. Those about time.
@Suite("The traps of time")
struct TrapsOfTime {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("1 · Calendar and business time: an answer is in one basis, and two bases refuse to be added")
    func trap1() throws {
        // given a claim filed on a Friday evening in Kuala Lumpur and answered on Monday morning
        var scene = Scene(policy, at: try #require(Instant("2026-03-06T09:30:00Z")))
        try scene.act(as: .user, Props.oneSided("DEP", "DEP-01", id: scene.id))
        try scene.pass(.hours(64))
        try scene.act(as: .expert, .take, .message(audience: .parties, body: Props.said("hello"), language: Props.english))
        let columns = Logs.columns(scene.log, policy)
        let ever = try #require(Period.ever)
        var question = Question(.firstReply, over: ever, asOf: scene.now)
        let clock = try columns.answer(question)
        let name: CalendarName = try code("MY")
        question.basis = .working(name)
        let working = try columns.answer(question, calendars: policy.calendars)
        // then the one is 64 hours and the other what the desk's week has of it
        #expect(clock.whole.now.gross?.p50 == Span.hours(64).milliseconds)
        let expected = try policy.calendars.calendar(name).workingTime(from: scene.now - .hours(64), to: scene.now)
        #expect(working.whole.now.gross?.p50 == expected.milliseconds && expected < .hours(24) && expected > .zero)
        #expect(working.whole.now.net == nil, "the net of clock time is not shown beside working time")
        #expect(throws: BasisMismatch.self) {
            try Elapsed(.hours(64), in: clock.question.basis).adding(Elapsed(.hours(8), in: working.question.basis))
        }
        // and what is no stretch between two instants cannot be recounted
        try scene.act(as: .lead, .close(reason: "answered"))
        let closed = Logs.columns(scene.log, policy)
        question.indicator = .accountableTime
        #expect(throws: QuestionRefusal.noWorkingTime(.accountableTime)) { try closed.answer(question, calendars: policy.calendars) }
    }

    @Test("2 · Pausing: gross and net stand side by side, a pause needs a request with a deadline, and chasing makes no new one")
    func trap2() throws {
        // given an order in investigation, whose decision is due in 24 hours net
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .exchange, .confirmHold(receipt: "1"))
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "video"), Props.exhibit("EV-BRCPT", "receipt"))
        try scene.pass(.hours(1))
        try scene.act(as: .agent, .take, .message(audience: .parties, body: Props.said("we look"), language: Props.english))
        let decision: ClockCode = try code("decision")
        let started = try #require(scene.log.compactMap { $0.body.body as? ClockStarted }.first { $0.clock == decision })
        // when nobody answers what was asked until the window closes, and a chasing message goes out
        try scene.pass(.hours(3))
        let paused = try #require(try scene.dispute.clock(decision))
        try scene.act(as: .agent, .message(audience: .parties, body: Props.said("please"), language: Props.english))
        #expect(try scene.dispute.clock(decision) == paused, "chasing changes no clock")
        try scene.pass(.hours(30))
        try scene.act(as: .agent, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        let ended = try #require(try scene.dispute.clock(decision))
        let log = scene.log
        let columns = Logs.columns(log, policy)
        let asOf = scene.now + .days(10)
        let cell = try #require(try columns.ask(.slaAttainment, asOf: asOf, by: [.clock]).cells.first { $0.words == ["decision"] })
        // then net says kept and gross says late, in one cell
        #expect(started.rule.kind == .net)
        #expect(ended.due > started.due, "the pause moved it")
        #expect(ended.running.metAt != nil)
        #expect(cell.now.n == 1)
        #expect(cell.now.value == ((ended.running.metAt ?? .distantFuture) < ended.due ? 1 : 0))
        #expect(cell.now.grossValue == ((ended.running.metAt ?? .distantFuture) < started.due ? 1 : 0))
        #expect(cell.now.value == 1 && cell.now.grossValue == 0)
    }

    @Test("3 · Reopening goes on with the old clock and the old case: the time between counts, and it is one case")
    func trap3() throws {
        var scene = Scene(policy)
        try scene.act(as: .user, Props.oneSided("DEP", "DEP-01", id: scene.id))
        try scene.pass(.hours(2))
        try scene.act(as: .lead, .close(reason: "answered"))
        try scene.pass(.hours(5))
        try scene.act(as: .lead, .reopen(reason: "not answered after all"))
        try scene.pass(.hours(3))
        try scene.act(as: .lead, .close(reason: "answered now"))
        let columns = Logs.columns(scene.log, policy)
        let asOf = scene.now + .days(20)
        #expect(columns.caseCount == 1)
        #expect(try columns.ask(.fullResolution, asOf: asOf).whole.now.gross?.p50 == Span.hours(10).milliseconds)
        #expect(try columns.ask(.fullResolution, asOf: asOf).whole.now.n == 1)
        let reopened = try columns.ask(.reopenRate, asOf: asOf).whole.now
        #expect(reopened.hits == 1 && reopened.n == 1)
        // Net is what the case's own timeline says the desk answers for, without the five hours in which nobody had it.
        let net = try scene.dispute.timeline.totals(over: Scene.start..<scene.now).net.span
        #expect(net <= .hours(5) && net >= .hours(2))
        #expect(try columns.ask(.fullResolution, asOf: asOf).whole.now.net?.p50 == net.milliseconds)
    }

    @Test("4 · Open cases are censored, not left out: the time to resolve does not fall because only easy ones close")
    func trap4() throws {
        // given nine claims closed in an hour and eleven that nobody touched for 30 days
        var scenes: [Scene] = []
        for number in 0..<20 {
            var scene = Scene(policy, case: UInt128(number + 1))
            try scene.act(as: .user, Props.oneSided("DEP", "DEP-01", id: scene.id))
            try scene.pass(.hours(1))
            if number < 9 { try scene.act(as: .lead, .close(reason: "easy")) }
            scenes.append(scene)
        }
        let columns = Logs.columns(Logs.one(of: scenes), policy)
        let asOf = Scene.start + .days(30)
        let naive = try columns.ask(.fullResolution, asOf: asOf).whole.now
        let honest = try columns.ask(.timeToResolve, asOf: asOf).whole.now
        #expect(naive.gross?.p50 == Span.hours(1).milliseconds, "of the closed alone all looks well")
        #expect(honest.n == 20 && honest.gross?.open == 11)
        #expect(honest.gross?.p50 == nil, "half are not over: the median cannot be said yet")
        let backlog = try columns.ask(.backlogAge, asOf: asOf).whole.now
        #expect(backlog.n == 11 && backlog.gross?.p50 == Span.days(30).milliseconds)
    }

    @Test("5 · The quantile of the whole comes from all cases, not from the quantiles of its parts")
    func trap5() throws {
        // given a quick site with many cases and a slow one with few
        let log = try Logs.lived(300, seed: 12, policy)
        let columns = Logs.columns(log, policy)
        let answer = try columns.ask(.firstResolution, asOf: Logs.end, by: [.caseType])
        let all = columns.cases.resolved.indices.filter { columns.cases.resolved[$0] <= Logs.end.milliseconds && !columns.cases.marks[$0].contains(.merged) }
            .map { columns.cases.resolved[$0] - columns.cases.opened[$0] }.sorted()
        #expect(answer.whole.now.n == all.count)
        for (perMille, quantile) in [(500, answer.whole.now.gross?.p50), (900, answer.whole.now.gross?.p90), (950, answer.whole.now.gross?.p95)] {
            #expect(quantile == all[Ranks.place(perMille: perMille, of: all.count)])
        }
        #expect(answer.whole.now.gross?.longest == all.last)
        let p90s = answer.cells.compactMap { $0.now.gross?.p90 }
        #expect(p90s.count > 3)
        #expect(p90s.reduce(0, +) / Int64(p90s.count) != answer.whole.now.gross?.p90, "the average of the parts is another number")
    }

    @Test("6 · Closed by timeout is not resolved: told apart, and never an end of the time to resolve")
    func trap6() throws {
        // given a case that ended because nobody did anything, and one that was answered
        var timedOut = Scene(policy, case: 1)
        try timedOut.act(as: .user, Props.oneSided("DEP", "DEP-01", id: timedOut.id))
        var answered = Scene(policy, case: 2)
        try answered.act(as: .user, Props.oneSided("DEP", "DEP-01", id: answered.id))
        try answered.pass(.hours(4))
        try answered.act(as: .lead, .close(reason: "answered"))
        var log = Logs.one(of: [timedOut, answered])
        let last = try #require(log.last { $0.envelope.stream == StreamID(timedOut.id) }).envelope
        var closing = last
        (closing.version, closing.sequence, closing.occurred, closing.actor) = (last.version + 1, Int64(log.count + 1), Scene.start + .hours(8), .clock)
        log.append(Recorded(closing, CaseEvent(try decoded(CaseClosed.self, #"{"how":"timed-out"}"#))))
        let columns = Logs.columns(log, policy)
        let asOf = Scene.start + .days(2)
        let full = try columns.ask(.fullResolution, asOf: asOf).whole.now
        #expect(full.parts.map(\.name) == ["resolved", "closed by timeout"])
        #expect(full.parts.map(\.n) == [1, 1])
        #expect(full.parts[0].spread?.p50 == Span.hours(4).milliseconds)
        #expect(try columns.ask(.firstResolution, asOf: asOf).whole.now.n == 1)
        let resolve = try columns.ask(.timeToResolve, asOf: asOf).whole.now
        #expect(resolve.n == 2 && resolve.gross?.over == 1)
        let auto = try columns.ask(.autoResolution, asOf: asOf).whole.now
        #expect(auto.parts.first { $0.name == "by timeout" }?.n == 1)
    }

    @Test("12 · The day of a night shift is the date it began on, and a day of a clock change has 23 or 25 hours")
    func trap12() throws {
        // given a desk in Kuala Lumpur whose day starts at 08:00
        let kl = try policy.calendars.zone(try code("Asia/Kuala_Lumpur"))
        let morning = try #require(TimeOfDay("08:00"))
        let date = try #require(CivilDate("2026-03-03"))
        let day = try #require(Period(from: date, through: date, in: kl, dayStartsAt: morning))
        // when a case comes at 02:00 on the 4th, in the shift that began at 22:00 on the 3rd
        var scene = Scene(policy, at: try #require(Instant("2026-03-04T02:00:00+08:00")))
        try scene.act(as: .user, Props.oneSided("DEP", "DEP-01", id: scene.id))
        let columns = Logs.columns(scene.log, policy)
        let asOf = scene.now + .days(2)
        // then it belongs to the 3rd, and to no other day
        #expect(try columns.ask(.timeToResolve, asOf: asOf, over: day).whole.now.n == 1)
        let next = try #require(Period(from: date.adding(days: 1), through: date.adding(days: 1), in: kl, dayStartsAt: morning))
        #expect(try columns.ask(.timeToResolve, asOf: asOf, over: next).whole.now.n == 0)
        // and across a change of the clock days are as long as they are
        let dublin = try policy.calendars.zone(try code("Europe/Dublin"))
        for (text, hours) in [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)] as [(String, Int64)] {
            let date = try #require(CivilDate(text))
            let day = try #require(Period(from: date, through: date, in: dublin, dayStartsAt: .midnight))
            #expect(day.to - day.from == .hours(hours), "\(text)")
        }
    }

    @Test("13 · Merged cases are one case, as old as the oldest; when the merge is undone they are two again")
    func trap13() throws {
        // given a twin that was filed two hours before the case it is merged into
        var twin = Scene(policy, case: 1)
        try twin.act(as: .buyer, Props.escrowed(id: twin.id))
        var primary = Scene(policy, at: Scene.start + .hours(2), case: 2)
        try primary.act(as: .buyer, Props.escrowed(id: primary.id))
        try twin.pass(.hours(3))
        try primary.pass(.hours(1))
        try twin.act(as: .lead, .merge(into: .init(try primary.dispute)))
        try primary.act(as: .lead, .absorb(twin.id))
        let asOf = primary.now + .hours(1)
        let merged = Logs.columns(Logs.one(of: [twin, primary]), policy)
        let one = try merged.ask(.backlogAge, asOf: asOf).whole.now
        #expect(one.n == 1 && one.gross?.p50 == Span.hours(4).milliseconds)
        #expect(try merged.ask(.timeToResolve, asOf: asOf).whole.now.n == 1)
        // when the merge was a mistake
        try twin.act(as: .lead, .unmerge(reason: "another order"))
        try primary.act(as: .lead, .releaseDuplicate(twin.id))
        let apart = try Logs.columns(Logs.one(of: [twin, primary]), policy).ask(.backlogAge, asOf: asOf).whole.now
        #expect(apart.n == 2 && apart.gross?.longest == Span.hours(4).milliseconds && apart.gross?.p50 == Span.hours(2).milliseconds)
    }

    @Test("14 · A machine's acknowledgement is no reply: only a person's word counts as the first")
    func trap14() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.pass(.hours(1))
        #expect(scene.happened("letter-sent"))
        let asOf = scene.now + .hours(1)
        let before = try Logs.columns(scene.log, policy).ask(.firstReply, asOf: asOf).whole.now
        #expect(before.n == 2 && before.hits == 0, "both sides have only had letters")
        try scene.act(as: .agent, .take, .message(audience: .staff, body: Props.said("who knows this bank?"), language: Props.english))
        try scene.act(as: .agent, .message(audience: .filer, body: Props.said("hello"), language: Props.english))
        let after = try Logs.columns(scene.log, policy).ask(.firstReply, asOf: asOf).whole.now
        #expect(after.parts.map { $0.spread?.over } == [1, 0], "the side written to has its reply, the other has none")
        #expect(after.parts[0].spread?.p50 == Span.hours(1).milliseconds)
    }
}

/// An event as the log would have it, for what no scene can make happen.
func decoded<Body: CaseHappening>(_ kind: Body.Type, _ json: String) throws -> Body {
    try Array(json.utf8).withUnsafeBytes { bytes in
        guard let body = try CaseEvent.read(kind.type, from: bytes).body as? Body else { throw UnknownEvent(kind.type) }
        return body
    }
}
