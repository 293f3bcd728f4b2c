import Chronicle
import Disputes
import Policies
import TestKit
import Testing

/// Letters are written from the case as it was when they went.
@Suite("What letters say")
struct WhatLettersSay {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    /// Every letter of a story to everyone who reads it, with what was said opened as `words` would.
    private func letters(_ scene: Scene) -> [(letter: WrittenLetter, to: Party)] {
        var file = CaseFile()
        var letters: [(WrittenLetter, Party)] = []
        for event in scene.log {
            file.apply(event)
            guard let sent = event.body.body as? LetterSent, let then = file.dispute else { continue }
            let ruled = then.announcedRuling != nil
            let writing = LetterWriting(
                then, policy,
                spoken: .init(
                    statement: "I paid.", reasons: ruled ? [.init(isOfPenalty: false, text: "It was paid."), .init(isOfPenalty: true, text: "No answer.")] : [])
            )
            for party in then.parties where then.mayRead(sent.audience, party) {
                if let letter = writing.letter(sent.letter, to: party) { letters.append((letter, party)) }
            }
        }
        return letters
    }

    @Test("Every letter that goes out in any story says all it speaks of, as the pack was checked for")
    func nothingMissing() throws {
        var codes: Set<LetterCode> = []
        for scene in try Stories.all(policy) {
            for (letter, _) in letters(scene) {
                codes.insert(letter.code)
                #expect(letter.missing.isEmpty, "\(letter.code): \(letter.missing)")
                #expect(!letter.body.contains("{") && !letter.body.contains(".."), "\(letter.code): \(letter.body)")
            }
        }
        #expect(codes.count >= 6, "the stories send too few kinds of letters to say anything: \(codes)")
    }

    @Test("A party reads its own language, and a language the pack does not write is English", arguments: [("es", "Hola"), ("fr", "Hello"), ("en", "Hello")])
    func languages(_ language: String, _ greeting: String) throws {
        let scene = try Stories.ruled(policy)
        let dispute = try scene.dispute
        let filer = try #require(dispute.principal(.filer))
        let spoken = try #require(Language(language))
        let reader = Party(id: filer.id, side: filer.side, capacity: filer.capacity, language: spoken)
        let code = try #require(LetterCode("decision"))
        let letter = try #require(LetterWriting(dispute, policy, spoken: .init()).letter(code, to: reader))
        #expect(letter.body.hasPrefix(greeting))
    }

    @Test("A measure against one party, and its reason, is told to nobody else")
    func othersMeasures() throws {
        // given a ruling with a penalty on the seller
        var scene = try Stories.inDecision(policy)
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        let penalty = try #require(policy.penalties.values.filter { !$0.merchantsOnly }.min { $0.severity < $1.severity })
        (draft.penaltiesApplying, draft.penaltyAgainst, draft.penaltyReason) = ([penalty.code], Cast.seller.party, draft.outcome.reason)
        try scene.act(as: .expert, .take, .rule(draft))
        let dispute = try scene.dispute
        let spoken = LetterWriting.Spoken(reasons: [.init(isOfPenalty: true, text: "He never answered.")])
        let writing = LetterWriting(dispute, policy, spoken: spoken)
        let code = try #require(LetterCode("decision"))
        func decision(to side: Side) throws -> String {
            let party = try #require(dispute.principal(side))
            return try #require(writing.letter(code, to: party)).body
        }
        // then whom it is against reads it, and the other side does not
        #expect(try decision(to: .other).contains(penalty.title) && decision(to: .other).contains("He never answered."))
        #expect(try !decision(to: .filer).contains(penalty.title) && !decision(to: .filer).contains("He never answered."))
    }
}
