import Chronicle
import Measures
import Runtime
import Timekeeping
import Wire

extension Operation {
    static let measuring: [Operation] = [
        Operation("list-measures", .get, "/v1/measures", for: [.staff, .machine(.read)]) { visit in try visit.listMeasures() },
        Operation("show-measure", .get, "/v1/measures/{measure}", for: [.staff, .machine(.read)]) { visit in try await visit.showMeasure() },
        Operation("list-measured-cases", .get, "/v1/measures/{measure}/cases", for: [.staff, .machine(.read)]) { visit in
            try await visit.listMeasuredCases()
        },
    ]
}

extension Visit<Caller> {
    fileprivate func listMeasures() throws -> Answer {
        let list = MeasureList(measures: Catalogue.all.map(MeasureInfo.init), dimensions: Dimension.allCases.map(MeasureList.DimensionInfo.init))
        return try .of(list, asOf: nil)
    }

    fileprivate func showMeasure() async throws -> Answer {
        let limit = try arrival.query("limit", "a number from 1 to 1000") { Int($0).flatMap { 1...1_000 ~= $0 ? $0 : nil } } ?? 200
        let policy = try await counter.desk.policyInForce()
        let answer = try await counter.desk.measures.answer(try question(), calendars: policy.calendars)
        return try .of(MeasureAnswer(answer, cellsMax: limit), asOf: answer.sequence)
    }

    fileprivate func listMeasuredCases() async throws -> Answer {
        let limit = try arrival.query("limit", "a number from 1 to 1000") { Int($0).flatMap { 1...1_000 ~= $0 ? $0 : nil } } ?? 50
        let question = try question()
        let words = arrival.query["cell"].map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) } ?? []
        guard words.isEmpty || words.count == question.by.count else {
            throw Problem(.malformed, "the cell must have a word for each dimension of “by”, with | between them", field: "cell")
        }
        let policy = try await counter.desk.policyInForce()
        let (cases, asOf) = try await counter.desk.measures.cases(behind: question, in: words, calendars: policy.calendars)
        return try .of(CasesBehind(cases: cases.prefix(limit).map(CaseBehindView.init), count: cases.count, asOf: asOf), asOf: asOf)
    }

    /// The question in the address. Without a period it is the last thirty days.
    private func question() throws -> Question {
        let name = try arrival.parameter("measure")
        guard let code = Indicator.Code(rawValue: name) else { throw Problem(.notFound, "there is no measure “\(name)”; GET /v1/measures lists them") }
        let to = try arrival.query("to", "an instant") { Instant($0) } ?? counter.now
        let from = try arrival.query("from", "an instant") { Instant($0) } ?? to - .days(30)
        guard let period = Period(from: from, to: to) else { throw Problem(.malformed, "the period ends before it begins", field: "to") }
        var question = Question(code, over: period, asOf: counter.now)
        question.by =
            try arrival.query("by", "a list of dimensions, with commas between them") { text in
                let names = text.split(separator: ",").map { Dimension(rawValue: String($0)) }
                return names.contains(nil) ? nil : names.compactMap(\.self)
            } ?? []
        question.comparedWith = try compared(period)
        question.slice = try arrival.query("where", "of the form dimension=word|word;dimension=word") { Slice.read($0) } ?? [:]
        question.basis = try arrival.query("calendar", "the name of a calendar") { CalendarName($0) }.map { .working($0) } ?? .clock
        question.isAdjusted = try arrival.query("adjusted", "true or false") { Bool($0) } ?? false
        return question
    }

    private func compared(_ period: Period) throws(Problem) -> Period? {
        if arrival.query["before"] == "previous" { return period.previous }
        if let word = arrival.query["before"] { throw Problem(.malformed, "“\(word)” is not a period to compare with; write previous", field: "before") }
        guard let from = try arrival.query("before_from", "an instant", { Instant($0) }) else { return nil }
        let to = try arrival.query("before_to", "an instant") { Instant($0) } ?? from + (period.to - period.from)
        guard let earlier = Period(from: from, to: to) else {
            throw Problem(.malformed, "the period to compare with ends before it begins", field: "before_to")
        }
        return earlier
    }
}

extension Problem {
    init(measure refusal: QuestionRefusal) {
        switch refusal {
        case .notRecorded: self.init(.refused, "\(refusal)", field: "measure")
        case .dimensionNotRecorded, .tooManyDimensions, .twiceBy, .dimensionElsewhere, .tooManyCells: self.init(.refused, "\(refusal)", field: "by")
        case .noSuchWord: self.init(.refused, "\(refusal)", field: "where")
        case .noWorkingTime, .calendar: self.init(.refused, "\(refusal)", field: "calendar")
        }
    }
}
