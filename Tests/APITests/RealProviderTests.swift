import Correspondence
import Foundation
import RecourseClient
import Testing

@testable import API
@testable import Runtime

/// The same over the network, with a provider written by others: `oidc-provider-mock` of PyPI, which `Scripts/sign-in-tools.sh` installs.
@Suite(
    "Coming in by a real provider", .serialized,
    .enabled(if: RealProvider.isThere, "oidc-provider-mock is not in .build/sign-in-tools: run Scripts/sign-in-tools.sh"))
struct RealProviderTests {
    private func withProvider(_ body: (ServedDesk, RealProvider) async throws -> Void) async throws {
        let (provider, line) = (try await RealProvider(), HTTPProviderLine(speaksPlainly: true))
        do {
            try await ServedDesk.use(providers: line) { served in
                try await served.done(
                    "PUT", "/v1/providers/sso", as: .theOperator,
                    #"{"issuer":"\#(provider.issuer)","client_id":"desk","client_secret":"s3cret","email_domains":["desk.example"],"second_factor":true}"#)
                try await served.done("PUT", "/v1/users/amir/providers/sso", as: .theOperator, #"{"subject":"u-1"}"#)
                try await body(served, provider)
            }
        } catch {
            provider.stop()
            try? await line.close()
            throw error
        }
        provider.stop()
        try await line.close()
    }

    /// What stands in the address the provider sends a browser to.
    private func fields(_ address: String?) throws -> [(String, String)] {
        let address = try #require(address)
        #expect(address.hasPrefix("https://desk.example/v1/sign-in/oidc/sso/callback?"))
        return (URLComponents(string: address)?.queryItems ?? []).map { ($0.name, $0.value ?? "") }
    }

    @Test("A whole sign-in: discovery, code, RS256 token with its keys, second factor, leaving")
    func whole() async throws {
        try await withProvider { served, provider in
            let browser = Browser(served)
            let fields = try fields(try await provider.authorize(try await browser.begin(), "sub=u-1"))
            let back = try await browser.comeBack(fields)
            #expect(back.status == 200 && back.object["second_factor"] as? Bool == true, "\(back.text)")
            #expect(try await browser.open("/v1/me").object["handle"] as? String == "amir")
            #expect(try await browser.comeBack(fields).status == 401, "the same answer a second time")
            let left = try await browser.ask("DELETE", "/v1/session", nil)
            #expect(left.object["end_session"] as? String == provider.issuer + "/oauth2/end_session?client_id=desk")
        }
    }

    @Test("Whoever says no there, is nobody here, or brings a code twice is sent away")
    func refused() async throws {
        try await withProvider { served, provider in
            let browser = Browser(served)
            let denied = try await provider.authorize(try await browser.begin(), "action=deny")
            // This provider does not say which beginning it denies, as RFC 6749 wants it to: it is not taken for an answer.
            #expect(try await browser.comeBack(try fields(denied)).status == 401)
            let stranger = Browser(served)
            #expect(try await stranger.comeBack(try fields(try await provider.authorize(try await stranger.begin(), "sub=stranger"))).status == 403)
            // A code that was used, in a beginning that is new: the provider refuses it.
            let first = Browser(served)
            let used = try fields(try await provider.authorize(try await first.begin(), "sub=u-1"))
            #expect(try await first.comeBack(used).status == 200)
            let second = Browser(served)
            let fresh = try fields(try await provider.authorize(try await second.begin(), "sub=u-1"))
            #expect(try await second.comeBack(fresh.filter { $0.0 != "code" } + used.filter { $0.0 == "code" }).status == 401)
            // A code of another beginning, not used yet: its token has another nonce.
            let (third, fourth) = (Browser(served), Browser(served))
            let stolen = try fields(try await provider.authorize(try await third.begin(), "sub=u-1"))
            let own = try fields(try await provider.authorize(try await fourth.begin(), "sub=u-1"))
            #expect(try await fourth.comeBack(own.filter { $0.0 != "code" } + stolen.filter { $0.0 == "code" }).status == 401)
        }
    }

    @Test("A provider that starts anew with other keys is asked for them; one that is gone lets nobody in")
    func rotation() async throws {
        try await withProvider { served, provider in
            func signIn() async throws -> Reply {
                let browser = Browser(served)
                return try await browser.comeBack(try fields(try await provider.authorize(try await browser.begin(), "sub=u-1")))
            }
            #expect(try await signIn().status == 200)
            provider.stop()
            try await provider.start()
            served.clock.pass(.seconds(11))
            #expect(try await signIn().status == 200)
            let browser = Browser(served)
            let begun = try fields(try await provider.authorize(try await browser.begin(), "sub=u-1"))
            provider.stop()
            #expect(try await browser.comeBack(begun).status == 503)
            try await provider.start()
        }
    }
}

/// The line itself, with something at its other end that does not behave.
@Suite("The line to providers", .serialized)
struct ProviderLineTests {
    /// Answers one connection with what it is given, and closes it when told to.
    private final class Answering: Sendable {
        private let socket: ListeningSocket
        var address: WebAddress? { WebAddress("http://127.0.0.1:\(socket.port)/x") }

        init(_ head: String, body: @escaping @Sendable (Int32) -> Void = { _ in }) throws {
            let socket = try ListeningSocket()
            self.socket = socket
            Thread.detachNewThread {
                let connection = accept(socket.descriptor, nil, nil)
                guard connection >= 0 else { return }
                var heard = [UInt8](repeating: 0, count: 4_096)
                _ = recv(connection, &heard, heard.count, 0)
                _ = send(connection, head, head.utf8.count, Int32(MSG_NOSIGNAL))
                body(connection)
                close(connection)
            }
        }
    }

    private func asking(_ answering: Answering, speaksPlainly: Bool = true, seconds: Int64 = 10) async throws -> Result<ProviderReply, ProviderLineError> {
        let line = HTTPProviderLine(speaksPlainly: speaksPlainly, timeoutSeconds: seconds)
        let address = try #require(answering.address)
        let result: Result<ProviderReply, ProviderLineError>
        do throws(ProviderLineError) { result = .success(try await line.fetch(address)) } catch { result = .failure(error) }
        try await line.close()
        return result
    }

    private func trouble(_ result: Result<ProviderReply, ProviderLineError>) -> ProviderLineError? {
        if case .failure(let error) = result { error } else { nil }
    }

    @Test("A redirect is an answer like any other, and is not followed")
    func redirect() async throws {
        let reply = try await asking(
            Answering("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nCache-Control: max-age=60\r\n\r\n")
        ).get()
        #expect(reply.status == 302 && reply.cacheControl == "max-age=60")
    }

    @Test("An answer that is too long is not read to its end, whether it says so or not")
    func tooLong() async throws {
        for head in ["HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"] {
            let result = try await asking(
                Answering(head) { connection in
                    let piece = [UInt8](repeating: 97, count: 64 << 10)
                    for _ in 0..<64 { guard send(connection, piece, piece.count, Int32(MSG_NOSIGNAL)) > 0 else { return } }
                })
            #expect(trouble(result) == .tooLong)
        }
    }

    @Test("An answer that comes byte by byte is given up after the time there is")
    func slow() async throws {
        let clock = ContinuousClock()
        let took = try await clock.measure {
            let result = try await asking(
                Answering("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n") { connection in
                    for _ in 0..<100 {
                        guard send(connection, "a", 1, Int32(MSG_NOSIGNAL)) > 0 else { return }
                        usleep(200_000)
                    }
                }, seconds: 1)
            #expect(trouble(result) == .silent)
        }
        #expect(took < .seconds(15), "\(took)")
    }

    /// A server with a certificate it made for itself.
    private static let selfSigned = """
        import datetime, ipaddress, ssl, sys, tempfile, http.server
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.timezone.utc)
        names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
                .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
                .add_extension(names, False).sign(key, hashes.SHA256()))
        file = tempfile.NamedTemporaryFile()
        file.write(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        file.flush()
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200); self.send_header("Content-Length", "2"); self.end_headers(); self.wfile.write(b"{}")
        server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file.name)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test(
        "A certificate nobody vouches for is no provider's",
        .enabled(if: RealProvider.isThere, "oidc-provider-mock is not in .build/sign-in-tools: run Scripts/sign-in-tools.sh"))
    func certificate() async throws {
        let (server, out) = (Process(), Pipe())
        server.executableURL = URL(fileURLWithPath: RealProvider.program).deletingLastPathComponent().appendingPathComponent("python3")
        server.arguments = ["-c", ProviderLineTests.selfSigned]
        (server.standardOutput, server.standardError) = (out, FileHandle.nullDevice)
        try server.run()
        defer { server.terminate() }
        let port = String(decoding: out.fileHandleForReading.availableData, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let line = HTTPProviderLine(timeoutSeconds: 5)
        let address = try #require(WebAddress("https://localhost:\(port)/"))
        do throws(ProviderLineError) {
            _ = try await line.fetch(address)
            Issue.record("it was believed")
        } catch { #expect(error == .silent) }
        try await line.close()
        // It does answer whoever does not ask who it is.
        let curl = Process()
        (curl.executableURL, curl.arguments) = (URL(fileURLWithPath: "/usr/bin/env"), ["curl", "-skf", "-o", "/dev/null", address.text])
        try curl.run()
        curl.waitUntilExit()
        #expect(curl.terminationStatus == 0)
    }

    @Test("Plain HTTP is spoken only where that was said, and nobody at the other end is an error like any other")
    func plain() async throws {
        let answering = try Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let refused = try await asking(answering, speaksPlainly: false)
        #expect(trouble(refused) == .notEncrypted)
        #expect(try await asking(answering).get().status == 200)
        let line = HTTPProviderLine(timeoutSeconds: 1)
        let nobody = try #require(WebAddress("https://127.0.0.1:1/"))
        do throws(ProviderLineError) {
            _ = try await line.fetch(nobody)
            Issue.record("somebody answered")
        } catch { #expect(error == .silent) }
        try await line.close()
    }
}
