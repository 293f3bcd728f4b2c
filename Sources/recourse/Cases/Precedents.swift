import ArgumentParser
import Disputes
import RecourseClient
import Wire

/// `case precedents`: the decided cases most like this one.
struct PrecedentsOfCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "precedents", abstract: "List the decided cases most like this one, and how each differs.",
        discussion: "Like cases are to be decided alike, or with the reason why not.\nExample: recourse case precedents P2P-1001")
    @OptionGroup var act: ActOptions

    mutating func run() async throws {
        let act = act
        try await Connection.use(act.shared) { desk in
            try desk.staffOnly("decided cases")
            let list = try await desk.client.listPrecedents(act.named)
            guard !act.shared.json else { return list.nearest.forEach { print($0.line(asOf: list.asOf)) } }
            guard !list.nearest.isEmpty else { return print("No case of this kind was decided yet.") }
            var table = TextTable([("case", .left), ("decided (UTC)", .left), ("outcome", .left), ("fault", .left), ("alike", .right), ("differs in", .left)])
            for known in list.nearest {
                table.add([
                    .init(known.short), .init(Moments.exact(known.decided)), .init(known.outcome.text), .init(known.fault.text), .init("\(known.likeness) %"),
                    .init(known.differs.isEmpty ? "nothing compared" : known.differs.map(\.rawValue).joined(separator: ", ")),
                ])
            }
            for line in table.lines(on: .standard) { print(line) }
            print(sentence(list))
        }
    }

    /// What follows for whoever decides.
    private func sentence(_ list: PrecedentList) -> String {
        let near = list.nearest.filter(\.near)
        guard near.count >= list.needed else {
            return "\(near.count) of them are precedents (\(list.near) % or more); with fewer than \(list.needed) nobody is asked why they decide otherwise."
        }
        guard let prevailing = list.prevailing else {
            return "\(near.count) of them are precedents (\(list.near) % or more), and they do not agree with each other."
        }
        let same = near.count { $0.outcome == prevailing }
        return "\(same) of \(near.count) precedents (\(list.near) % or more): \(prevailing). Whoever decides otherwise says why (--deviation)."
    }
}
