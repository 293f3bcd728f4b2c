/// How a whole log fits a model.
public struct Conformance: Sendable {
    /// What was done otherwise than the model has it, with how many cases did so.
    public struct Deviation: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable { case skipped, extra }
        public let kind: Kind
        public let activity: String
        public let cases: Int
        /// Times over all cases: one case may skip or add something more than once.
        public let times: Int
        /// Names of the first cases.
        public let examples: [String]
    }

    /// 1 − cost of all cases ÷ worst cost of all cases: PM4Py's `log_fitness`.
    public let fitness: Double
    /// The mean of the cases' own fitness: PM4Py's `average_trace_fitness`.
    public let averageFitness: Double
    public let fittingCases: Int
    /// For each variant, in the order of `Variants.all`.
    public let alignments: [Alignment]
    /// The most frequent first.
    public let deviations: [Deviation]
    /// Reachable markings of the model.
    public let stateCount: Int
    /// Activities of the log the model does not know.
    public let unknown: [String]

    public init(_ log: EventLog, _ variants: Variants, against net: PetriNet) throws(LogRefusal) {
        let graph = try MarkingGraph(net)
        var aligner = Aligner(graph, activities: log.activityNames)
        let paths = variants.all.map { log.activities[log.events(of: $0.example)] }
        let order = paths.indices.sorted { paths[$0].lexicographicallyPrecedes(paths[$1]) }
        var alignments = [Alignment?](repeating: nil, count: paths.count)
        var before: ArraySlice<UInt16> = []
        for index in order {
            var shared = 0
            for (first, second) in zip(before, paths[index]) {
                guard first == second else { break }
                shared += 1
            }
            alignments[index] = aligner.align(paths[index], shared: shared, names: log.activityNames)
            before = paths[index]
        }
        let all = alignments.compactMap { $0 }
        var (cost, worst, fitting, sum) = (0, 0, 0, 0.0)
        for (variant, alignment) in zip(variants.all, all) {
            cost += variant.cases * alignment.cost
            worst += variant.cases * alignment.worstCost
            sum += Double(variant.cases) * alignment.fitness
            if alignment.fitness == 1 { fitting += variant.cases }
        }
        self.alignments = all
        fitness = worst == 0 ? 1 : 1 - Double(cost) / Double(worst)
        averageFitness = log.caseCount == 0 ? 1 : sum / Double(log.caseCount)
        fittingCases = fitting
        stateCount = graph.count
        let known = net.labels
        unknown = log.activityNames.filter { !known.contains($0) }
        deviations = Conformance.deviations(log, variants, all)
    }

    private struct Key: Hashable {
        let kind: Deviation.Kind
        let activity: String
    }

    private static func deviations(_ log: EventLog, _ variants: Variants, _ alignments: [Alignment]) -> [Deviation] {
        var found: [Key: (cases: Int, times: Int, variants: [Int])] = [:]
        for (index, alignment) in alignments.enumerated() {
            var here: [Key: Int] = [:]
            for move in alignment.moves {
                switch move {
                case .both: break
                case .skipped(let activity): here[Key(kind: .skipped, activity: activity), default: 0] += 1
                case .extra(let activity): here[Key(kind: .extra, activity: activity), default: 0] += 1
                }
            }
            let cases = variants.all[index].cases
            for (key, times) in here {
                found[key, default: (0, 0, [])].cases += cases
                found[key, default: (0, 0, [])].times += cases * times
                found[key, default: (0, 0, [])].variants.append(index)
            }
        }
        return found.map { key, counts in
            Deviation(
                kind: key.kind, activity: key.activity, cases: counts.cases, times: counts.times,
                examples: counts.variants.prefix(3).map { log.cases[variants.all[$0].example] })
        }.sorted { ($1.cases, $0.kind.rawValue, $0.activity) < ($0.cases, $1.kind.rawValue, $1.activity) }
    }
}
