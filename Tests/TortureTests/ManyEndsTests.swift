import Testing

/// The short form of `make torture`: the same program, fewer ends.
@Suite("One life, many ends", .serialized)
struct ManyEndsTests {
    @Test("Kills and losses of power lose nothing acknowledged, halve nothing, pay nothing twice, and contradict no root")
    func nothingIsLost() throws {
        let folder = try Folder()
        let calls = Program.tracing ? 6 : 0
        let answer = try Program.run([
            "run", "--store", folder.path + "/desk", "--policy", Program.policy, "--kills", "12", "--power", "12", "--calls", "\(calls)", "--seed", "20261122",
        ])
        let table = Table(answer.output)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(table["killed by SIGKILL at a random time"] == 12)
        #expect(table["losses of power"] == 12)
        #expect(table["acknowledged and lost"] == 0)
        #expect(table["commands half applied"] == 0)
        #expect(table["carried out twice or unasked"] == 0)
        #expect(table["roots contradicted"] == 0)
        #expect(table["anything else unsound"] == 0)
        // It is a proof only if something was at stake.
        #expect(table["commands acknowledged"] ?? 0 > 100)
        #expect(table["unsynchronised writes taken back"] ?? 0 > 0)
        #expect(table["instructions carried out or refused, once each"] ?? 0 > 10)
    }

    @Test("A disk that only says it has synchronised is found out")
    func lyingDisk() throws {
        let folder = try Folder()
        let answer = try Program.run([
            "run", "--store", folder.path + "/desk", "--policy", Program.policy, "--kills", "0", "--power", "4", "--seed", "7", "--lying-disk",
        ])
        #expect(answer.status == 1)
        #expect(Table(answer.output)["acknowledged and lost"] ?? 0 > 0, "\(answer.errors)")
    }
}

/// The table a run ends with.
private struct Table {
    private let counts: [String: Int]

    init(_ text: String) {
        var counts: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
            guard cells.count >= 2, let count = Int(cells[1].prefix { $0 != " " }) else { continue }
            var name = String(cells[0])
            while name.last == " " { name.removeLast() }
            counts[name] = count
        }
        self.counts = counts
    }

    subscript(_ name: String) -> Int? { counts[name] }
}
