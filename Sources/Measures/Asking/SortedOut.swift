/// Observations with those outside the slice left out, and room to bring those of one slice together.
struct SortedOut {
    private let parts: [String]
    /// Slice × part of each.
    private var keys: [UInt32] = []
    private var values: [Int64] = []
    private var others: [Int64] = []
    private let hasHits: Bool
    private let cellCount: Int
    private let partCount: Int
    /// By slice × part.
    private var counts: [Int]
    private var hitCounts: [Int]
    private var grossHitCounts: [Int]
    private var valueSums: [Int64] = []
    private var otherSums: [Int64] = []
    /// Where the observations of each slice × part begin, once they were brought together.
    private var starts: [Int] = []
    /// Lengths packed for Kaplan and Meier, sorted, all together and slice by slice.
    private var survivalOfAll: [UInt64] = []
    /// Slice × part of each of those, where there are parts.
    private var keysOfAll: [UInt32] = []
    private var netSurvivalOfAll: [UInt64] = []
    private var survival: [UInt64] = []
    private var netSurvival: [UInt64] = []
    private var isOver: [Bool] = []

    init(_ seen: Observations, _ table: Tabulation) {
        parts = seen.parts
        (cellCount, partCount) = (table.cellCount, max(1, seen.parts.count))
        let size = cellCount * partCount
        (counts, hitCounts, grossHitCounts) = ([Int](repeating: 0, count: size), [Int](repeating: 0, count: size), [])
        hasHits = !seen.hits.isEmpty
        if !seen.grossHits.isEmpty { grossHitCounts = counts }
        (values, others, isOver) = (seen.values, seen.others, seen.hits)
        if table.keys.contains(Tabulation.out) { leaveOut(table.keys, seen) } else { takeAll(table.keys, seen) }
    }

    private mutating func takeAll(_ cells: [UInt32], _ seen: Observations) {
        keys = [UInt32](repeating: 0, count: seen.count)
        let breadth = UInt32(partCount)
        for index in 0..<seen.count {
            let cell = cells.isEmpty ? 0 : cells[index]
            let key = seen.marks.isEmpty ? cell * breadth : cell * breadth + UInt32(seen.marks[index])
            keys[index] = key
            counts[Int(key)] += 1
        }
        if hasHits { for index in 0..<seen.count where seen.hits[index] { hitCounts[Int(keys[index])] += 1 } }
        if !grossHitCounts.isEmpty { for index in 0..<seen.count where seen.grossHits[index] { grossHitCounts[Int(keys[index])] += 1 } }
    }

    private mutating func leaveOut(_ cells: [UInt32], _ seen: Observations) {
        (values, others, isOver) = ([], [], [])
        for index in 0..<seen.count where cells[index] != Tabulation.out {
            let key = cells[index] * UInt32(partCount) + (seen.marks.isEmpty ? 0 : UInt32(seen.marks[index]))
            keys.append(key)
            counts[Int(key)] += 1
            if !seen.values.isEmpty { values.append(seen.values[index]) }
            if !seen.others.isEmpty { others.append(seen.others[index]) }
            guard hasHits else { continue }
            isOver.append(seen.hits[index])
            if seen.hits[index] { hitCounts[Int(key)] += 1 }
            if !grossHitCounts.isEmpty, seen.grossHits[index] { grossHitCounts[Int(key)] += 1 }
        }
    }

    /// Puts the lengths of each slice side by side, each part of it too; for Kaplan and Meier sorted.
    mutating func bringTogether(isSurvival: Bool) {
        starts = [Int](repeating: 0, count: counts.count + 1)
        for key in counts.indices { starts[key + 1] = starts[key] + counts[key] }
        if isSurvival {
            let along: [UInt32]
            (survivalOfAll, survival, along) = sorted(values)
            if partCount > 1 { keysOfAll = along }
            if !others.isEmpty { (netSurvivalOfAll, netSurvival, _) = sorted(others) }
        } else {
            (values, others) = (together(values, keys), together(others, keys))
        }
    }

    private func sorted(_ lengths: [Int64]) -> (all: [UInt64], bySlice: [UInt64], along: [UInt32]) {
        var packed = [UInt64](repeating: 0, count: lengths.count)
        for index in lengths.indices { packed[index] = KaplanMeier.pack(lengths[index], isOver: isOver.isEmpty || isOver[index]) }
        var along = keys
        Sorting.sort(&packed, with: &along)
        return (packed, counts.count > 1 ? together(packed, along) : [], along)
    }

    private func together<Value: ExpressibleByIntegerLiteral>(_ values: [Value], _ keys: [UInt32]) -> [Value] {
        guard !values.isEmpty else { return [] }
        var next = starts
        return [Value](unsafeUninitializedCapacity: values.count) { to, count in
            // Every place is written: the counts add up to all.
            to.initialize(repeating: 0)
            next.withUnsafeMutableBufferPointer { next in
                for index in values.indices {
                    let key = Int(keys[index])
                    to[next[key]] = values[index]
                    next[key] += 1
                }
            }
            count = values.count
        }
    }

    // MARK: Figures

    private func keys(of cell: Int) -> Range<Int> { cell * partCount..<(cell + 1) * partCount }
    func count(of cell: Int) -> Int { keys(of: cell).reduce(0) { $0 + counts[$1] } }

    mutating func figure(of cell: Int, _ shape: Indicator.Shape) -> Figure { figure(keys(of: cell), shape, isAll: false) }
    mutating func figureOfAll(_ shape: Indicator.Shape) -> Figure { figure(counts.indices, shape, isAll: true) }

    private mutating func figure(_ keys: Range<Int>, _ shape: Indicator.Shape, isAll: Bool) -> Figure {
        var figure = Figure()
        figure.n = keys.reduce(0) { $0 + counts[$1] }
        switch shape {
        case .count: figure.value = Double(figure.n)
        case .share: share(keys, &figure)
        case .ratio: ratio(keys, &figure, isAll: isAll)
        case .spread: spread(keys, &figure, isAll: isAll)
        case .survival, .parity: survival(keys, &figure, limit: nil, isAll: isAll)
        case .survivalShare(let limit): survival(keys, &figure, limit: limit, isAll: isAll)
        }
        if parts.count > 1 { figure.parts = partsOf(keys, shape, isAll: isAll) }
        return figure
    }

    private func share(_ keys: Range<Int>, _ figure: inout Figure) {
        let share = Proportion(keys.reduce(0) { $0 + hitCounts[$1] }, of: figure.n)
        (figure.hits, figure.value, figure.low, figure.high) = (share.hits, share.estimate, share.wilson?.lowerBound, share.wilson?.upperBound)
        if !grossHitCounts.isEmpty { figure.grossValue = Proportion(keys.reduce(0) { $0 + grossHitCounts[$1] }, of: figure.n).estimate }
    }

    private func range(_ keys: Range<Int>, isAll: Bool) -> Range<Int> {
        isAll || starts.isEmpty ? 0..<self.keys.count : starts[keys.lowerBound]..<starts[keys.upperBound]
    }

    private func ratio(_ keys: Range<Int>, _ figure: inout Figure, isAll: Bool) {
        var (upper, lower) = (Int128(0), Int128(0))
        for index in range(keys, isAll: isAll) { (upper, lower) = (upper + Int128(values[index]), lower + Int128(others[index])) }
        figure.value = lower > 0 ? Double(upper) / Double(lower) : nil
    }

    private mutating func spread(_ keys: Range<Int>, _ figure: inout Figure, isAll: Bool) {
        let range = range(keys, isAll: isAll)
        // Of a copy: selecting puts values of one part where another's were.
        var lengths = Array(values[range])
        let gross = Spread(exactly: &lengths, lengths.indices)
        figure.gross = gross
        if !others.isEmpty {
            var nets = Array(others[range])
            figure.net = Spread(exactly: &nets, nets.indices)
        }
        (figure.value, figure.low, figure.high) = (gross.p50.map(Double.init), gross.p50Low.map(Double.init), gross.p50High.map(Double.init))
    }

    private func survival(_ keys: Range<Int>, _ figure: inout Figure, limit: Int64?, isAll: Bool) {
        let range = range(keys, isAll: isAll)
        let estimate = estimate(survivalOfAll, survival, keys, range, limit: limit, isAll: isAll)
        figure.hits = estimate.events
        if limit != nil {
            (figure.value, figure.low, figure.high) = (estimate.byLimit, estimate.byLimitInterval?.lowerBound, estimate.byLimitInterval?.upperBound)
            return
        }
        let gross = Spread(estimate)
        figure.gross = gross
        (figure.value, figure.low, figure.high) = (gross.p50.map(Double.init), gross.p50Low.map(Double.init), gross.p50High.map(Double.init))
        if !others.isEmpty { figure.net = Spread(self.estimate(netSurvivalOfAll, netSurvival, keys, range, limit: nil, isAll: isAll)) }
    }

    private func estimate(_ all: [UInt64], _ bySlice: [UInt64], _ keys: Range<Int>, _ range: Range<Int>, limit: Int64?, isAll: Bool) -> KaplanMeier {
        if isAll || bySlice.isEmpty { return all.withUnsafeBufferPointer { KaplanMeier(sorted: $0, limit: limit) } }
        // Parts of a slice are sorted each by itself.
        if keys.count > 1 {
            var merged = Array(bySlice[range])
            merged.sort()
            return merged.withUnsafeBufferPointer { KaplanMeier(sorted: $0, limit: limit) }
        }
        return bySlice.withUnsafeBufferPointer { KaplanMeier(sorted: UnsafeBufferPointer(rebasing: $0[range]), limit: limit) }
    }

    /// Each part of a slice; of all, each part over all slices.
    private mutating func partsOf(_ keys: Range<Int>, _ shape: Indicator.Shape, isAll: Bool) -> [Figure.Part] {
        var found: [Figure.Part] = []
        for part in 0..<partCount {
            let own = stride(from: keys.lowerBound + part, to: keys.upperBound, by: partCount)
            let count = own.reduce(0) { $0 + counts[$1] }
            found.append(Figure.Part(name: parts[part], n: count, spread: count > 0 ? partSpread(part, keys, shape, isAll: isAll) : nil))
        }
        return found
    }

    private mutating func partSpread(_ part: Int, _ keys: Range<Int>, _ shape: Indicator.Shape, isAll: Bool) -> Spread? {
        guard shape == .spread || shape == .survival else { return nil }
        let own = stride(from: keys.lowerBound + part, to: keys.upperBound, by: partCount)
        if shape == .survival {
            var lengths: [UInt64] = []
            guard !isAll else {
                // They are in order already, those of the other parts between them.
                for index in survivalOfAll.indices where Int(keysOfAll[index]) % partCount == part { lengths.append(survivalOfAll[index]) }
                return Spread(lengths.withUnsafeBufferPointer { KaplanMeier(sorted: $0) })
            }
            for key in own { lengths += survival[starts[key]..<starts[key + 1]] }
            lengths.sort()
            return Spread(lengths.withUnsafeBufferPointer { KaplanMeier(sorted: $0) })
        }
        guard !starts.isEmpty else {
            var lengths: [Int64] = []
            for index in self.keys.indices where Int(self.keys[index]) == part { lengths.append(values[index]) }
            return Spread(exactly: &lengths, lengths.indices)
        }
        var lengths: [Int64] = []
        for key in own { lengths += values[starts[key]..<starts[key + 1]] }
        return Spread(exactly: &lengths, lengths.indices)
    }
}

extension Spread {
    /// Exact quantiles of a stretch of lengths, which is rearranged.
    init(exactly lengths: inout [Int64], _ range: Range<Int>) {
        (count, over) = (range.count, range.count)
        guard count > 0 else { return }
        let half = Proportion.z * Double(count).squareRoot() / 2
        // Ranks of the median's interval by the normal approximation of the binomial (Conover 1999, §3.2).
        let low = max(0, Int((Double(count) / 2 - half).rounded(.down)) - 1)
        let high = min(count - 1, Int((Double(count) / 2 + half).rounded(.up)) - 1)
        let places = [500, 900, 950].map { Ranks.place(perMille: $0, of: count) }
        (p50, p90, p95, longest, mean, p50Low, p50High) = lengths.withUnsafeMutableBufferPointer { all in
            let part = UnsafeMutableBufferPointer(rebasing: all[range])
            var (sum, most) = (Int128(0), part[0])
            for length in part { (sum, most) = (sum + Int128(length), max(most, length)) }
            Ranks.arrange(part, (places + [low, high]).sorted())
            return (part[places[0]], part[places[1]], part[places[2]], most, Double(sum) / Double(part.count), part[low], part[high])
        }
    }

    init(_ estimate: KaplanMeier) {
        (count, over) = (estimate.count, estimate.events)
        (p50, p90, p95, longest) = (estimate.p50, estimate.p90, estimate.p95, estimate.longestOver)
        (p50Low, p50High) = (estimate.p50Low, estimate.p50High)
    }
}
