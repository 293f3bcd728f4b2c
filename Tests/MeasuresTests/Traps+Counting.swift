import Chronicle
import Disputes
import Policies
import TestKit
import Testing

@testable import Measures

/// Those about whom one counts, and by what.
@Suite("The traps of counting")
struct TrapsOfCounting {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("7 · Satisfaction is split by ending, shown with its response rate, and nobody handling a case chooses who is asked")
    func trap7() {
        // given winners of whom all answer 5 and losers of whom two in ten answer 1; and three asked by hand
        var asked = (0..<10).map { _ in Satisfaction.Asked(.forThem, score: 5) }
        asked += (0..<10).map { Satisfaction.Asked(.againstThem, score: $0 < 2 ? 1 : nil) }
        asked += (0..<3).map { _ in Satisfaction.Asked(.forThem, score: 5, wasHandPicked: true) }
        let heard = Satisfaction(asked)
        // then the naive share is 10 of 12, and the honest one a half
        #expect(heard.byEnding[.forThem]?.content == Proportion(10, of: 10))
        #expect(heard.byEnding[.againstThem]?.content == Proportion(0, of: 2))
        #expect(heard.byEnding[.againstThem]?.response == Proportion(2, of: 10))
        #expect(heard.handPicked == 3)
        #expect(heard.contentAmongAsked == 0.5)
        let silent = Satisfaction((0..<5).map { _ in Satisfaction.Asked(.againstThem, score: nil) } + [Satisfaction.Asked(.forThem, score: 5)])
        #expect(silent.contentAmongAsked == nil, "of those who lost nobody is known")
    }

    @Test("8 · Simpson: who has the hard cases is compared with what hard cases take, and the better one comes out better")
    func trap8() throws {
        // given A, quicker at both kinds, but with mostly hard cases
        var rows: [CaseMix.Row] = []
        func add(_ unit: UInt32, _ stratum: UInt32, _ value: Double, _ times: Int) {
            for index in 0..<times { rows.append(.init(unit: unit, stratum: stratum, value: value + Double(index % 3) - 1)) }
        }
        add(0, 0, 9, 10)
        add(0, 1, 90, 90)
        add(1, 0, 11, 90)
        add(1, 1, 110, 10)
        let mixes = CaseMix.adjust(rows)
        let (a, b) = (try #require(mixes[0]), try #require(mixes[1]))
        #expect(a.observed / Double(a.count) > b.observed / Double(b.count), "the bare average says A is slower")
        #expect((a.ratio ?? 9) < 1 && (b.ratio ?? 0) > 1, "expected against actual says A is quicker")
        #expect((a.adjusted ?? 9) < (b.adjusted ?? 0))
        #expect(abs(mixes.values.reduce(0) { $0 + $1.expected } - mixes.values.reduce(0) { $0 + $1.observed }) < 1e-6, "nothing is lost between units")
    }

    @Test("9 · Two of five appeals is hardly known: the interval says so, and a ranking draws it towards the whole")
    func trap9() throws {
        let two = Proportion(2, of: 5)
        let interval = try #require(two.wilson)
        #expect(interval.lowerBound < 0.12 && interval.upperBound > 0.76)
        #expect(abs(two.shrunk(towards: 0.1) - 0.16) < 1e-9)
        let many = Proportion(200, of: 500)
        #expect(abs(many.shrunk(towards: 0.1) - 0.4) < 0.02, "many cases speak for themselves")
        // An answer carries the interval with the number.
        let columns = Logs.columns(try appealed(.overturned), policy)
        let rate = try columns.ask(.overturnRate, asOf: Scene.start + .days(40)).whole.now
        #expect(rate.hits == 1 && rate.n == 1)
        #expect((rate.low ?? 1) < 0.25 && rate.high == 1)
        #expect(rate.parts.first { $0.name == "the handler's error" }?.n == 1)
    }

    @Test("10 · Denominators: an appeal rate counts decisions whose window is closed, a reopen rate cases whose days are over")
    func trap10() throws {
        var open = try ruled(case: 1)
        var closed = try ruled(case: 2)
        let decided = open.now
        try closed.pass(.days(60))
        #expect(try closed.dispute.isClosed)
        let columns = Logs.columns(Logs.one(of: [open, closed]), policy)
        // given one decision that may still be appealed, and one that may not
        let rate = try columns.ask(.appealRate, asOf: closed.now).whole.now
        #expect(rate.n == 1 && rate.hits == 0)
        #expect(decided < closed.now)
        // A case closed yesterday may still be reopened: it does not flatter the rate.
        let closing = try #require(closed.log.last?.envelope.occurred)
        #expect(try columns.ask(.reopenRate, asOf: closing + .days(13)).whole.now.n == 0)
        #expect(try columns.ask(.reopenRate, asOf: closing + .days(14)).whole.now.n == 1)
        // An appeal closes the window by itself.
        try open.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("unfair", by: .seller)))
        let both = try Logs.columns(Logs.one(of: [open, closed]), policy).ask(.appealRate, asOf: closed.now).whole.now
        #expect(both.n == 2 && both.hits == 1)
    }

    @Test("11 · A page left open is not work: gaps over the cut-off count nothing, and one touch counts at most the cap")
    func trap11() {
        let focus = FocusTime(idleCutOff: .seconds(60), touchMax: .minutes(30))
        func at(_ seconds: Int64) -> Instant { Scene.start + .seconds(seconds) }
        #expect(focus.span(of: [at(0), at(20), at(50)]) == .seconds(50))
        #expect(focus.span(of: [at(0), at(20), at(3_600), at(3_630)]) == .seconds(50), "the lunch is not in it")
        #expect(focus.span(of: [at(60), at(0)]) == .seconds(60), "a gap of exactly the cut-off is work")
        #expect(focus.span(of: (0...200).map { at($0 * 30) }) == .minutes(30), "the cap")
        #expect(focus.span(of: [at(0)]) == .zero)
        // What needs it says so, and shows no number instead.
        #expect(throws: QuestionRefusal.self) { try Columns().ask(.effort, asOf: Scene.start) }
        #expect(Catalogue.indicator(.effort)?.needs?.contains("focus time") == true)
    }

    @Test("15 · Value is that of the opening: what was recovered is worth its share of it, whatever the coin costs later")
    func trap15() throws {
        // given 0.06 BTC that were worth 900 USDT when the case opened, of which an agreement gives the buyer two thirds
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(amount: "0.06000000 BTC", value: "900.000000 USDT", id: scene.id))
        try scene.act(as: .agent, .take, .admit)
        try scene.act(as: .seller, .offer(Terms(toBuyer: Props.amount("0.04000000 BTC"), toSeller: Props.amount("0.02000000 BTC"))))
        let offer = try #require(try scene.dispute.offers.first)
        try scene.act(as: .buyer, .acceptOffer(offer.id))
        for instruction in try scene.dispute.instructions { try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "x")) }
        let columns = Logs.columns(scene.log, policy)
        #expect(columns.cases.value == [900_000_000])
        let rate = try columns.ask(.recoveryRate, asOf: scene.now + .days(1)).whole.now
        #expect(rate.n == 1)
        #expect(columns.cases.recovered == [600_000_000], "two thirds of the price then, in whole minor units")
        #expect(abs((rate.value ?? 0) - 2.0 / 3) < 1e-9)
    }

    @Test("16 · Goodhart: every indicator names what has to be read beside it, and what pays has one that tells later")
    func trap16() {
        for indicator in Catalogue.all {
            #expect(indicator.counter != indicator.code, "\(indicator.code.rawValue) is its own counter")
            #expect(Catalogue.indicator(indicator.counter) != nil)
            #expect(indicator.delayed != indicator.code, "\(indicator.code.rawValue)")
        }
        // Speed and cost, which pay plans reach for, have a delayed counter that can be answered now.
        for code in [Indicator.Code.firstReply, .firstResolution, .fullResolution, .accountableTime, .slaAttainment, .autoResolution, .handlingTime] {
            let delayed = Catalogue.indicator(code)?.delayed
            #expect(delayed != nil, "\(code.rawValue)")
            #expect(delayed.flatMap(Catalogue.indicator)?.needs == nil, "\(code.rawValue)")
        }
    }

    // MARK: Scenes

    /// A case ruled for the buyer and carried out; its appeal window is open.
    private func ruled(case number: UInt128) throws -> Scene {
        var scene = Scene(policy, case: number)
        try scene.act(as: .buyer, Props.escrowed(order: "ORD-\(number)", id: scene.id))
        try scene.act(as: .exchange, .confirmHold(receipt: "1"))
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "video \(number)"), Props.exhibit("EV-BRCPT", "receipt \(number)"))
        try scene.pass(.hours(1))
        try scene.act(as: .seller, Props.exhibit("EV-VIDEO", "no receipt \(number)"))
        try scene.act(as: .expert, .take)
        try scene.act(as: .expert, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        for instruction in try scene.dispute.instructions { try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "2")) }
        return scene
    }

    private func appealed(_ result: Appeal.Result) throws -> [Recorded<CaseEvent>] {
        var scene = try ruled(case: 1)
        try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("unfair", by: .seller)))
        let draft = Props.draft("OUT-REL", fault: "FLT-NONE", answering: try scene.dispute)
        try scene.act(as: .senior, .decideAppeal(result, cause: try code("OVT-ERR"), reason: Props.said("an error"), draft))
        return scene.log
    }
}
