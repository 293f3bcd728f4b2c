import Chronicle
import EventStorage
import Testing

@Suite("Frontier of the tree")
struct LogFrontierTests {
    /// RFC 6962 §2.1 as it is written there.
    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard let first = leaves.first else { return Digest(hashing: EmptyCollection()) }
        guard leaves.count > 1 else { return first }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return Digest(hashing: [1] + root(leaves[..<middle]).bytes + root(leaves[middle...]).bytes)
    }

    static let leaves = (0..<600).map { Digest(hashing: [0, UInt8($0 % 256), UInt8($0 / 256)]) }

    @Test("At every size the root is that of the definition, and survives being written and read")
    func rootAtEverySize() throws {
        var frontier = LogFrontier()
        for (size, leaf) in LogFrontierTests.leaves.enumerated() {
            #expect(frontier.root == LogFrontierTests.root(LogFrontierTests.leaves[..<size]))
            frontier = try #require(LogFrontier(size: frontier.size, bytes: frontier.bytes))
            frontier.append(leaf) { _, _ in }
        }
        #expect(frontier.size == 600)
    }

    @Test("Each subtree of 256 leaves is told when it is complete, and only then")
    func completedSubtrees() {
        var frontier = LogFrontier()
        var told: [Int: (Subtree, Digest)] = [:]
        for (index, leaf) in LogFrontierTests.leaves.enumerated() { frontier.append(leaf) { told[index] = ($0, $1) } }
        #expect(told.keys.sorted() == [255, 511])
        for (position, index) in [255, 511].enumerated() {
            let expected = LogFrontierTests.root(LogFrontierTests.leaves[position * 256..<position * 256 + 256])
            #expect(told[index]?.0 == Subtree(level: 1, index: Int64(position)))
            #expect(told[index]?.0.lastSequence == Int64(index) + 1)
            #expect(told[index]?.1 == expected)
        }
    }

    @Test("The second level is told at 65,536 leaves")
    func secondLevel() {
        var frontier = LogFrontier()
        var told: [Subtree] = []
        for number in 0..<65_536 { frontier.append(LogFrontierTests.leaves[number % 600]) { subtree, _ in told.append(subtree) } }
        #expect(told.count == 257)
        #expect(told.last == Subtree(level: 2, index: 0))
    }

    @Test("Bytes that do not fit the size are refused", arguments: [(-1, 0), (0, 32), (1, 0), (3, 32), (3, 63), (4, 64)] as [(Int64, Int)])
    func wrongLength(size: Int64, count: Int) {
        #expect(LogFrontier(size: size, bytes: [UInt8](repeating: 0, count: count)) == nil)
    }
}
