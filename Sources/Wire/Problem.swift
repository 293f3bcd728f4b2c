import Chronicle

/// Why a request was not done: a problem as RFC 9457 has it (`application/problem+json`).
public struct Problem: WireBody, Error {
    /// The closed set of kinds. A client switches over these; `detail` is for people.
    public enum Code: String, Codable, Hashable, Sendable, CaseIterable {
        // 400
        case malformed = "malformed"
        // 401, 403
        case unidentified = "unidentified"
        case notPermitted = "not-permitted"
        case codeNeeded = "code-needed"
        case notYours = "not-yours"
        case conflictOfInterest = "conflict-of-interest"
        case beyondAuthority = "beyond-authority"
        // 404, 405
        case notFound = "not-found"
        case noSuchMethod = "no-such-method"
        // 409
        case notNow = "not-now"
        case alreadyDone = "already-done"
        case busy = "busy"
        // 412, 413, 415, 422
        case overtaken = "overtaken"
        case tooLarge = "too-large"
        case wrongMediaType = "wrong-media-type"
        case refused = "refused"
        case keyReused = "key-reused"
        // 429, 500, 502, 503
        case tooManyRequests = "too-many-requests"
        case fault = "fault"
        case exchange = "exchange"
        case unavailable = "unavailable"
    }

    /// `https://recourse.invalid/problems/<code>`: an identifier, not a page (RFC 9457 §3.1.1).
    public let type: String
    public let title: String
    public let status: Int
    /// What happened, in a sentence a person can read.
    public let detail: String
    public let code: Code
    /// Where in the body, for a body that could not be read.
    public let field: String?
    /// Every complaint, where there are several: a policy pack with errors.
    public let complaints: [String]?
    /// Seconds after which to try again; also in `Retry-After`.
    public let retryAfterSeconds: Int?

    enum CodingKeys: String, CodingKey {
        case type, title, status, detail, code, field, complaints
        case retryAfterSeconds = "retry_after_seconds"
    }

    public init(_ code: Code, _ detail: String, field: String? = nil, complaints: [String]? = nil, retryAfterSeconds: Int? = nil) {
        type = "https://recourse.invalid/problems/" + code.rawValue
        (title, status) = (code.title, code.status)
        (self.detail, self.code, self.field, self.complaints, self.retryAfterSeconds) = (detail, code, field, complaints, retryAfterSeconds)
    }
}

extension Problem.Code {
    /// The HTTP status this kind always has.
    public var status: Int {
        switch self {
        case .malformed: 400
        case .unidentified: 401
        case .notPermitted, .codeNeeded, .notYours, .conflictOfInterest, .beyondAuthority: 403
        case .notFound: 404
        case .noSuchMethod: 405
        case .notNow, .alreadyDone, .busy: 409
        case .overtaken: 412
        case .tooLarge: 413
        case .wrongMediaType: 415
        case .refused, .keyReused: 422
        case .tooManyRequests: 429
        case .fault: 500
        case .exchange: 502
        case .unavailable: 503
        }
    }

    /// The same words for every problem of the kind.
    public var title: String {
        switch self {
        case .malformed: "The request cannot be read"
        case .unidentified: "Say who you are"
        case .notPermitted: "Your role does not include this"
        case .codeNeeded: "Show a code of your app first"
        case .notYours: "This is not yours"
        case .conflictOfInterest: "You stand in a relation to a party"
        case .beyondAuthority: "This is beyond your authority"
        case .notFound: "There is no such thing"
        case .noSuchMethod: "That cannot be done to this"
        case .notNow: "This is not possible now"
        case .alreadyDone: "This was done already"
        case .busy: "Others are changing this"
        case .overtaken: "This has changed meanwhile"
        case .tooLarge: "This is too large"
        case .wrongMediaType: "This is not of the declared kind"
        case .refused: "The rules say no"
        case .keyReused: "The idempotency key was used for something else"
        case .tooManyRequests: "Too many requests"
        case .fault: "Something is broken here"
        case .exchange: "The exchange did not do it"
        case .unavailable: "Not available at the moment"
        }
    }
}
