import Chronicle
import Crypto
import Foundation

/// An authenticator in software: makes keys and signs as WebAuthn has it, and can be made to lie in one thing at a time.
struct SoftAuthenticator {
    var relyingParty = "desk.example"
    var origin = "https://desk.example"
    var count: UInt32 = 1
    /// User present, user verified.
    var flags: UInt8 = 0x05
    var algorithm: Int = -7
    var crossOrigin = false
    let key = P256.Signing.PrivateKey()
    let credential: [UInt8] = (0..<32).map { _ in UInt8.random(in: 0...255) }

    var id: String { Base64.encodeForAddress(credential) }

    func clientData(_ type: String, _ challenge: String) -> [UInt8] {
        Array(#"{"type":"\#(type)","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":\#(crossOrigin),"other":"ignored"}"#.utf8)
    }

    private func data(attested: Bool) -> [UInt8] {
        var bytes = Array(SHA256.hash(data: Array(relyingParty.utf8)))
        bytes.append(flags | (attested ? 0x40 : 0))
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
        guard attested else { return bytes }
        bytes += [UInt8](repeating: 0, count: 16) + [0, UInt8(credential.count)] + credential
        let point = Array(key.publicKey.rawRepresentation)
        // {1: 2, 3: alg, -1: 1, -2: x, -3: y}
        bytes += [0xA5, 0x01, 0x02, 0x03, UInt8(0x20 + (-1 - algorithm)), 0x20, 0x01, 0x21, 0x58, 0x20] + point[..<32] + [0x22, 0x58, 0x20] + point[32...]
        return bytes
    }

    /// `{"fmt": "none", "attStmt": {}, "authData": …}`
    func attestation() -> [UInt8] {
        let data = data(attested: true)
        return [0xA3, 0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8) + [0x67] + Array("attStmt".utf8) + [0xA0, 0x68] + Array("authData".utf8)
            + [0x58, UInt8(data.count)] + data
    }

    func body(named name: String, answering challenge: String, type: String = "webauthn.create") -> String {
        #"{"name":"\#(name)","challenge":"\#(challenge)","client_data":"\#(text(clientData(type, challenge)))","attestation":"\#(text(attestation()))"}"#
    }

    func entry(answering challenge: String, type: String = "webauthn.get", signedBy other: P256.Signing.PrivateKey? = nil) throws -> String {
        let (client, data) = (clientData(type, challenge), data(attested: false))
        let signature = try (other ?? key).signature(for: data + Array(SHA256.hash(data: client))).derRepresentation
        return #"{"credential":"\#(id)","challenge":"\#(challenge)","client_data":"\#(text(client))","authenticator_data":"\#(text(data))","#
            + #""signature":"\#(text(Array(signature)))"}"#
    }

    private func text(_ bytes: [UInt8]) -> String { Base64.encodeForAddress(bytes) }
}
