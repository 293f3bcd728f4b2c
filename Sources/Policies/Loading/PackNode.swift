/// A piece of YAML with its place, stripped of everything a pack may not use: no tags, no aliases, keys are plain text.
///
/// Scalars stay text. YAML's own guesses (`no` is false, `010` is eight, `12:30` is 750) never touch a rule.
struct PackNode {
    indirect enum Content {
        case scalar(String, isBlock: Bool)
        case list([PackNode])
        case map([Entry])
    }

    struct Entry {
        let key: String
        let keyPlace: PackPlace
        let value: PackNode
    }

    let place: PackPlace
    let content: Content

    static let depthMax = 24

    /// As complaints name it.
    var noun: String {
        switch content {
        case .scalar(let text, _): text.isEmpty ? "nothing" : "a text"
        case .list: "a list"
        case .map: "a mapping"
        }
    }
}
