import Foundation
import Policies
import TestKit
import Testing

@testable import Console

@Suite("Words of the pages")
struct WordsTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let languages = Resources.phrases.keys.sorted()

    static func phrases(_ language: String) throws -> Phrases { try Phrases(language: language, text: try #require(Resources.phrases[language])) }

    @Test("Every word a template asks for is there, in every language", arguments: languages)
    func templates(language: String) throws {
        let phrases = try Self.phrases(language)
        for (name, text) in Resources.templates {
            for match in text.matches(of: /\{\{[#^\/]?w\.([a-z0-9_]+)\}\}/) {
                #expect(phrases.known(String(match.1)) != nil, "“\(name)” asks for \(match.1)")
            }
        }
    }

    @Test("Every word our code names is there: whole, or in its plural forms, or as the beginning of several", arguments: languages)
    func code(language: String) throws {
        let phrases = try Self.phrases(language)
        let folder = Self.root.appendingPathComponent("Sources/Console/Parties")
        var count = 0
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for match in text.matches(of: /"(p_[a-z0-9_.\-]+)(\\\()?/) {
                count += 1
                let name = String(match.1)
                let isThere =
                    if match.2 != nil || name.last == "." { phrases.names.contains { $0.hasPrefix(name) } } else {
                        phrases.known(name) != nil || phrases.known(name + ".one") != nil && phrases.known(name + ".other") != nil
                            || phrases.known("said." + name) != nil
                    }
                #expect(isThere, "\(file) says \(name)")
            }
        }
        #expect(count > 100)
    }

    @Test("Whoever claims by the default pack reads its reasons, and what is asked of them, in plain words")
    func pack() throws {
        let phrases = try Self.phrases("en")
        let policy = try DefaultPack.policy()
        for reason in policy.reasons.values where ![.issuer, .regulator, .authority].contains(reason.filer) {
            #expect(phrases.known("p_why.\(reason.code)") != nil, "\(reason.code): \(reason.title)")
            for demand in reason.fromFiler + reason.fromOther where policy.evidenceTypes[demand.type]?.automatic == false {
                #expect(phrases.known("p_ev.\(demand.type)") != nil, "\(demand.type) of \(reason.code)")
            }
        }
        for fault in policy.faults.keys { #expect(phrases.known("p_fault.\(fault)") != nil, "\(fault)") }
        for workflow in ["p2p-live", "p2p-post", "claim", "deposit-recovery", "account-takeover", "merchant-pay"] {
            let steps = WorkflowCode(workflow).flatMap { policy.workflows[$0] }?.steps.keys.map(\.text) ?? []
            #expect(!steps.isEmpty)
            for step in steps { #expect(phrases.known("p_step.\(step)") != nil, "\(step) of \(workflow)") }
        }
    }

    @Test("Every phrase has as many places for values as English has", arguments: languages)
    func places(language: String) throws {
        let (english, phrases) = (try Self.phrases("en"), try Self.phrases(language))
        for name in phrases.names {
            let places = { (text: String?) in (text ?? "").ranges(of: "{}").count }
            #expect(places(phrases.known(name)) == places(english.known(name)), "\(name) in \(language)")
        }
    }

    @Test("Every language has every word English has, and no other", arguments: languages)
    func complete(language: String) throws {
        let (english, phrases) = (try Self.phrases("en").names, try Self.phrases(language).names)
        #expect(english.symmetricDifference(phrases).sorted() == [])
    }
}
