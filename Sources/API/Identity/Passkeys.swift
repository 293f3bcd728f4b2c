import Chronicle
import Runtime
import Synchronization
import Wire

/// Challenges that were given out and not answered. Each is answered once: whoever takes one takes it from all others. In memory, as beginnings of other
/// sign-ins are: nobody without a name can make the desk write to its disk.
final class PasskeyChallenges: Sendable {
    enum Purpose: Hashable, Sendable {
        /// Only for whom it was given to.
        case making(handle: String)
        case signingIn
    }

    private static let lasts = Span.minutes(5)
    private static let countMax = 10_000
    private let given = Mutex<[Digest: (purpose: Purpose, at: Instant)]>([:])

    func give(_ purpose: Purpose, _ challenge: [UInt8], at now: Instant) throws(Problem) {
        let isKept = given.withLock { given in
            if given.count >= PasskeyChallenges.countMax { given = given.filter { now - $0.value.at < PasskeyChallenges.lasts } }
            guard given.count < PasskeyChallenges.countMax else { return false }
            given[Digest(hashing: challenge)] = (purpose, now)
            return true
        }
        guard isKept else { throw Problem(.tooManyRequests, "more people are signing in than can be; try again in a minute", retryAfterSeconds: 60) }
    }

    /// Was this given for that? Asked once, whatever the answer.
    func take(_ purpose: Purpose, _ challenge: [UInt8], at now: Instant) -> Bool {
        guard let found = given.withLock({ $0.removeValue(forKey: Digest(hashing: challenge)) }) else { return false }
        return found.purpose == purpose && now - found.at < PasskeyChallenges.lasts
    }
}

extension Counter {
    fileprivate func ceremony() throws(Problem) -> PasskeyCeremony {
        guard let ceremony = address.flatMap({ PasskeyCeremony(address: $0) }) else {
            throw Problem(.notNow, "passkeys are bound to a desk’s name, and this one was not told its own (recourse serve --address https://…)")
        }
        return ceremony
    }

    fileprivate func challenge(_ purpose: PasskeyChallenges.Purpose) throws(Problem) -> String {
        let challenge = desk.surroundings.salt() + desk.surroundings.salt()
        try challenges.give(purpose, challenge, at: desk.surroundings.now())
        return Base64.encodeForAddress(challenge)
    }

    /// The bytes of a challenge that was given for this and not answered yet.
    fileprivate func taken(_ text: String, _ purpose: PasskeyChallenges.Purpose) throws -> [UInt8] {
        guard let bytes = Base64.decodeFromAddress(text), challenges.take(purpose, bytes, at: desk.surroundings.now()) else {
            throw PasskeyRefusal.otherCeremony
        }
        return bytes
    }
}

extension Operation {
    static let passkeys: [Operation] = [
        Operation("begin-passkey", .post, "/v1/me/passkeys/challenge", for: [.staff]) { visit in
            let (handle, ceremony) = (try visit.handle(), try visit.counter.ceremony())
            try visit.demandFreshFactor()
            let known = try await visit.counter.desk.passkeys(of: handle).map(\.id)
            let user = Base64.encodeForAddress(try await visit.counter.desk.passkeyUser(handle))
            let challenge = try visit.counter.challenge(.making(handle: handle))
            return try .of(
                PasskeyChallenge(challenge: challenge, relyingParty: ceremony.relyingParty, user: user, handle: handle, known: known), status: 201, asOf: nil)
        },
        Operation("list-passkeys", .get, "/v1/me/passkeys", for: [.staff]) { visit in
            try .of(PasskeyList(passkeys: try await visit.counter.desk.passkeys(of: try visit.handle()).map(PasskeyView.init)), asOf: nil)
        },
        Operation("add-passkey", .post, "/v1/me/passkeys", for: [.staff], bringing: .json) { visit in
            let body = try visit.arrival.read(NewPasskeyBody.self)
            let (handle, ceremony) = (try visit.handle(), try visit.counter.ceremony())
            let challenge = try visit.counter.taken(body.challenge, .making(handle: handle))
            guard let clientData = Base64.decodeFromAddress(body.clientData), let attestation = Base64.decodeFromAddress(body.attestation) else {
                throw PasskeyRefusal.unreadable
            }
            let made = try await visit.counter.desk.addPasskey(
                to: handle, named: body.name, clientData: clientData, attestation: attestation, answering: challenge, in: ceremony)
            return try .of(PasskeyView(made), status: 201, asOf: nil)
        },
        Operation("remove-passkey", .delete, "/v1/me/passkeys/{passkey}", for: [.staff]) { visit in
            try .of(PasskeyView(try await visit.counter.desk.removePasskey(try visit.arrival.parameter("passkey"), of: try visit.handle())), asOf: nil)
        },
    ]
}

extension Entrance {
    static let passkeys: [Entrance] = [
        Entrance(id: "begin-passkey-sign-in", method: .post, path: "/v1/sign-in/passkey/challenge", bringing: .nothing) { _, counter in
            let ceremony = try counter.ceremony()
            return try .of(PasskeyChallenge(challenge: try counter.challenge(.signingIn), relyingParty: ceremony.relyingParty), status: 201, asOf: nil)
        },
        Entrance(id: "sign-in-by-passkey", method: .post, path: "/v1/sign-in/passkey") { arrival, counter in
            let body = try arrival.read(PasskeyEntryBody.self)
            let ceremony = try counter.ceremony()
            do {
                let challenge = try counter.taken(body.challenge, .signingIn)
                guard let clientData = Base64.decodeFromAddress(body.clientData), let data = Base64.decodeFromAddress(body.authenticatorData),
                    let signature = Base64.decodeFromAddress(body.signature)
                else { throw PasskeyRefusal.unreadable }
                let (token, session) = try await counter.desk.signIn(
                    passkey: body.credential, clientData: clientData, authenticatorData: data, signature: signature, answering: challenge, in: ceremony)
                return try answer(token, session)
            } catch is PasskeyRefusal {
                throw Problem(.unidentified, "this passkey lets nobody in; begin again, or sign in with your password")
            } catch is SignInError {
                throw Problem(.unidentified, "this passkey lets nobody in; begin again, or sign in with your password")
            }
        },
    ]
}

extension PasskeyView {
    init(_ passkey: Passkey) { self.init(id: passkey.id, name: passkey.name, made: passkey.made, used: passkey.used) }
}

extension Problem {
    init(passkey refusal: PasskeyRefusal) {
        switch refusal {
        case .unknown: self.init(.notFound, "\(refusal)")
        case .alreadyThere: self.init(.alreadyDone, "\(refusal)")
        case .tooMany: self.init(.notNow, "\(refusal)")
        case .nameLength: self.init(.refused, "\(refusal)", field: "name")
        case .unreadable, .otherCeremony, .otherDesk, .unverified, .wrongSignature, .copied: self.init(.refused, "\(refusal)")
        }
    }
}
