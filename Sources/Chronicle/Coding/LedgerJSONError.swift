/// Why a value could not be written as canonical JSON, or a text not read as one.
///
/// Paths are written as people write them: `claims[2].amount`; the empty path is the whole value. `atByte` counts from 0.
public enum LedgerJSONError: Error, Hashable, Sendable {
    case tooLarge(bytes: Int)
    case tooDeep
    case malformed(reason: String, atByte: Int)
    case duplicateField(String, atByte: Int)
    case missing(path: String)
    case wrongKind(path: String, expected: String, found: String)
    case outOfRange(path: String, number: String, type: String)
    case notInteger(path: String, number: String)
    /// The value itself refused what was written for it.
    case refused(path: String, reason: String)
    case floatingPoint(path: String)
    /// Something of `Codable` the ledger does without: encoders for superclasses.
    case unsupported(path: String, what: String)
    /// A value wrote to a container it had already left; the text is written once, front to back.
    case outOfTurn(path: String)
}

extension LedgerJSONError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let bytes): "the text is \(bytes) bytes long; more than \(LedgerJSON.bytesMax) is not read"
        case .tooDeep: "the value is nested more than \(LedgerJSON.depthMax) levels deep"
        case .malformed(let reason, let offset): "this is not JSON: \(reason) at byte \(offset)"
        case .duplicateField(let name, let offset): "the field “\(name)” is given twice, again at byte \(offset)"
        case .missing(let path): "“\(path)” is missing"
        case .wrongKind(let path, let expected, let found): "\(place(path)) should be \(expected) and is \(found)"
        case .outOfRange(let path, let number, let type): "\(place(path)) is \(number), which does not fit \(type)"
        case .notInteger(let path, let number): "\(place(path)) is \(number), which is not written as an integer"
        case .refused(let path, let reason): path.isEmpty ? reason : "\(place(path)): \(reason)"
        case .floatingPoint(let path): "\(place(path)) is a floating-point number; there are none in the ledger"
        case .unsupported(let path, let what): "\(place(path)) asks for \(what), which the ledger does not support"
        case .outOfTurn(let path): "\(place(path)) is written out of turn, to a container that is already closed"
        }
    }

    private func place(_ path: String) -> String { path.isEmpty ? "the value" : "“\(path)”" }

    /// What a value threw by the means of `Codable`, in our words.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context): self = .missing(path: (context.codingPath + [key]).pathText)
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            self = .refused(path: context.codingPath.pathText, reason: context.debugDescription)
        @unknown default: self = .refused(path: "", reason: String(describing: error))
        }
    }

    /// The same error seen from one level further out; errors of writing collect their path on the way up.
    func inside(_ step: String) -> LedgerJSONError {
        func joined(_ path: String) -> String { path.isEmpty || path.hasPrefix("[") ? step + path : "\(step).\(path)" }
        return switch self {
        case .floatingPoint(let path): .floatingPoint(path: joined(path))
        case .unsupported(let path, let what): .unsupported(path: joined(path), what: what)
        case .outOfTurn(let path): .outOfTurn(path: joined(path))
        default: self
        }
    }
}

extension [any CodingKey] {
    /// `claims[2].amount`
    var pathText: String {
        reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}

/// The position of an element, as a step of a path.
struct PositionKey: CodingKey {
    let position: Int
    init(_ position: Int) { self.position = position }
    init?(intValue: Int) { position = intValue }
    init?(stringValue: String) { nil }
    var intValue: Int? { position }
    var stringValue: String { "[\(position)]" }
}
