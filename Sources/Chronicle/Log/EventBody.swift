/// The stable name and version of a kind of event. Once written it is for ever: a changed meaning gets a new version and an upcaster.
public struct EventType: Hashable, Sendable {
    /// Kebab case, past tense: `case-opened`. 1…48 characters.
    public let name: String
    /// 1, 2, …
    public let version: Int

    public init(_ name: String, version: Int = 1) {
        self.name = name
        self.version = version
    }
}

extension EventType: CustomStringConvertible {
    /// `case-opened/1`
    public var description: String { "\(name)/\(version)" }

    /// Reads `case-opened/1`; `nil` when it is not exactly what `description` writes for a well-formed name.
    public init?(description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, 1...48 ~= parts[0].utf8.count, let version = Int(parts[1]), version > 0, String(version) == parts[1],
            parts[0].utf8.allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 })
        else { return nil }
        self.init(String(parts[0]), version: version)
    }
}

/// A sum of all events of one kind of stream (`CaseEvent`), which knows how each is named and read back.
///
/// Conformances list every event once; the catalogue, the golden files and the codec all come from that list.
public protocol EventFamily: Sendable, Equatable {
    /// Name and version of this event as it is written today.
    var type: EventType { get }
    /// The body as canonical JSON (`LedgerJSON`).
    func payload() throws -> [UInt8]
    /// Reads an event of `type`, older versions through their upcasters.
    /// Throws `UnknownEvent` when there is no such event, `LedgerJSONError` when the payload is not one.
    static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> Self
    /// Each event type this family can read, newest version of each name first.
    static var catalogue: [EventType] { get }
}

/// A stored event whose type no catalogue of this build knows: written by a newer version of the product.
public struct UnknownEvent: Error, Hashable, Sendable, CustomStringConvertible {
    public let type: EventType
    public init(_ type: EventType) { self.type = type }
    public var description: String { "this build does not know the event \(type); it was written by a newer version" }
}
