/// One thing a pack says about one row: what the diff compares and the explanation of lesser tables lists.
///
/// Two packs mean the same exactly when their facets are equal, so every field of every row must be in one.
struct Facet: Hashable {
    enum Content: Hashable {
        /// A value under a name: `title` is “Paid; seller silent”.
        case value(name: String, String)
        /// A long text under a name; that it changed is said, not how.
        case prose(name: String, String)
        /// Something that holds or does not, with the sentence for each.
        case holds(gained: String, lost: String)
    }

    let table: PolicyTable
    /// The row, as a sentence begins with it: `Reason P2P-B01`.
    let subject: String
    let content: Content

    /// What must be equal for two facets to speak of the same thing.
    var key: String {
        switch content {
        case .value(let name, _), .prose(let name, _): "\(subject)\u{1F}\(name)"
        case .holds(let gained, _): "\(subject)\u{1F}\(gained)"
        }
    }
}

/// Collects the facets of one row.
struct FacetList {
    let table: PolicyTable
    let subject: String
    private(set) var facets: [Facet] = []

    init(_ table: PolicyTable, _ subject: String) {
        (self.table, self.subject) = (table, subject)
    }

    mutating func value(_ name: String, _ text: some CustomStringConvertible) {
        facets.append(Facet(table: table, subject: subject, content: .value(name: name, text.description)))
    }

    mutating func optional(_ name: String, _ text: (some CustomStringConvertible)?) { value(name, text?.description ?? "none") }

    mutating func prose(_ name: String, _ text: String) {
        facets.append(Facet(table: table, subject: subject, content: .prose(name: name, text)))
    }

    mutating func holds(gained: String, lost: String) {
        facets.append(Facet(table: table, subject: subject, content: .holds(gained: gained, lost: lost)))
    }

    mutating func provenance(_ provenance: Provenance) {
        value("source", provenance.source)
        value("confidence", provenance.confidence.rawValue)
        optional("note", provenance.note)
    }
}
