import Chronicle
import Policies
import TestKit
import Testing

@testable import Disputes

/// Like cases are found, all of them and in their order.
@Suite struct PrecedentsTests {
    private static let reasons = ["P2P-01", "P2P-02", "P2P-03"]
    private static let evidence = ["EV-RCPT", "EV-STMT", "EV-CHAT", "EV-VIDEO"]

    /// A case like any, from a seed.
    private static func features(_ random: inout Seeded, simulated: Bool = false) throws -> CaseFeatures {
        func any<T>(_ list: [T]) throws -> T { try #require(list.randomElement(using: &random)) }
        var shown: Set<CaseFeatures.Shown> = []
        for code in evidence where Bool.random(using: &random) {
            shown.insert(.init(side: try any([Side.filer, .other, nil]), type: try #require(EvidenceCode(code))))
        }
        return CaseFeatures(
            type: try #require(CaseTypeCode(try any(["P2P", "DEP"]))), reason: try #require(ReasonCode(try any(reasons))),
            rail: try any([RailCode("bank-transfer"), RailCode("wallet"), nil]), filedBy: try any([Filer.buyer, .seller, nil]),
            answered: .random(using: &random), merchant: .random(using: &random), jurisdiction: try any([Jurisdiction("MY"), Jurisdiction("DE"), nil]),
            magnitude: try any([nil, 0, 3, 7, 8, 9, 12]), evidence: shown, simulated: simulated)
    }

    private static func decided(_ number: Int, _ random: inout Seeded) throws -> DecidedCase {
        DecidedCase(
            id: CaseID(at: Instant(milliseconds: Int64(number)), randomness: UInt128(number)), at: Instant(milliseconds: .random(in: 0...50, using: &random)),
            outcome: try #require(OutcomeCode(["OUT-REL", "OUT-RET"].randomElement(using: &random) ?? "")), fault: try #require(FaultCode("FLT-BUYER")),
            features: try features(&random, simulated: number.isMultiple(of: 5)), deviates: false)
    }

    @Test("the columns find what looking at every case finds", arguments: [UInt64(1), 2, 3, 4, 5])
    func exact(seed: UInt64) throws {
        // Given some hundred decided cases, of which some were decided again and some no longer stand
        var random = Seeded(seed)
        var columns = PrecedentColumns()
        var all: [CaseID: DecidedCase] = [:]
        for number in 1...400 {
            let known = try Self.decided(number % 300, &random)
            columns.put(known)
            all[known.id] = known
            if number.isMultiple(of: 11), let gone = all.keys.min() {
                columns.remove(gone)
                all[gone] = nil
            }
        }
        #expect(columns.count == all.count)
        // When the nearest to another are asked for
        for _ in 0..<40 {
            let here = try Self.features(&random)
            let own = all.keys.randomElement(using: &random)
            let found = columns.nearest(here, limit: 20, besides: own)
            // Then they are those that a plain walk over all finds, in the same order, with the same points
            let expected = all.values.filter { $0.features.type == here.type && $0.features.simulated == here.simulated && $0.id != own }
                .map { Neighbour(decided: $0, likeness: Likeness(here, $0.features)) }
                .sorted { ($1.likeness.points, $1.decided.at, $0.decided.id) < ($0.likeness.points, $0.decided.at, $1.decided.id) }.prefix(20)
            #expect(found == Array(expected))
        }
    }

    @Test("likeness is the same both ways, at most a hundred, and a hundred only with oneself")
    func laws() throws {
        #expect(Likeness.most == 100)
        var random = Seeded(9)
        for _ in 0..<500 {
            let (one, other) = (try Self.features(&random), try Self.features(&random))
            let (there, back) = (Likeness(one, other), Likeness(other, one))
            #expect(there == back)
            #expect(0...100 ~= there.points)
            #expect(there.differs.isEmpty == (there.points == 100))
            #expect(Likeness(one, one).points == 100)
        }
    }

    @Test(
        "too few, or too unlike, ask nobody for a reason",
        arguments: [([100, 90, 79], 0), ([100, 90], 0), ([100, 90, 80], 3), ([100, 90, 80, 80, 12], 4)])
    func binding(points: [Int], expected: Int) throws {
        var random = Seeded(4)
        let nearest = try points.enumerated().map { Neighbour(decided: try Self.decided($0, &random), likeness: Likeness(points: $1, differs: [])) }
        #expect(Precedents(nearest: nearest, near: 80, needed: 3).binding.count == expected)
    }
}
