import Chronicle
import Crypto
import Foundation

/// Why a passkey was not taken. To whoever shows one at the door it is always said in the same words.
public enum PasskeyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable
    /// Of another page, for another purpose, or answering another challenge.
    case otherCeremony
    case otherDesk
    /// Nobody showed a PIN, a finger or a face.
    case unverified
    case wrongSignature
    /// Its counter went back: there may be a copy of it.
    case copied
    case unknown
    case alreadyThere
    case tooMany
    case nameLength

    public var description: String {
        switch self {
        case .unreadable: "the passkey cannot be read; only keys for ES256 are taken"
        case .otherCeremony: "this answers another question than was asked; begin again"
        case .otherDesk: "this passkey is for another desk"
        case .unverified: "the passkey was used without a PIN, a finger or a face"
        case .wrongSignature: "the signature is not the passkey’s"
        case .copied: "the passkey’s counter went back; there may be a copy of it"
        case .unknown: "there is no such passkey"
        case .alreadyThere: "this passkey is here already"
        case .tooMany: "ten passkeys are enough; remove one first"
        case .nameLength: "name the passkey in 1 to 60 characters"
        }
    }
}

/// What both ceremonies of WebAuthn (Level 2, §7.1 and §7.2) check, against the desk that asked.
public struct PasskeyCeremony: Sendable {
    /// As browsers know the desk: `https://desk.example`.
    let origin: String
    /// Its host alone: what passkeys are bound to.
    public let relyingParty: String

    /// `nil` where the desk has no name passkeys could be bound to: an address that is only a number.
    public init?(address: WebAddress) {
        let host = address.origin.split(separator: "/").last.map { $0.prefix { $0 != ":" } }?.lowercased() ?? ""
        guard host.contains(where: \.isLetter), !host.hasPrefix("[") else { return nil }
        (origin, relyingParty) = (address.origin, host)
    }

    private struct ClientData: Decodable {
        let type: String
        let challenge: String
        let origin: String
        let crossOrigin: Bool?
    }

    private func check(_ bytes: [UInt8], is type: String, answering challenge: [UInt8]) throws(PasskeyRefusal) {
        guard let data = try? JSONDecoder().decode(ClientData.self, from: Data(bytes)) else { throw .unreadable }
        guard data.type == type, data.crossOrigin != true, let answered = Base64.decodeFromAddress(data.challenge),
            equalInConstantTime(Base64.encode(answered), Base64.encode(challenge))
        else { throw .otherCeremony }
        guard data.origin == origin else { throw .otherDesk }
    }

    private func check(_ data: AuthenticatorData) throws(PasskeyRefusal) {
        guard data.relyingPartyHash == Array(SHA256.hash(data: Array(relyingParty.utf8))) else { throw .otherDesk }
        guard data.isUserPresent, data.isUserVerified else { throw .unverified }
    }

    /// A key that was just made. What its maker vouches for is not asked for, and not looked at.
    func registered(
        clientData: [UInt8], attestation: [UInt8], answering challenge: [UInt8]
    ) throws(PasskeyRefusal) -> (credential: [UInt8], key: P256.Signing.PublicKey, signCount: UInt32) {
        try check(clientData, is: "webauthn.create", answering: challenge)
        guard let (value, count) = CBOR.read(attestation[...]), count == attestation.count, case .bytes(let bytes)? = value[.text("authData")],
            let data = AuthenticatorData(bytes), let made = data.made
        else { throw .unreadable }
        try check(data)
        return (made.credential, made.key, data.signCount)
    }

    /// A key that was used.
    /// - Returns: its counter, to be kept.
    func asserted(
        clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8], by key: P256.Signing.PublicKey, counted before: UInt32,
        answering challenge: [UInt8]
    ) throws(PasskeyRefusal) -> UInt32 {
        try check(clientData, is: "webauthn.get", answering: challenge)
        guard let data = AuthenticatorData(authenticatorData), let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else {
            throw .unreadable
        }
        try check(data)
        guard key.isValidSignature(signature, for: authenticatorData + Array(SHA256.hash(data: clientData))) else { throw .wrongSignature }
        // One that does not count says 0 for ever; one that does, counts on.
        guard data.signCount == 0 && before == 0 || data.signCount > before else { throw .copied }
        return data.signCount
    }
}
