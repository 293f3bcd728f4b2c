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
        guard shape == .parity else { return }
        // By a median of nothing, or of nought, nothing can be divided.
        let median = whole.value.flatMap { $0 > 0 ? $0 : nil }
        func share(_ value: Double?) -> Double? { value.flatMap { value in median.map { value / $0 } } }
        for index in cells.indices {
            let figure = cells[index].figure
            cells[index].figure.value = share(figure.value)
            cells[index].figure.low = share(figure.low)
            cells[index].figure.high = share(figure.high)
        }
        (whole.value, whole.low, whole.high) = (median.map { _ in 1 }, nil, nil)
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
