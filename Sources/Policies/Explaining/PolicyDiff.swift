/// One difference between two packs, as a sentence for the people who must approve it.
public struct PolicyChange: Hashable, Sendable {
    public let table: PolicyTable
    public let sentence: String

    public init(table: PolicyTable, sentence: String) {
        (self.table, self.sentence) = (table, sentence)
    }
}

extension PolicyChange: CustomStringConvertible {
    public var description: String { sentence }
}

/// What changed from one pack to another, in words.
public enum PolicyDiff {
    /// The changes from `old` to `new`, by table. Empty exactly when both packs mean the same: comments, order and files do not count.
    public static func between(_ old: Policy, _ new: Policy) -> [PolicyChange] {
        let (before, after) = (old.facets, new.facets)
        let (subjectsBefore, subjectsAfter) = (Set(before.map(\.subject)), Set(after.map(\.subject)))
        let (known, wanted) = (index(before), index(after))
        var changes: [PolicyChange] = []
        var told: Set<String> = []
        for facet in after {
            guard subjectsBefore.contains(facet.subject) else {
                if told.insert(facet.subject).inserted { changes.append(PolicyChange(table: facet.table, sentence: "\(facet.subject) is new")) }
                continue
            }
            if let sentence = sentence(from: known[facet.key], to: facet) { changes.append(PolicyChange(table: facet.table, sentence: sentence)) }
        }
        for facet in before where wanted[facet.key] == nil {
            if !subjectsAfter.contains(facet.subject) {
                if told.insert(facet.subject).inserted { changes.append(PolicyChange(table: facet.table, sentence: "\(facet.subject) is gone")) }
            } else if let sentence = sentence(losing: facet) {
                changes.append(PolicyChange(table: facet.table, sentence: sentence))
            }
        }
        let order = Dictionary(uniqueKeysWithValues: PolicyTable.allCases.enumerated().map { ($1, $0) })
        return changes.enumerated().sorted { a, b in
            let (left, right) = (order[a.element.table] ?? 0, order[b.element.table] ?? 0)
            return left == right ? a.offset < b.offset : left < right
        }.map(\.element)
    }

    private static func index(_ facets: [Facet]) -> [String: Facet] {
        Dictionary(facets.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func sentence(from old: Facet?, to new: Facet) -> String? {
        guard old != new else { return nil }
        switch (old?.content, new.content) {
        case (.value(_, let before)?, .value(let name, let after)): return "\(new.subject): \(name) \(before) → \(after)"
        case (nil, .value(let name, let after)): return "\(new.subject): \(name) is now \(after)"
        case (_?, .prose(let name, _)): return "\(new.subject): the \(name) was rewritten"
        case (nil, .prose(let name, _)): return "\(new.subject): the \(name) is new"
        case (_, .holds(let gained, _)): return gained
        case (_?, .value(let name, let after)): return "\(new.subject): \(name) is now \(after)"
        }
    }

    private static func sentence(losing facet: Facet) -> String? {
        switch facet.content {
        case .value(let name, let value): "\(facet.subject): \(name) was \(value) and is gone"
        case .prose(let name, _): "\(facet.subject): the \(name) is gone"
        case .holds(_, let lost): lost
        }
    }
}
