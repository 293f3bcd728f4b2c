/// A path with parts it leaves open: `/v1/cases/{case}/ruling`.
struct PathPattern: Hashable, Sendable {
    /// The path at its slashes; `nil` for a part it leaves open, whose name is in `names`.
    private let parts: [String?]
    private let names: [String]

    init(_ path: String) {
        let written = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts = written.map { $0.hasPrefix("{") ? nil : $0 }
        names = written.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// What a path has where this one is open; `nil` for a path that is not like it.
    /// - Parameter shown: the path at its slashes, percent-decoded.
    func match(_ shown: [String]) -> [String: String]? {
        guard parts.count == shown.count else { return nil }
        for (wanted, part) in zip(parts, shown) where wanted != nil && wanted != part { return nil }
        let open = zip(parts, shown).filter { $0.0 == nil }.map(\.1)
        return Dictionary(uniqueKeysWithValues: zip(names, open))
    }
}

/// What stands at a path and is done by a method.
protocol Placed {
    var method: Operation.Method { get }
    var pattern: PathPattern { get }
}

extension Placed {
    /// The one of these a method and a path name, with what the path leaves open; `nil` where no path is like that.
    /// - Parameter parts: the path at its slashes, percent-decoded; the first part is empty.
    static func find(_ method: Operation.Method?, _ parts: [String], in all: [Self]) throws(NoSuchMethod) -> (found: Self, parameters: [String: String])? {
        var others: [Operation.Method] = []
        for one in all {
            guard let parameters = one.pattern.match(parts) else { continue }
            if one.method == method { return (one, parameters) }
            others.append(one.method)
        }
        if !others.isEmpty { throw NoSuchMethod(asked: method?.rawValue ?? "this method", allowed: others.map(\.rawValue)) }
        return nil
    }
}
