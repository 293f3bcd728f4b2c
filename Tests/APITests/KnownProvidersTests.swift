import Chronicle
import Testing

@testable import API
@testable import Runtime

@Suite("What is known of providers")
struct KnownProvidersTests {
    @Test(
        "An answer is kept for as long as it says, within a minute and an hour; ten minutes, where it says nothing",
        arguments: [
            (nil, 600), ("max-age=300", 300), ("public, max-age=1800, must-revalidate", 1_800), ("MAX-AGE=\"120\"", 120), ("max-age=5", 60),
            ("max-age=0", 60), ("max-age=-1", 60), ("max-age=86400", 3_600), ("max-age=99999999999999999999", 600), ("max-age=x", 600), ("no-store", 60),
            ("no-cache, max-age=600", 60), ("private", 600), ("", 600),
        ] as [(String?, Int64)])
    func keeps(_ cacheControl: String?, _ seconds: Int64) { #expect(KnownProviders.lasts(cacheControl) == .seconds(seconds)) }

    @Test("Forty who come at once ask the provider once for what it says of itself")
    func together() async throws {
        let provider = PretendProvider()
        let known = KnownProviders(provider, RealSurroundings())
        let issuer = try #require(WebAddress(PretendProvider.issuer))
        try await withThrowingTaskGroup(of: ProviderMetadata.self) { group in
            for _ in 0..<40 { group.addTask { try await known.metadata(of: issuer) } }
            var heard: Set<ProviderMetadata> = []
            for try await metadata in group { heard.insert(metadata) }
            #expect(heard.count == 1)
        }
        #expect(provider.count(of: "openid-configuration") == 1)
    }

    @Test("A provider that does not answer is left alone for two seconds, and asked again then")
    func rest() async throws {
        let (provider, clock) = (PretendProvider(), MovableClock())
        let known = KnownProviders(provider, clock)
        let issuer = try #require(WebAddress(PretendProvider.issuer))
        provider.set { $0.isSilent = true }
        for _ in 0..<5 { await #expect(throws: ProviderTrouble.self) { _ = try await known.metadata(of: issuer) } }
        #expect(provider.count(of: "openid-configuration") == 1)
        provider.set { $0.isSilent = false }
        clock.pass(.seconds(2))
        _ = try await known.metadata(of: issuer)
    }

    @Test("What goes to the provider is derived from the browser's secret, each part for itself, and is of the right length")
    func derived() {
        let secret = BrowserSecret(random: [UInt8](repeating: 7, count: 32))
        let parts = [secret.text, secret.state, secret.nonce, secret.verifier, secret.challenge]
        #expect(Set(parts).count == 5 && parts.allSatisfy { $0.utf8.count == 43 })
        #expect(BrowserSecret(secret.text) == secret)
        #expect(BrowserSecret("") == nil && BrowserSecret(secret.text + "A") == nil && BrowserSecret(String(secret.text.dropLast(2))) == nil)
    }

    @Test("A key that does not say what it is for, or is one of two that could be meant, is not guessed at")
    func choosing() throws {
        func set(_ keys: String) throws -> KeySet { try KeySet(Array(#"{"keys":[\#(keys)],"more":1.5}"#.utf8)) }
        func header(_ fields: String) throws -> TokenHeader { try #require(TokenHeader(of: Base64.encodeForAddress(Array("{\(fields)}".utf8)) + "..")) }
        let edwards = #""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#
        let named = try header(#""alg":"EdDSA","kid":"a""#)
        #expect(try set(#"{\#(edwards),"kid":"a"}"#).key(for: named) != nil)
        #expect(try set(#"{\#(edwards),"kid":"b"}"#).key(for: named) == nil)
        #expect(try set(#"{\#(edwards),"kid":"a"},{\#(edwards),"kid":"a"}"#).key(for: named) == nil)
        #expect(try set(#"{\#(edwards),"kid":7}"#).key(for: named) == nil)
        #expect(try set(#"{\#(edwards),"kid":"a","use":"enc"}"#).key(for: named) == nil)
        #expect(try set(#"{\#(edwards),"kid":"a","alg":"ES256"}"#).key(for: named) == nil)
        let nameless = try header(#""alg":"EdDSA""#)
        #expect(try set(#"{\#(edwards)}"#).key(for: nameless) != nil)
        #expect(try set(#"{\#(edwards)},{\#(edwards),"kid":"b"}"#).key(for: nameless) == nil)
        for refused in [#""alg":"none""#, #""alg":"HS256""#, #""alg":"RS384""#, #""alg":"EdDSA","crit":["b64"]"#, #""alg":"EdDSA","alg":"none""#, ""] {
            #expect(TokenHeader(of: Base64.encodeForAddress(Array("{\(refused)}".utf8)) + "..") == nil, "\(refused)")
        }
    }
}
