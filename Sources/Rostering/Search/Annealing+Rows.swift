extension Annealing {
    /// Memory and tables for drawing whole rows; absent where a row's tables would be too large to be quick.
    struct RowDrawing: Sendable {
        let rows: [CheapestRow]
        /// After how many ordinary moves a draw has had its fair half of the time.
        let everyMoves: Int
        var table: [Int32]
        var prices: [Int32]
        var row: [UInt8]
        var before: [UInt8]
        var chosen: [Int] = [0, 0, 0, 0]

        /// Prices are whole 64ths while drawing; chance adds more than rounding takes.
        static let scale: Double = 64
        static let cellsMax = 1_500_000
        /// People whose rows are drawn anew together, at most.
        static let peopleMax = 4

        init?(_ problem: RosterProblem) {
            let measure = LowerBound.tightestMeasure(problem)
            var rows: [CheapestRow] = []
            for person in problem.people.indices {
                guard let row = CheapestRow(problem, person: person, measure: measure), row.cells <= Self.cellsMax else { return nil }
                rows.append(row)
            }
            let cells = rows.map(\.cells).max() ?? 0
            self.rows = rows
            everyMoves = max(50, cells * problem.choices / 250)
            table = Array(repeating: 0, count: cells)
            prices = Array(repeating: 0, count: problem.days * problem.choices)
            row = Array(repeating: 0, count: problem.days)
            before = Array(repeating: 0, count: problem.days * Self.peopleMax)
        }
    }

    /// A few people's rows are taken off and drawn anew one after the other, each the cheapest given all others and some noise of the
    /// present temperature: near to a draw from the rows' Boltzmann distribution, and a step no chain of small moves finds.
    mutating func redraw(_ limit: Int, temperature: Double) {
        guard var drawing = drawing else { return }
        self.drawing = nil
        defer { self.drawing = drawing }
        let count = min(board.people, 1 + chance.below(RowDrawing.peopleMax))
        for index in 0..<count {
            var person = chance.below(board.people)
            while drawing.chosen[..<index].contains(person) { person = chance.below(board.people) }
            drawing.chosen[index] = person
        }
        let days = board.days
        let before = energy
        for index in 0..<count {
            let person = drawing.chosen[index]
            for day in 0..<days { drawing.before[index * days + day] = board.plan[person * days + day] }
            lay(person) { _ in 0 }
        }
        var whole = true
        for index in 0..<count {
            let person = drawing.chosen[index]
            let noise = index == count - 1 ? 0 : temperature * chance.unit()
            for day in 0..<days {
                for choice in 0..<board.choices {
                    var price = Double(board.price(person, day, choice))
                    if noise > 0 { price += noise * naturalLogarithm(max(1e-9, -naturalLogarithm(chance.unit()))) }
                    drawing.prices[day * board.choices + choice] = Int32(max(-3e6, min(3e6, price * RowDrawing.scale)))
                }
            }
            guard drawing.rows[person].solve(drawing.prices, table: &drawing.table, row: &drawing.row) != nil else {
                whole = false
                break
            }
            lay(person) { drawing.row[$0] }
        }
        if whole, energy - before <= limit { return }
        for index in 0..<count { lay(drawing.chosen[index]) { drawing.before[index * days + $0] } }
    }

    /// Gives a person a whole row.
    private mutating func lay(_ person: Int, _ row: (Int) -> UInt8) {
        let last = board.days - 1
        let before = Int(board.runsBroken(person, 0, last))
        for day in 0...last { board.put(person, day, row(day)) }
        board.note(broken: Int(board.runsBroken(person, 0, last)) - before)
    }
}
