import Chronicle

/// What goes over the wire as JSON: read and written by `LedgerJSON`, so that integers are exact, a field given twice is refused, and a complaint
/// names the field it is about. Field names are `snake_case` and for ever.
public protocol WireBody: Codable, Hashable, Sendable {}

extension WireBody {
    public func json() throws -> [UInt8] { try LedgerJSON.encode(self) }

    /// Reads a body. Throws `LedgerJSONError`.
    public init(json bytes: [UInt8]) throws { self = try LedgerJSON.decode(Self.self, from: bytes) }
}

/// The body of a request that says everything in its path, and of an answer that has nothing to add.
public struct Nothing: WireBody {
    public init() {}
}
