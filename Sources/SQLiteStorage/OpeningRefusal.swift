/// Why a store was not opened, copied or restored.
public enum OpeningRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another process (or this one, twice) has it open.
    case inUse(path: String, holder: String)
    /// It was written by a newer version of the product.
    case newer(path: String, layout: Int, known: Int)
    /// There is a file, but not one of ours.
    case notAStore(path: String)
    /// A copy would overwrite it.
    case exists(path: String)
    case unreadable(path: String, reason: String)
    /// The log does not end where the store says it does.
    case damaged(path: String, reason: String)

    public var description: String {
        switch self {
        case .inUse(let path, let holder): "\(path) is open already, by \(holder); close it there first"
        case .newer(let path, let layout, let known):
            "\(path) has the layout \(layout), this build knows layouts up to \(known): open it with the newer version that wrote it"
        case .notAStore(let path): "\(path) is not a store of Recourse"
        case .exists(let path): "\(path) exists already and is not overwritten; move it away first"
        case .unreadable(let path, let reason): "\(path) cannot be opened: \(reason)"
        case .damaged(let path, let reason): "\(path) is damaged: \(reason); restore a backup"
        }
    }
}
