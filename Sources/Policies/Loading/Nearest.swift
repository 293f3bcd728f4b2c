/// The known name that somebody who wrote `text` probably meant; `nil` when none is near.
///
/// Near is an edit distance (insertions, deletions, exchanges of one character) of at most a third of the length.
func nearest(to text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.lowercased().utf8)
    guard wanted.count <= 64 else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for name in names.sorted() where name != text {
        let distance = editDistance(wanted, Array(name.lowercased().utf8), limit: limit)
        if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

/// Levenshtein's distance; more than `limit` is answered as `limit + 1` early.
private func editDistance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, right) in b.enumerated() {
            let changed = diagonal + (left == right ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[b.count]
}

/// “did you mean `OUT-REL`?”
func didYouMean(_ text: String, among names: some Sequence<String>) -> String? {
    nearest(to: text, among: names).map { "did you mean “\($0)”?" }
}
