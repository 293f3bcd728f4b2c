import Chronicle
import struct Crypto.SymmetricKey

/// Puts personal data into boxes and takes it out again.
///
/// A box opens only with the key of its owner and in the context it was sealed for (`case_01JD…/claim`, `party/name`), so a box copied
/// from one field or person to another is refused instead of believed.
public struct Sealer: Sendable {
    private let keys: PersonKeys
    /// Files with the log's own keys that are not here. What would be sealed meanwhile nobody could read once they are back.
    private let missing: [String]

    public init(_ keys: PersonKeys, missing: [String] = []) { (self.keys, self.missing) = (keys, missing) }

    /// Seals bytes for a person, making their key when they have none. Throws `.erased` when their key was destroyed.
    public func seal(_ plain: [UInt8], for owner: StreamID, context: String) async throws(SealingError) -> Sealed {
        try demandKeys()
        if await !keys.exists(owner) { try await keys.ensureKeys(for: [owner]) }
        guard let key = try await keys.key(of: owner) else { throw .erased(owner) }
        return Sealed(owner: owner, box: try Box.seal(plain, with: key, authenticating: Sealer.label(owner, context)))
    }

    /// Refuses to go on where the log's own keys are not here.
    func demandKeys() throws(SealingError) { guard missing.isEmpty else { throw .keysElsewhere(missing: missing) } }

    public func seal(_ text: String, for owner: StreamID, context: String) async throws(SealingError) -> Sealed {
        try await seal(Array(text.utf8), for: owner, context: context)
    }

    /// What is in the box, or that it is erased. Throws `.denied` for another context, another owner or a changed box.
    public func openBytes(_ sealed: Sealed, context: String) async throws(SealingError) -> Opened<[UInt8]> {
        guard let key = try await keys.key(of: sealed.owner) else { return .erased }
        guard let plain = Box.open(sealed.box, with: key, authenticating: Sealer.label(sealed.owner, context)) else {
            throw .denied(owner: sealed.owner, context: context)
        }
        return .readable(plain)
    }

    /// The same for a text.
    public func open(_ sealed: Sealed, context: String) async throws(SealingError) -> Opened<String> {
        switch try await openBytes(sealed, context: context) {
        case .erased: return .erased
        case .readable(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else { throw .denied(owner: sealed.owner, context: context) }
            return .readable(text)
        }
    }

    /// A stream's name has no zero byte and the context comes last, so two different pairs never give the same label.
    private static func label(_ owner: StreamID, _ context: String) -> [UInt8] { Array("recourse-seal/1\0\(owner)\0\(context)".utf8) }
}

/// What came out of a box.
public enum Opened<Content: Sendable>: Sendable {
    case readable(Content)
    /// The person's key was destroyed: nobody can read this any more.
    case erased

    /// The content; `nil` when it is erased.
    public var content: Content? { if case .readable(let content) = self { content } else { nil } }
}

extension Opened: Equatable where Content: Equatable {}
