import CSodium
import Synchronization

/// Passwords as argon2id strings (PHC), by libsodium: 19 MiB and two passes, the least OWASP's cheat sheet of 2026-08 takes.
///
/// At most four are reckoned at once, as each takes its memory; more wait their turn.
public struct Passwords: Sendable {
    /// Shortest that is taken. What a person chooses beyond that is theirs (NIST SP 800-63B-4 §3.1.1.2).
    public static let charactersMin = 12
    public static let charactersMax = 256

    private static let memoryBytes = 19_456 << 10
    private static let passes: UInt64 = 2
    private static let turns = Turns(4)
    /// A password nobody has, so that a handle nobody has takes as long as one that exists.
    private static let nobody = try? reckon("the password of nobody at all")

    /// Why a password is not taken.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case tooShort, tooLong, tooPlain
        case noMemory

        public var description: String {
            switch self {
            case .tooShort: "a password has at least \(charactersMin) characters"
            case .tooLong: "a password has at most \(charactersMax) characters"
            case .tooPlain: "this password is among the first that are tried; take one nobody would guess"
            case .noMemory: "the machine has no memory for this at the moment"
            }
        }
    }

    /// What passwords are made of first: of one that is little else, too little is left.
    private static let guessed = [
        "password", "passwort", "qwerty", "letmein", "welcome", "iloveyou", "administrator", "recourse", "manchester", "united", "liverpool", "barcelona",
        "football", "baseball", "superman", "princess", "sunshine", "starwars", "pokemon", "bitcoin", "ethereum", "crypto",
    ]

    private static let keys = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"].enumerated().flatMap { row, keys in
        keys.enumerated().map { ($1, (row: row, column: $0)) }
    }
    private static let places = Dictionary(uniqueKeysWithValues: keys)

    /// The next letter or digit, the same, or a key beside it.
    private static func isStep(from a: Character, to b: Character) -> Bool {
        if let a = a.unicodeScalars.first, let b = b.unicodeScalars.first, abs(Int(a.value) - Int(b.value)) <= 1 { return true }
        guard let a = places[a], let b = places[b] else { return false }
        return abs(a.row - b.row) <= 1 && abs(a.column - b.column) <= 1
    }

    /// The most used passwords that are long enough to be taken otherwise (see the NOTICE of this repository).
    private static let common = Set(String(decoding: PackageResources.common_passwords_txt, as: UTF8.self).split(separator: "\n"))

    /// Refuses what is guessed first: few different characters, a run, the person's own handle, or one that many use (NIST SP 800-63B-4 §3.1.1.2).
    static func check(_ password: String, of handle: String) throws(Refusal) {
        guard password.count >= charactersMin else { throw .tooShort }
        guard password.count <= charactersMax else { throw .tooLong }
        let plain = password.lowercased().filter { $0.isLetter || $0.isNumber }
        // Most of it counting up, down or on the spot, or from key to neighbouring key: 123456789012 turns over once, zaq12wsxcde3 goes up and down.
        let steps = zip(plain, plain.dropFirst()).filter { Passwords.isStep(from: $0, to: $1) }.count
        let isRun = steps * 5 >= plain.count * 4
        let guessed = Passwords.guessed + [handle.lowercased()]
        let bare = guessed.reduce(plain) { $0.replacing($1, with: "") }
        guard !common.contains(Substring(password.lowercased())) else { throw .tooPlain }
        guard !isRun, Set(password).count >= 5, bare.count >= 6 else { throw .tooPlain }
    }

    static func hash(_ password: String) async throws(Refusal) -> String {
        await turns.take()
        defer { turns.give() }
        return try reckon(password)
    }

    /// Does the password fit? With no string to hold it against the same is reckoned for nothing.
    static func fits(_ password: String, _ kept: String?) async -> Bool {
        await turns.take()
        defer { turns.give() }
        guard let against = kept ?? nobody, password.count <= charactersMax else { return false }
        let fits = against.withCString { hash in password.withCString { crypto_pwhash_str_verify(hash, $0, UInt64(password.utf8.count)) == 0 } }
        return fits && kept != nil
    }

    private static func reckon(_ password: String) throws(Refusal) -> String {
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let outcome = password.withCString { crypto_pwhash_str(&text, $0, UInt64(password.utf8.count), passes, memoryBytes) }
        guard outcome == 0 else { throw .noMemory }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Lets so many in at once; the others wait in their order.
private final class Turns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func give() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.free += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
