extension RootCauses {
    /// Finds what in `table` moved. `shuffles` bounds how many shuffles stand behind each p-value (0 leaves p-values out); the same `seed` gives the same.
    public init(of table: LeafTable, shuffles: Int = 999, seed: UInt64 = 1) {
        var scan = Scan(table, groupings: table.groupings(), evidence: Evidence(table))
        scan.run()
        if scan.taking > 0.5 {
            // Most of the table is blamed. Perhaps everything moved together, further than is believed at first: then that says it in fewer words.
            var evidence = scan.evidence
            evidence.driftMost = .infinity
            var together = Scan(table, groupings: scan.groupings, evidence: evidence)
            together.run()
            if together.taken.count < scan.taken.count, together.taking <= 0.25 { scan = together }
        }
        self.init(table, scan, shuffles > 0 ? Shuffles(seed: seed, most: shuffles) : nil)
    }

    private init(_ table: LeafTable, _ scan: Scan, _ shuffles: Shuffles?) {
        let evidence = scan.evidence
        let kept = scan.taken.indices.filter { scan.taken[$0].gain / scan.inflation >= scan.threshold }
        let effects = kept.map { index in scan.taken[index].leaves.reduce(0) { $0 + evidence.deviations[$1] } }
        let isKept = Set(kept.flatMap { scan.taken[$0].leaves })
        let outside = table.real.indices.filter { !isKept.contains($0) }
        let rest = outside.reduce(0) { $0 + evidence.deviations[$1] }
        let all = effects.reduce(0) { $0 + abs($1) } + abs(rest)
        reading = evidence.reading
        attributes = table.attributes
        leaves = table.leaves
        slices = scan.groupings.reduce(0) { $0 + $1.slices }
        depth = scan.groupings.map(\.attributes.count).max() ?? 0
        let (real, predicted) = table.total
        (self.real, self.predicted) = (real, predicted)
        inflation = scan.inflation
        let described = Describing(table: table, scan: scan, shuffles: shuffles, allDeviation: all)
        findings = zip(kept, effects).map { described.finding($0, effect: $1) }
        explained = all > 0 ? 1 - abs(rest) / all : 0
        let expectedOutside = outside.reduce(0) { $0 + evidence.expected[$1] }
        restChange = expectedOutside != 0 ? rest / abs(expectedOutside) : 0
        mixAndRate = MixAndRate(
            table, baseline: evidence.expected.indices.map { table.columns == .ratio ? evidence.expected[$0] / max(table.realParts[$0], 1) : 0 })
        let sums = outside.reduce(Evidence.Sums.zero) { $0 + evidence.leaves[$1] }
        verdict = RootCauses.verdict(
            findings.isEmpty, explained, isRestAbnormal: RootCauses.isAbnormal(sums, evidence), mixAndRate,
            isMoved: RootCauses.isMoved(table, real, predicted))
    }

    private static func verdict(_ isEmpty: Bool, _ explained: Double, isRestAbnormal: Bool, _ split: MixAndRate?, isMoved: Bool) -> Verdict {
        if !isEmpty { return explained < 0.5 && isRestAbnormal ? .foundInPart : .found }
        if let split, isMoved, abs(split.mix) > abs(split.rate) { return .mix }
        return isRestAbnormal ? .broad : .quiet
    }

    /// Whether all that is in no finding moved together, beyond chance (a thousand to one) and by an amount worth a word.
    private static func isAbnormal(_ sums: Evidence.Sums, _ evidence: Evidence) -> Bool {
        let least = evidence.reading == .shares ? 0.1 : 0.02
        return evidence.gain(sums) >= 6.9 && abs(evidence.shift(sums)) >= least
    }

    /// Whether a ratio as a whole is beyond three standard deviations of chance from what was predicted.
    private static func isMoved(_ table: LeafTable, _ real: Double, _ predicted: Double) -> Bool {
        let cases = table.realParts.reduce(0, +)
        guard cases > 0 else { return false }
        let variance = table.reading == .shares ? predicted * (1 - predicted) / cases : predicted * predicted / cases
        return (real - predicted) * (real - predicted) > 9 * variance
    }
}

extension LeafTable {
    /// The KPI of the whole table: sums, or the ratio of sums.
    var total: (real: Double, predicted: Double) {
        let (real, predicted) = (real.reduce(0, +), predicted.reduce(0, +))
        guard columns == .ratio else { return (real, predicted) }
        let (cases, expected) = (realParts.reduce(0, +), predictedParts.reduce(0, +))
        return (cases > 0 ? real / cases : 0, expected > 0 ? predicted / expected : 0)
    }
}
