import Disputes
import EventStorage

/// How it was to be a party here, counted. A function of the case before and after, so that adding up the changes in any batches gives the same.
enum SurveyTally {
    static func changes(before: Case?, after: Case) -> [RowChange] {
        let (old, new) = (before.map(counts) ?? [:], counts(after))
        guard old != new else { return [] }
        return Set(old.keys).union(new.keys).sorted().compactMap { key in
            let difference = (new[key] ?? 0) - (old[key] ?? 0)
            return difference == 0 ? nil : .add(CaseTables.survey, key: key.row, column: "answers", by: difference)
        }
    }

    struct Key: Hashable, Comparable {
        let result: String
        let question: String
        let score: Int
        let simulated: Bool

        var row: [RowValue] { [.text(result), .text(question), .integer(Int64(score)), .integer(simulated ? 1 : 0)] }

        static func < (a: Key, b: Key) -> Bool { (a.result, a.question, a.score) < (b.result, b.question, b.score) }
    }

    static let (asked, answered, ofAll) = ("asked", "answered", "all")

    private static func counts(_ dispute: Case) -> [Key: Int64] {
        guard dispute.isRateable || !dispute.ratings.isEmpty else { return [:] }
        var counts: [Key: Int64] = [:]
        func count(_ result: String, _ question: String, _ score: Int) {
            counts[Key(result: result, question: question, score: score, simulated: dispute.simulated), default: 0] += 1
        }
        for party in dispute.parties where dispute.isRateable || dispute.ratings[party.id] != nil { count(ofAll, asked, 0) }
        for rating in dispute.ratings.values {
            count(rating.result.rawValue, answered, 0)
            for (question, score) in rating.scores { count(rating.result.rawValue, question.rawValue, score.value) }
        }
        return counts
    }
}
