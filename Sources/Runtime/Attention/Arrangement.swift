import Chronicle
import Disputes

/// How one person likes their desk.
public struct Arrangement: Hashable, Sendable {
    /// Of the pages; `nil` for what their browser asks for.
    public var language: String?
    /// The zone they read times in (IANA); `nil` for their device's.
    public var zone: String?
    /// Columns of their queue, in order; `nil` for the house's.
    public var columns: [String]?

    public init(language: String? = nil, zone: String? = nil, columns: [String]? = nil) {
        (self.language, self.zone, self.columns) = (language, zone, columns)
    }
}

public enum SavedViewNamed: Named { public static let idPrefix = "view" }
public typealias SavedViewID = ID<SavedViewNamed>

/// A view of the queue somebody keeps under a name.
public struct SavedView: Hashable, Sendable {
    /// So many does one person keep.
    public static let countMax = 20
    public static let nameCharactersMax = 40
    public static let queryBytesMax = 400

    public let id: SavedViewID
    /// Its place among theirs, from 0.
    public var place: Int
    public var name: String
    /// Its filters as the queue's address has them: `owner=me&due=today`.
    public var query: String

    public init(id: SavedViewID, place: Int, name: String, query: String) { (self.id, self.place, self.name, self.query) = (id, place, name, query) }
}

/// A note somebody was called into.
public struct Mention: Hashable, Sendable {
    public let dispute: CaseID
    /// The version of the case the mention made.
    public let version: Int
    public let by: StaffID
    /// They have seen the case since.
    public let isSeen: Bool
}

/// A case somebody follows, and how far they have read it.
public struct Followed: Hashable, Sendable {
    public let dispute: CaseID
    public let seen: Int
}

/// Why an arrangement was not made.
public enum ArrangementRefusal: Error, Hashable, Sendable {
    case unknownView(String)
    case tooManyViews
    case nameLength
    case queryLength
    case tooManyFollowed
}

extension ArrangementRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownView(let id): "you keep no view “\(id)”"
        case .tooManyViews: "you keep \(SavedView.countMax) views already; delete one first"
        case .nameLength: "the name of a view has 1 to \(SavedView.nameCharactersMax) characters"
        case .queryLength: "the filters of a view have at most \(SavedView.queryBytesMax) characters"
        case .tooManyFollowed: "you follow \(Desk.followedMax) cases already; let go of some first"
        }
    }
}
