import Foundation
import Testing

/// One way to say a thing, three places to say it.
@Suite("Settings of a served desk")
struct SettingsTests {
    private static let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

    private func shown(_ flags: [String] = [], environment: [String: String] = [:], file: String? = nil, mode: Int = 0o600) throws -> Program.Outcome {
        let folder = try TemporaryFolder()
        var words = ["serve", "--print-config", "--json"] + flags
        if let file {
            let path = try folder.write(file, to: "desk.yaml")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            words += ["--config", path]
        }
        return try Program.run(words, environment: environment)
    }

    private func said(_ outcome: Program.Outcome, _ name: String) throws -> (value: String?, by: String?) {
        let line = try objects(outcome).first { $0["name"] as? String == name }
        return (line?["value"] as? String, line?["said_by"] as? String)
    }

    @Test("A flag comes before the environment, that before the file, that before what is usual; each is shown with who said it")
    func order() throws {
        let file = "port: 7001\nhost: 10.0.0.1\nlog-level: debug\n"
        let outcome = try shown(["--port", "7003"], environment: ["RECOURSE_PORT": "7002", "RECOURSE_HOST": "10.0.0.2"], file: file)
        #expect(outcome.code == 0, "\(outcome.err)")
        #expect(try said(outcome, "port") == ("7003", "flag"))
        #expect(try said(outcome, "host") == ("10.0.0.2", "environment"))
        let (level, by) = try said(outcome, "log-level")
        #expect(level == "debug" && by?.hasSuffix("desk.yaml") == true)
        #expect(try said(outcome, "policy") == ("Policy", "default"))
        #expect(try said(outcome, "address") == (nil, "not set"))
    }

    @Test("A secret is never printed, and is not taken from a file others can read")
    func secrets() throws {
        for outcome in [
            try shown(environment: ["RECOURSE_EXCHANGE_SECRET": SettingsTests.secret]), try shown(file: "exchange-secret: \(SettingsTests.secret)\n"),
        ] {
            #expect(outcome.code == 0 && !outcome.out.contains("whsec_") && !outcome.err.contains("whsec_"), "\(outcome.err)")
            #expect(try said(outcome, "exchange-secret").value == "(hidden)")
        }
        let open = try shown(file: "exchange-secret: \(SettingsTests.secret)\n", mode: 0o644)
        #expect(open.code == 1 && open.err.contains("others can read it: chmod 600") && !open.err.contains("whsec_"))
    }

    @Test(
        "What cannot be is refused where it was said",
        arguments: [
            ("port: many", "“port” in"), ("port: 70000", "is a number from 0 to 65535"), ("prot: 8080", "which is no setting; there are: store, host, port"),
            ("log-level: loud", "is error, warning, notice, info or debug"), ("tls-key: k.pem", "tls-certificate and tls-key belong together"),
            ("http-providers: yes", "is true or false"), ("- port", "is not a list of settings"), ("port: [1, 2]", "is not one value"),
            ("exchange-secret: hunter2", "is not whsec_"), ("exchange: https://x.example", "set RECOURSE_EXCHANGE_SECRET"), ("a: b: c", "is not YAML"),
        ])
    func refused(_ file: String, _ says: String) throws {
        let outcome = try shown(file: file + "\n")
        #expect(outcome.code == 1 && outcome.err.contains(says), "\(outcome.err)")
        #expect(!outcome.err.contains("hunter2"))
    }

    @Test("The file that ships is one, and every setting it can have is in the page")
    func documents() throws {
        let shipped = try Program.run(["serve", "--print-config", "--json", "--config", "Deploy/recourse.yaml"])
        #expect(shipped.code == 0, "\(shipped.err)")
        let page = try String(contentsOf: Program.root.appendingPathComponent("docs/operate/serve.md"), encoding: .utf8)
        for name in try objects(shipped).compactMap({ $0["name"] as? String }) { #expect(page.contains("`\(name)`"), "\(name)") }
    }
}
