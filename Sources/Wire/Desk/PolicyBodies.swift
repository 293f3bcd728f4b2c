import Chronicle

/// A policy pack.
public struct PolicyView: WireBody {
    public let hash: PolicyHash
    public let title: String
    public let version: String
    /// It was in force before this was asked.
    public let unchanged: Bool
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case hash, title, version, unchanged
        case asOf = "as_of"
    }

    public init(hash: PolicyHash, title: String, version: String, unchanged: Bool, asOf: Int64) {
        (self.hash, self.title, self.version, self.unchanged, self.asOf) = (hash, title, version, unchanged, asOf)
    }
}

/// A pack as its files.
public struct PackBody: WireBody {
    public struct File: WireBody {
        public var path: String
        public var text: String
        public init(path: String, text: String) { (self.path, self.text) = (path, text) }
    }
    public var files: [File]
    public init(files: [File]) { self.files = files }
}

/// A row of the pack, or the whole procedure, in words.
public struct PolicyWords: WireBody {
    public let code: String?
    public let text: String

    public init(code: String?, text: String) { (self.code, self.text) = (code, text) }
}
