import Chronicle
import Disputes
import Policies
import TestKit
import Testing

@testable import Measures

@Suite("The catalogue of indicators")
struct TheCatalogue {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("All fifty are there, each once, with all that a reader needs")
    func complete() {
        #expect(Catalogue.all.count == 50)
        #expect(Set(Catalogue.all.map(\.code)) == Set(Indicator.Code.allCases))
        for indicator in Catalogue.all {
            #expect(!indicator.title.isEmpty && !indicator.formula.isEmpty && !indicator.cohort.isEmpty && !indicator.short.isEmpty)
            #expect((indicator.source == "–") == (indicator.needs != nil), "\(indicator.code.rawValue): a source it has, or a need")
        }
    }

    @Test("What can be answered is answered on a lived log, by any two dimensions, and the cells add up to the whole", arguments: Indicator.Code.allCases)
    func answered(code: Indicator.Code) throws {
        let columns = Logs.columns(try Logs.lived(200, seed: 21, policy), policy)
        let asOf = Logs.end + .days(40)
        guard Catalogue.indicator(code)?.needs == nil else {
            #expect(throws: QuestionRefusal.self) { try columns.ask(code, asOf: asOf) }
            return
        }
        for by in [[], [.caseType], [.language, .tier], [.reason, .agent]] as [[Dimension]] {
            let answer = try columns.ask(code, asOf: asOf, by: by)
            guard !answer.question.by.isEmpty else { continue }
            #expect(answer.cells.reduce(0) { $0 + $1.now.n } == answer.whole.now.n, "\(by)")
            #expect(answer.cells.allSatisfy { $0.words.count == answer.question.by.count && $0.now.n > 0 })
            if let hits = answer.whole.now.hits { #expect(answer.cells.reduce(0) { $0 + ($1.now.hits ?? 0) } == hits, "\(by)") }
            for cell in answer.cells.prefix(3) {
                let behind = try columns.cases(behind: answer.question, in: cell.words)
                #expect(behind.count == cell.now.n, "the cases behind \(cell.words)")
            }
            for cell in answer.cells {
                if let low = cell.now.low, let high = cell.now.high, let value = cell.now.value { #expect(low <= value && value <= high) }
            }
        }
    }

    @Test("Two periods side by side: what was there before and is no longer is a cell, too; a share has the interval of its change")
    func compared() throws {
        let columns = Logs.columns(try Logs.lived(300, seed: 5, policy), policy)
        let start = Logs.end - .days(60)
        let now = try #require(Period(from: start + .days(1), to: start + .days(2)))
        let answer = try columns.answer(Question(.autoResolution, over: now, comparedWith: now.previous, by: [.caseType], asOf: Logs.end))
        let alone = try columns.answer(Question(.autoResolution, over: try #require(now.previous), by: [.caseType], asOf: Logs.end))
        #expect(answer.whole.before == alone.whole.now)
        for cell in alone.cells { #expect(answer.cells.first { $0.words == cell.words }?.before == cell.now) }
        #expect(answer.whole.change?.low != nil)
    }

    @Test("A slice counts only itself; a word nobody has is said to be unknown")
    func sliced() throws {
        let columns = Logs.columns(try Logs.lived(200, seed: 6, policy), policy)
        let all = try columns.ask(.timeToResolve, asOf: Logs.end, by: [.language])
        let first = try #require(all.cells.first)
        var question = Question(.timeToResolve, over: try #require(Period.ever), slice: [.language: Set(first.words)], asOf: Logs.end)
        let sliced = try columns.answer(question).whole.now
        #expect(sliced == first.now)
        question.slice = [.language: ["xx"]]
        #expect(throws: QuestionRefusal.noSuchWord(.language, "xx")) { try columns.answer(question) }
    }

    @Test("What the log does not record is said, not invented", arguments: [[Dimension.shift], [.evidence], [.language, .language], [.tier, .type(), .rail]])
    func refused(by: [Dimension]) throws {
        let columns = Logs.columns(try Logs.lived(20, seed: 7, policy), policy)
        #expect(throws: QuestionRefusal.self) { try columns.ask(.timeToResolve, asOf: Logs.end, by: by) }
    }

    @Test("Nothing happened yet: every number is none, not nought", arguments: Indicator.Code.allCases.filter { Catalogue.indicator($0)?.needs == nil })
    func empty(code: Indicator.Code) throws {
        let answer = try Columns().ask(code, asOf: Scene.start, by: code == .languageParity ? [] : [.caseType])
        #expect(answer.whole.now.n == 0)
        #expect(answer.cells.isEmpty)
        if code != .backlog, code != .languageParity { #expect(answer.whole.now.value == nil) }
    }

    @Test("Expected against actual stands beside each slice when asked for")
    func adjusted() throws {
        let columns = Logs.columns(try Logs.lived(300, seed: 8, policy), policy)
        let answer = try columns.answer(Question(.firstResolution, over: try #require(Period.ever), by: [.agent], asOf: Logs.end, isAdjusted: true))
        #expect(answer.cells.count > 10)
        #expect(answer.cells.allSatisfy { $0.mix?.count == $0.now.n })
        let (observed, expected) = answer.cells.reduce((0.0, 0.0)) { ($0.0 + ($1.mix?.observed ?? 0), $0.1 + ($1.mix?.expected ?? 0)) }
        #expect(abs(observed - expected) < 1e-6 * observed)
    }
}

extension Dimension {
    /// So that the arguments of a test can name it without ambiguity.
    fileprivate static func type() -> Dimension { .caseType }
}
