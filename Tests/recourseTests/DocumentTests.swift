import Foundation
import Runtime
import Testing

@Suite("The documents, typed as they are printed", .serialized)
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
    private static let tools = Program.root.appendingPathComponent(".build/test-tools").path

    @Test(
        "A receiver as the page prints it is told of a claim, believes it, and knows it again in the replay",
        .enabled(
            if: FileManager.default.fileExists(atPath: tools + "/bin/python3"),
            "needs the package standardwebhooks of PyPI in .build/test-tools: WITH_TEST_TOOLS=yes Scripts/install.sh"))
    func connectingAReceiver() throws {
        let page = try String(contentsOf: Program.root.appendingPathComponent("docs/integrate/webhooks.md"), encoding: .utf8)
        let folder = try TemporaryFolder()
        // Below those the system gives out.
        let ports = (22_000 + Int(getpid()) % 4_000, 27_000 + Int(getpid()) % 4_000)
        func here(_ text: String) -> String {
            text.replacingOccurrences(of: "8091", with: "\(ports.0)").replacingOccurrences(of: "8080", with: "\(ports.1)")
                .replacingOccurrences(of: "--policy Policy", with: "--policy \(Program.root.path)/Policy")
                .replacingOccurrences(of: "sleep 2", with: "sleep 5")
                // What `make test` has installed already.
                .replacingOccurrences(of: "python3 -m venv tools && tools/bin/pip install -q standardwebhooks", with: "ln -s \(DocumentTests.tools) tools")
        }
        _ = try folder.write(here(DocumentTests.lines(of: page, in: "python").joined(separator: "\n")), to: "receiver.py")
        let script = "set -e\ntrap 'kill $(jobs -p)' EXIT\ncd \(folder.file("").path)\n" + here(DocumentTests.commands(of: page).joined(separator: "\n")) + "\n"
        let search = Program.path.deletingLastPathComponent().path + ":/usr/bin:/bin"
        let outcome = try Program.run(
            [try folder.write(script, to: "page.sh")], executable: URL(fileURLWithPath: "/bin/bash"), environment: ["PATH": search])
        #expect(outcome.code == 0, "\(outcome.err)\n\(outcome.out)")
        for said in ["new test", "new case-opened case_", "seen before case-opened case_", #""outcome":"delivered""#] {
            #expect(outcome.out.contains(said), "“\(said)” is not in \(outcome.out)")
        }
    }

    @Test("The page names every kind of event there is, and no other")
    func kindsOfEvents() throws {
        let page = try String(contentsOf: Program.root.appendingPathComponent("docs/integrate/webhooks.md"), encoding: .utf8)
        let list = try #require(page.components(separatedBy: "## Kinds of events").last)
        let named = list.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        #expect(named == WebhookKinds.all)
        for (number, wait) in RetrySchedule.waits.enumerated() {
            let seconds = wait.milliseconds / 1_000
            let text = seconds < 60 ? "\(seconds) s" : seconds < 3_600 ? "\(seconds / 60) min" : "\(seconds / 3_600) h"
            let row = try #require(page.components(separatedBy: "\n").first { $0.hasPrefix("| it waits at most") })
            #expect(row.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }[number + 2] == text)
        }
    }

    /// The lines of its `sh` blocks.
    private static func commands(of page: String) -> [String] { lines(of: page, in: "sh").filter { !$0.isEmpty } }

    private static func lines(of page: String, in language: String) -> [String] {
        var lines: [String] = []
        var isInside = false
        for line in page.components(separatedBy: "\n") {
            if line.hasPrefix("```") { isInside = line == "```" + language } else if isInside { lines.append(line) }
        }
        return lines
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
