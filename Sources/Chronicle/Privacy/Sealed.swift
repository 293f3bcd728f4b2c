/// Personal data as it lies in the log: a box that only the key of one person opens.
///
/// Destroying the key erases what is in the box, everywhere and in every backup, while the log still verifies.
/// The pure core passes boxes along without ever seeing inside.
public struct Sealed: Hashable, Sendable {
    /// Whose key opens it: the id of a party or a member of staff.
    public let owner: StreamID
    /// AES-256-GCM: 12-byte nonce, ciphertext, 16-byte tag.
    public let box: [UInt8]

    public init(owner: StreamID, box: [UInt8]) {
        self.owner = owner
        self.box = box
    }
}

extension Sealed: Codable {
    enum CodingKeys: String, CodingKey { case owner, box }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .owner)
        let text = try container.decode(String.self, forKey: .box)
        guard let owner = StreamID(name), let box = Base64.decode(text) else {
            throw DecodingError.dataCorruptedError(forKey: .box, in: container, debugDescription: "not a sealed value")
        }
        self.init(owner: owner, box: box)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(owner.text, forKey: .owner)
        try container.encode(Base64.encode(box), forKey: .box)
    }
}
