import Chronicle
import Disputes
import Timekeeping

extension Columns {
    /// What the columns say to a question.
    ///
    /// - Parameter calendars: where the calendar of a question in working time is; without such a question never looked at.
    public func answer(_ question: Question, calendars: Calendars = Calendars()) throws(QuestionRefusal) -> Answer {
        let (indicator, shape, observe) = try computation(of: question.indicator)
        var question = question
        if shape == .parity, question.by.isEmpty { question.by = [.language] }
        question.asOf = max(question.asOf, asOf)
        let seen = try observations(observe, question.period, question, calendars)
        let table = try Tabulation(seen, question, self)
        let now = Summary(seen, table, shape)
        var cells = now.cells.map { Cell(words: table.words(of: $0.cell, self), now: $0.figure) }
        var whole = Cell(words: [], now: now.whole)
        if let earlier = question.comparedWith { try compare(&cells, &whole, observe, shape, earlier, question, calendars) }
        if question.isAdjusted, shape == .share || shape == .spread { adjust(&cells, now.cells.map(\.cell), seen, table, shape) }
        cells.sort { ($1.now.n, $0.words.joined(separator: "\u{1}")) < ($0.now.n, $1.words.joined(separator: "\u{1}")) }
        return Answer(
            question: question, indicator: indicator, sequence: sequence, cells: cells, whole: whole, simulated: simulated(seen, table))
    }

    /// The cases a number was counted from: of one slice, or of all; the longest and the misses first.
    public func cases(behind question: Question, in words: [String] = [], calendars: Calendars = Calendars()) throws(QuestionRefusal) -> [CaseBehind] {
        let (_, shape, observe) = try computation(of: question.indicator)
        var question = question
        question.asOf = max(question.asOf, asOf)
        for (dimension, word) in zip(question.by, words) { question.slice[dimension] = [word] }
        question.by = []
        let seen = try observations(observe, question.period, question, calendars)
        let table = try Tabulation(seen, question, self)
        var found: [CaseBehind] = []
        for index in 0..<seen.count where table.keys.isEmpty || table.keys[index] != Tabulation.out {
            found.append(
                CaseBehind(
                    id: cases.id[Int(seen.rows[index])], value: seen.values.isEmpty ? nil : seen.values[index],
                    other: seen.others.isEmpty ? nil : seen.others[index], isHit: seen.hits.isEmpty ? nil : seen.hits[index],
                    part: seen.marks.isEmpty ? nil : seen.parts[Int(seen.marks[index])]))
        }
        let wantsHits = shape == .share && Catalogue.indicator(question.indicator)?.better == .less
        func rank(_ one: CaseBehind) -> (Int, Int64, CaseID) { (one.isHit == wantsHits ? 0 : 1, -(one.value ?? 0), one.id) }
        return found.sorted { shape == .share ? rank($0) < rank($1) : (rank($0).1, $0.id) < (rank($1).1, $1.id) }
    }

    private func computation(of code: Indicator.Code) throws(QuestionRefusal) -> (Indicator, Indicator.Shape, @Sendable (borrowing Observing) -> Observations) {
        guard let indicator = Catalogue.indicator(code) else { throw .notRecorded(code, needs: "a row in the catalogue") }
        switch indicator.computation {
        case .observed(let shape, let observe): return (indicator, shape, observe)
        case .notRecorded(let needs): throw .notRecorded(code, needs: needs)
        }
    }

    private func observations(
        _ observe: @Sendable (borrowing Observing) -> Observations, _ period: Period, _ question: Question, _ calendars: Calendars
    ) throws(QuestionRefusal) -> Observations {
        var seen = observe(Observing(self, period, asOf: question.asOf))
        guard case .working(let name) = question.basis, seen.count > 0 else { return seen }
        guard seen.starts.count == seen.count else { throw .noWorkingTime(question.indicator) }
        do {
            let calendar = try calendars.calendar(name)
            try seen.recount { try calendar.workingTime(from: Instant(milliseconds: $0), to: Instant(milliseconds: $1)).milliseconds }
        } catch {
            throw .calendar("\(error)")
        }
        return seen
    }

    private func compare(
        _ cells: inout [Cell], _ whole: inout Cell, _ observe: @Sendable (borrowing Observing) -> Observations, _ shape: Indicator.Shape,
        _ earlier: Period, _ question: Question, _ calendars: Calendars
    ) throws(QuestionRefusal) {
        let seen = try observations(observe, earlier, question, calendars)
        let table = try Tabulation(seen, question, self)
        let before = Summary(seen, table, shape)
        var byWords: [[String]: Figure] = [:]
        for cell in before.cells { byWords[table.words(of: cell.cell, self)] = cell.figure }
        // What there was then and is no longer is a change, too.
        let known = Set(cells.map(\.words))
        for words in byWords.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where !known.contains(words) {
            cells.append(Cell(words: words, now: Figure()))
        }
        for index in cells.indices { cells[index].compare(with: byWords[cells[index].words] ?? Figure(), isShare: shape == .share) }
        whole.compare(with: before.whole, isShare: shape == .share)
    }

    /// Expected and actual for each slice, by reason, rail and language.
    private func adjust(_ cells: inout [Cell], _ numbers: [Int], _ seen: Observations, _ table: Tabulation, _ shape: Indicator.Shape) {
        guard !table.keys.isEmpty else { return }
        var strata: [UInt64: UInt32] = [:]
        var rows: [CaseMix.Row] = []
        rows.reserveCapacity(seen.count)
        for index in 0..<seen.count where table.keys[index] != Tabulation.out {
            let row = seen.rows[index]
            let kind = UInt64(code(.reason, of: row)) << 32 | UInt64(code(.rail, of: row)) << 16 | UInt64(code(.language, of: row))
            let next = UInt32(strata.count)
            let stratum = strata[kind] ?? next
            if stratum == next { strata[kind] = next }
            let value = shape == .share ? (seen.hits[index] ? 1.0 : 0) : Double(seen.values[index])
            rows.append(CaseMix.Row(unit: table.keys[index], stratum: stratum, value: value))
        }
        let mixes = CaseMix.adjust(rows)
        for (index, number) in numbers.enumerated() { cells[index].mix = mixes[UInt32(number)] }
    }

    private func simulated(_ seen: Observations, _ table: Tabulation) -> Int {
        guard let code = words[.origin]?.known("rehearsal"), let place = Dimension.placeOfCases[.origin] else { return 0 }
        let origins = cases.codes[place]
        var count = 0
        for index in 0..<seen.count where origins[Int(seen.rows[index])] == code && (table.keys.isEmpty || table.keys[index] != Tabulation.out) { count += 1 }
        return count
    }
}

extension Cell {
    mutating func compare(with earlier: Figure, isShare: Bool) {
        before = earlier
        guard let value = now.value, let old = earlier.value else { return }
        if isShare, let hits = now.hits, let oldHits = earlier.hits, let change = Proportion(hits, of: now.n).less(Proportion(oldHits, of: earlier.n)) {
            self.change = Change(difference: change.difference, low: change.interval.lowerBound, high: change.interval.upperBound)
        } else {
            change = Change(difference: value - old, low: nil, high: nil)
        }
    }
}
