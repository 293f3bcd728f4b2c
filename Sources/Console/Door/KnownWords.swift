import Chronicle
import RecourseClient
import Synchronization
import Wire

/// What the pack in force calls things, asked for at most every few seconds: it is the same for everybody who may ask, and every page needs it.
final class KnownWords: Sendable {
    private let kept = Mutex<(words: Vocabulary, until: Instant)?>(nil)
    private static let keptFor = Span.seconds(10)

    func words(from client: RecourseClient, now: Instant) async throws -> Vocabulary {
        if let kept = kept.withLock({ $0 }), now < kept.until, kept.until - now <= KnownWords.keptFor { return kept.words }
        let words = try await client.showVocabulary()
        kept.withLock { $0 = (words, now + KnownWords.keptFor) }
        return words
    }
}

extension Visit {
    /// What codes are called. Only after the desk has let the visitor in: whoever it does not know learns nothing here, either.
    func vocabulary() async throws -> Vocabulary { try await console.words.words(from: client, now: now) }
}
