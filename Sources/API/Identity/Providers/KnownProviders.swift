import Chronicle
import JWTKit
import Runtime

/// What providers said of themselves and the keys they publish, kept for as long as they allow, within bounds.
///
/// A key that is gone from the set stops being trusted when what is kept of it runs out, an hour at the most; one that is new is asked for when the
/// first token names it. When a provider does not answer by then, nobody comes in on its word.
actor KnownProviders {
    private struct Kept<Value: Sendable> {
        let value: Value
        let until: Instant
    }

    /// How long an answer is kept, whatever its `Cache-Control` says.
    private static let keeps = (min: Span.minutes(1), max: Span.hours(1), usual: Span.minutes(10))
    /// Keys are asked for again, because a token names one that is not there, at most so often.
    static let asksAgainAfter = Span.seconds(10)
    /// An address that failed is left alone for so long: whoever comes meanwhile need not wait for it, too.
    private static let restsAfterFailure = Span.seconds(2)

    private let line: any ProviderLine
    private let surroundings: any Surroundings
    private var documents: [WebAddress: Kept<ProviderMetadata>] = [:]
    private var sets: [WebAddress: Kept<KeySet>] = [:]
    private var asked: [WebAddress: Instant] = [:]
    private var failed: [WebAddress: (trouble: ProviderTrouble, until: Instant)] = [:]
    private var underWay: [WebAddress: Task<ProviderReply, any Error>] = [:]

    init(_ line: any ProviderLine, _ surroundings: any Surroundings) { (self.line, self.surroundings) = (line, surroundings) }

    func metadata(of issuer: WebAddress) async throws(ProviderTrouble) -> ProviderMetadata {
        guard let address = ProviderMetadata.address(of: issuer) else { throw .unreadable("its address is too long") }
        if let kept = documents[address], surroundings.now() < kept.until { return kept.value }
        let reply = try await ask(address)
        let metadata = try ProviderMetadata(reply.body, of: issuer)
        documents[address] = Kept(value: metadata, until: surroundings.now() + KnownProviders.lasts(reply.cacheControl))
        return metadata
    }

    /// The key a token was signed with; `nil` where the provider publishes none like it.
    /// - Parameter anew: what is kept did not fit.
    func key(for header: TokenHeader, of provider: ProviderMetadata, anew: Bool) async throws(ProviderTrouble) -> JWK? {
        let address = provider.keys
        if let kept = sets[address], surroundings.now() < kept.until {
            if !anew, let key = kept.value.key(for: header) { return key }
            if let last = asked[address], surroundings.now() - last < KnownProviders.asksAgainAfter { return nil }
        }
        asked[address] = surroundings.now()
        let reply = try await ask(address)
        let set = try KeySet(reply.body)
        sets[address] = Kept(value: set, until: surroundings.now() + KnownProviders.lasts(reply.cacheControl))
        return set.key(for: header)
    }

    /// Asks once for all who want to know at the same time.
    private func ask(_ address: WebAddress) async throws(ProviderTrouble) -> ProviderReply {
        if let failure = failed[address], surroundings.now() < failure.until { throw failure.trouble }
        let line = line
        let task = underWay[address] ?? Task { try await line.fetch(address) }
        underWay[address] = task
        defer { if underWay[address] == task { underWay[address] = nil } }
        let trouble: ProviderTrouble
        do {
            let reply = try await task.value
            guard reply.status != 200 else {
                failed[address] = nil
                return reply
            }
            trouble = .status(reply.status)
        } catch { trouble = .line(error as? ProviderLineError ?? .silent) }
        failed[address] = (trouble, surroundings.now() + KnownProviders.restsAfterFailure)
        throw trouble
    }

    /// How long an answer may be kept (RFC 9111 §5.2.2), within bounds.
    static func lasts(_ cacheControl: String?) -> Span {
        guard let cacheControl else { return keeps.usual }
        let directives = cacheControl.lowercased().split(separator: ",").map(\.trimmingSpaces)
        guard !directives.contains("no-store"), !directives.contains("no-cache") else { return keeps.min }
        guard let age = directives.first(where: { $0.hasPrefix("max-age=") }), let seconds = Int64(age.dropFirst(8).filter { $0 != "\"" }) else {
            return keeps.usual
        }
        return min(max(.seconds(min(max(seconds, 0), 86_400)), keeps.min), keeps.max)
    }
}
