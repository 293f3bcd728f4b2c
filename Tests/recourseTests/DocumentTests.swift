import Foundation
import Testing

@Suite("The documents, typed as they are printed")
struct DocumentTests {
    @Test("Every command of the first dispute does what the page says, and those it calls refused are refused")
    func firstDispute() throws {
        // given the page's commands, in a folder of their own
        let page = try String(contentsOf: Program.root.appendingPathComponent("docs/start/first-dispute.md"), encoding: .utf8)
        let commands = DocumentTests.commands(of: page)
        #expect(commands.count > 30)
        let folder = try TemporaryFolder()
        let script = try folder.write(DocumentTests.script(commands, data: folder.file("Data").path), to: "page.sh")
        // when they are typed one after the other
        let search = Program.path.deletingLastPathComponent().path + ":/usr/bin:/bin"
        let outcome = try Program.run([script], executable: URL(fileURLWithPath: "/bin/bash"), environment: ["PATH": search])
        // then none fails that should not, and none succeeds that should not
        #expect(outcome.code == 0, "\(outcome.err)\n\(outcome.lines.suffix(20).joined(separator: "\n"))")
        // and the dispute has ended as it should have
        #expect(outcome.out.contains("appeal-window"))
        #expect(outcome.lines.contains { $0.contains("closed") && $0.contains("P2P-1") }, "\(outcome.lines.suffix(20).joined(separator: "\n"))")
        #expect(outcome.lines.contains { $0.hasPrefix("verified ") })
    }

    @Test("A desk and an exchange started as the page says talk to each other, and the escrow is held")
    func connectingAnExchange() throws {
        let page = try String(contentsOf: Program.root.appendingPathComponent("docs/integrate/exchange.md"), encoding: .utf8)
        let folder = try TemporaryFolder()
        let ports = (41_000 + Int(getpid()) % 9_000, 51_000 + Int(getpid()) % 9_000)
        let lines = DocumentTests.commands(of: page).joined(separator: "\n").replacingOccurrences(of: "8090", with: "\(ports.0)")
            .replacingOccurrences(of: "8080", with: "\(ports.1)").replacingOccurrences(of: "--policy Policy", with: "--policy \(Program.root.path)/Policy")
        let script = "set -e\ntrap 'kill $(jobs -p)' EXIT\ncd \(folder.file("").path)\n" + lines + "\n"
        let search = Program.path.deletingLastPathComponent().path + ":/usr/bin:/bin"
        let outcome = try Program.run(
            [try folder.write(script, to: "page.sh")], executable: URL(fileURLWithPath: "/bin/bash"), environment: ["PATH": search])
        #expect(outcome.code == 0, "\(outcome.err)\n\(outcome.out)")
        #expect(outcome.out.contains(#""hold":"placed""#), "\(outcome.out)")
    }

    @Test(
        "A desk and a provider started as the page says let amir in, and a link lets in a party",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: signInTools + "/oidc-provider-mock"),
            "oidc-provider-mock is not in .build/sign-in-tools: run Scripts/sign-in-tools.sh"))
    func lettingPeopleIn() throws {
        let page = try String(contentsOf: Program.root.appendingPathComponent("docs/integrate/sign-in.md"), encoding: .utf8)
        let folder = try TemporaryFolder()
        let ports = (42_000 + Int(getpid()) % 8_000, 52_000 + Int(getpid()) % 8_000)
        let lines = DocumentTests.commands(of: page).joined(separator: "\n").replacingOccurrences(of: "9400", with: "\(ports.0)")
            .replacingOccurrences(of: "8080", with: "\(ports.1)").replacingOccurrences(of: "--policy Policy", with: "--policy \(Program.root.path)/Policy")
        let script = "set -e\ntrap 'kill $(jobs -p)' EXIT\ncd \(folder.file("").path)\n" + lines + "\n"
        let search = [Program.path.deletingLastPathComponent().path, DocumentTests.signInTools, "/usr/bin", "/bin"].joined(separator: ":")
        let outcome = try Program.run(
            [try folder.write(script, to: "page.sh")], executable: URL(fileURLWithPath: "/bin/bash"), environment: ["PATH": search])
        #expect(outcome.code == 0, "\(outcome.err)\n\(outcome.out)")
        #expect(outcome.out.contains(#""second_factor":true"#) && outcome.out.contains(#""handle":"amir","roles""#), "\(outcome.out)")
        #expect(outcome.out.contains(#"<form method="post""#) && outcome.out.contains(#""messages":["#), "\(outcome.out)")
    }

    private static let signInTools = Program.root.appendingPathComponent(".build/sign-in-tools/bin").path

    /// The lines of its `sh` blocks.
    private static func commands(of page: String) -> [String] {
        var commands: [String] = []
        var isInside = false
        for line in page.components(separatedBy: "\n") {
            if line.hasPrefix("```") { isInside = line == "```sh" } else if isInside, !line.isEmpty { commands.append(line) }
        }
        return commands
    }

    private static func script(_ commands: [String], data: String) -> String {
        let lines = commands.map { command in
            let line = command.replacingOccurrences(of: "Data/", with: data + "/")
            guard line.contains("# refused") else { return line }
            return "if \(line)\nthen echo 'not refused: \(command.prefix(40))' >&2; exit 1; fi"
        }
        return "set -eu\n" + lines.joined(separator: "\n") + "\n"
    }
}
