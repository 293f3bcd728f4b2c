extension MixAndRate {
    /// The split of `table`'s change, `nil` for additive columns and for a table without cases on either side.
    init?(_ table: LeafTable, baseline: [Double]) {
        let (now, before) = (table.realParts.reduce(0, +), table.predictedParts.reduce(0, +))
        guard table.columns == .ratio, now > 0, before > 0 else { return nil }
        var (mix, rate) = (0.0, 0.0)
        for leaf in 0..<table.leaves {
            let (shareNow, shareBefore) = (table.realParts[leaf] / now, table.predictedParts[leaf] / before)
            let ratioBefore = table.predictedParts[leaf] > 0 ? table.predicted[leaf] / table.predictedParts[leaf] : baseline[leaf]
            let ratioNow = table.realParts[leaf] > 0 ? table.real[leaf] / table.realParts[leaf] : ratioBefore
            mix += (shareNow - shareBefore) * (ratioNow + ratioBefore) / 2
            rate += (ratioNow - ratioBefore) * (shareNow + shareBefore) / 2
        }
        (self.mix, self.rate) = (mix, rate)
        movers = MixAndRate.movers(table, now, before)
    }

    private static func movers(_ table: LeafTable, _ now: Double, _ before: Double) -> [Mover] {
        let overall = table.predicted.reduce(0, +) / before
        var movers: [Mover] = []
        for (attribute, name) in table.attributes.enumerated() {
            var sums = [SIMD4<Double>](repeating: .zero, count: table.values[attribute].count)
            for leaf in 0..<table.leaves {
                sums[Int(table.codes[attribute][leaf])] += SIMD4(table.real[leaf], table.realParts[leaf], table.predicted[leaf], table.predictedParts[leaf])
            }
            for (value, sum) in sums.enumerated() where sum.y + sum.w > 0 {
                let ratio = (sum.x + sum.z) / (sum.y + sum.w)
                let effect = (sum.y / now - sum.w / before) * (ratio - overall)
                let named = Finding.Attribute(name: name, value: table.values[attribute][value])
                movers.append(Mover(attribute: named, shareBefore: sum.w / before, shareNow: sum.y / now, effect: effect))
            }
        }
        return Array(
            movers.sorted { (abs($0.effect), $1.attribute.name, $1.attribute.value) > (abs($1.effect), $0.attribute.name, $0.attribute.value) }.prefix(5))
    }
}
