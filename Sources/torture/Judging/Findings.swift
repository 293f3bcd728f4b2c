/// What a judgement found broken, by promise. All zero is the only good answer.
struct Findings {
    /// Acknowledged commands, files, orders or bookings that are not there.
    var lost: [String] = []
    /// Commands of which only a part is there.
    var halved: [String] = []
    /// Instructions carried out more than once, or by nobody's order.
    var duplicated: [String] = []
    /// Heads and checkpoints that were shown and no longer fit the log.
    var contradicted: [String] = []
    /// A log that does not verify, rows that are not the fold of it, texts that do not open, coin that does not add up.
    var unsound: [String] = []

    var all: [String] {
        [("lost", lost), ("halved", halved), ("duplicated", duplicated), ("contradicted", contradicted), ("unsound", unsound)]
            .flatMap { name, found in found.map { "\(name): \($0)" } }
    }

    static func += (a: inout Findings, b: Findings) {
        a.lost += b.lost
        a.halved += b.halved
        a.duplicated += b.duplicated
        a.contradicted += b.contradicted
        a.unsound += b.unsound
    }
}
