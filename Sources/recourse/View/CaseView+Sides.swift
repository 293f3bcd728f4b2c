import Chronicle
import Disputes
import Policies
import Wire

extension CaseView {
    /// Both sides in columns of one width, in one order: what each said, gave, and still owes.
    func showSides() {
        guard let filer = principal(.filer) else { return }
        guard let other = principal(.other) else {
            print(screen.heading("The claimant"))
            for line in lines(of: filer, columns: screen.columns - 2) { print("  " + line) }
            return print("")
        }
        print(screen.heading("The two sides"))
        let width = (screen.columns - 3) / 2
        let (left, right) = (lines(of: filer, columns: width), lines(of: other, columns: width))
        for index in 0..<max(left.count, right.count) {
            print(padded(index < left.count ? left[index] : "", to: width) + " │ " + (index < right.count ? right[index] : ""))
        }
        print("")
    }

    private func lines(of party: PartyView, columns: Int) -> [String] {
        var lines = wrapped(people.name(of: party.id) + (party.side == .filer ? ", who claims" : ""), to: columns)
        if let tier = party.merchantTier {
            lines += wrapped("merchant, tier \(tier)" + (party.deposit.map { ", deposit \($0.shown)" } ?? ""), to: columns)
        }
        if party.side == .filer, let text = detail.statement?.shown { lines += wrapped("“\(text)”", to: columns) }
        for claim in detail.counterclaims where claim.by == party.id {
            lines += wrapped("claims in return: \(title(claim.reason))", to: columns)
        }
        for point in detail.points where point.by == party.id {
            let text = point.text?.shown ?? "the claim itself"
            lines += wrapped("point \(point.number): \(text)", to: columns)
        }
        lines += exhibits(of: party.side, columns)
        lines += owed(by: party, columns)
        let notices = detail.notices.filter { $0.to == party.id }.count
        if notices > 0 { lines.append("\(notices) of \(detail.noticesNeeded) notices given") }
        return lines
    }

    private func exhibits(of side: Side, _ columns: Int) -> [String] {
        let given = detail.exhibits.filter { $0.side == side }
        if given.isEmpty { return ["on file: nothing"] }
        return given.flatMap { exhibit in
            wrapped("on file: \(exhibit.type) \(title(exhibit.type)) (\(exhibit.bytes) bytes, …\(exhibit.id.crockford.suffix(8)))", to: columns)
        }
    }

    /// What was asked and is not there: named, never an empty table.
    private func owed(by party: PartyView, _ columns: Int) -> [String] {
        var lines: [String] = []
        for request in detail.requests where request.of == party.id && request.ending != .answered {
            let given = Set(detail.exhibits.filter { $0.side == party.side }.map(\.type))
            for type in request.types where !given.contains(type) {
                let title = title(type)
                let said =
                    switch request.ending {
                    case nil: "MISSING: \(type) \(title), due \(moments.relative(request.due))"
                    case .lapsed: "MISSING: \(type) \(title), did not come by \(Moments.exact(request.due))"
                    case .waived, .answered: "no longer asked: \(type) \(title)"
                    }
                lines += wrapped(said, to: columns)
            }
        }
        return lines
    }
}
