/// Observations of each slice, and of all, made into figures.
struct Summary {
    /// A figure for each slice that has any observation.
    private(set) var cells: [(cell: Int, figure: Figure)] = []
    private(set) var whole = Figure()

    init(_ seen: Observations, _ table: Tabulation, _ shape: Indicator.Shape) {
        var seen = SortedOut(seen, table)
        let isCut = table.cellCount > 1
        if isCut { seen.bringTogether(isSurvival: shape.isSurvival) } else if shape.isSurvival { seen.bringTogether(isSurvival: true) }
        for cell in 0..<(isCut ? table.cellCount : 0) where seen.count(of: cell) > 0 { cells.append((cell, seen.figure(of: cell, shape))) }
        whole = seen.figureOfAll(shape)
        if shape == .parity, let median = whole.value, median > 0 {
            cells = cells.map { cell in
                var figure = cell.figure
                (figure.value, figure.low, figure.high) = (figure.value.map { $0 / median }, figure.low.map { $0 / median }, figure.high.map { $0 / median })
                return (cell.cell, figure)
            }
            (whole.value, whole.low, whole.high) = (1, nil, nil)
        }
    }
}

extension Indicator.Shape {
    var isSurvival: Bool {
        switch self {
        case .survival, .survivalShare, .parity: true
        case .spread, .share, .ratio, .count: false
        }
    }
}
