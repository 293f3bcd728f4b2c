/// The line to identity providers: one address asked once, and what came back as it came. It follows no redirect, reads no more than a key set may
/// be long, and waits seconds, not minutes.
public protocol ProviderLine: Sendable {
    /// `GET`.
    func fetch(_ address: WebAddress) async throws(ProviderLineError) -> ProviderReply
    /// `POST` of a form.
    /// - Parameter authorization: the value of `Authorization`, where the form does not say who asks.
    func send(_ form: [(String, String)], to address: WebAddress, authorization: String?) async throws(ProviderLineError) -> ProviderReply
}

/// What a provider answered, as it came: any status, and a body nobody has read yet.
public struct ProviderReply: Sendable {
    public let status: Int
    public let body: [UInt8]
    /// `Cache-Control`, where it was given.
    public let cacheControl: String?

    public init(status: Int, body: [UInt8], cacheControl: String? = nil) { (self.status, self.body, self.cacheControl) = (status, body, cacheControl) }
}

/// Why nothing came back that could be read.
public enum ProviderLineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It did not answer in time, or the line broke.
    case silent
    case tooLong
    /// Plain HTTP, where the desk was not told to speak it.
    case notEncrypted

    public var description: String {
        switch self {
        case .silent: "it does not answer"
        case .tooLong: "its answer is longer than is read"
        case .notEncrypted: "it is asked over https only; `recourse serve --http-providers` lets one on this machine be asked without"
        }
    }
}
