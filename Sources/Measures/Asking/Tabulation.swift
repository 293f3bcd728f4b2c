/// Observations told apart by slice: for each the number of its slice, and the words the slices stand for.
struct Tabulation {
    /// More slices than this nobody reads, and no table holds.
    static let cellsMax = 4_000_000
    static let out = UInt32.max

    /// The slice of each observation; `out` for one outside the slice asked for. Empty when everything is one slice.
    private(set) var keys: [UInt32] = []
    let cellCount: Int
    private let dimensions: [Dimension]
    private let breadths: [Int]

    /// - Parameter columns: where the codes of cases are.
    init(_ seen: Observations, _ question: Question, _ columns: Columns) throws(QuestionRefusal) {
        dimensions = question.by
        guard dimensions.count <= Question.dimensionsMax else { throw .tooManyDimensions }
        if dimensions.count == 2, dimensions[0] == dimensions[1] { throw .twiceBy(dimensions[0]) }
        for dimension in dimensions + question.slice.keys {
            if let because = dimension.isMissingBecause { throw .dimensionNotRecorded(dimension, because: because) }
            if seen.count > 0, seen.own[dimension] == nil, Dimension.placeOfCases[dimension] == nil { throw .dimensionElsewhere(dimension, question.indicator) }
        }
        breadths = dimensions.map { columns.words[$0]?.words.count ?? 1 }
        cellCount = breadths.reduce(1, *)
        if let a = dimensions.first, let b = dimensions.last, cellCount > Tabulation.cellsMax { throw .tooManyCells(a, b) }
        guard !dimensions.isEmpty || !question.slice.isEmpty else { return }
        keys = [UInt32](repeating: 0, count: seen.count)
        for (place, dimension) in dimensions.enumerated() { addKeys(dimension, breadth: place == 0 ? 1 : breadths[place], seen, columns) }
        for (dimension, wanted) in question.slice.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { try keep(dimension, wanted, seen, columns) }
    }

    private mutating func addKeys(_ dimension: Dimension, breadth: Int, _ seen: Observations, _ columns: Columns) {
        let factor = UInt32(breadth)
        if let own = seen.own[dimension] {
            for index in own.indices { keys[index] = keys[index] * factor + UInt32(own[index]) }
            return
        }
        guard let place = Dimension.placeOfCases[dimension] else { return }
        columns.cases.codes[place].withUnsafeBufferPointer { codes in
            seen.rows.withUnsafeBufferPointer { rows in
                keys.withUnsafeMutableBufferPointer { keys in
                    for index in rows.indices { keys[index] = keys[index] &* factor &+ UInt32(codes[Int(rows[index])]) }
                }
            }
        }
    }

    private mutating func keep(_ dimension: Dimension, _ wanted: Set<String>, _ seen: Observations, _ columns: Columns) throws(QuestionRefusal) {
        let lexicon = columns.words[dimension] ?? Lexicon()
        var isWanted = [Bool](repeating: false, count: 65_536)
        for word in wanted.sorted() {
            guard let code = lexicon.known(word) else { throw .noSuchWord(dimension, word) }
            isWanted[Int(code)] = true
        }
        if let own = seen.own[dimension] {
            for index in own.indices where !isWanted[Int(own[index])] { keys[index] = Tabulation.out }
        } else if let place = Dimension.placeOfCases[dimension] {
            let codes = columns.cases.codes[place]
            for index in seen.rows.indices where !isWanted[Int(codes[Int(seen.rows[index])])] { keys[index] = Tabulation.out }
        }
    }

    /// The words of a slice.
    func words(of cell: Int, _ columns: Columns) -> [String] {
        var rest = cell
        var codes: [UInt16] = []
        for breadth in breadths.reversed() {
            codes.append(UInt16(rest % breadth))
            rest /= breadth
        }
        return zip(dimensions, codes.reversed()).map { columns.words[$0]?[$1] ?? Lexicon.notRecorded }
    }
}
