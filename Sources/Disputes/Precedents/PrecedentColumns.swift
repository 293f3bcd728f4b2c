import Chronicle
import Policies

/// All decided cases in columns of small integers, one drawer for each type and reason, so that finding the nearest is one walk through a drawer: a
/// million cases in some milliseconds, exactly, without an index that could miss one.
///
/// Codes are numbered as they first appear. Evidence is a set of bits, 256 of them; a type beyond that is not compared, which lets two cases look more
/// alike than they are but hides none.
public struct PrecedentColumns: Sendable {
    private var drawers: [Drawer] = []
    private var drawerOf: [Drawer.Label: Int] = [:]
    private var places: [CaseID: Place] = [:]
    private var numbers = Numbers()

    public init() {}

    public var count: Int { places.count }

    /// Adds the case, or replaces what was known of it.
    public mutating func put(_ known: DecidedCase) {
        remove(known.id)
        let row = numbers.row(known.features)
        let label = Drawer.Label(row)
        let drawer = drawerOf[label] ?? drawers.count
        if drawer == drawers.count {
            drawerOf[label] = drawer
            drawers.append(Drawer(label: label))
        }
        places[known.id] = Place(drawer: drawer, index: drawers[drawer].rows.count)
        drawers[drawer].rows.append(row)
        drawers[drawer].rulings.append(
            Ruled(id: known.id, at: known.at, outcome: numbers.number(known.outcome.text), fault: numbers.number(known.fault.text), deviates: known.deviates))
    }

    public mutating func remove(_ id: CaseID) {
        guard let place = places.removeValue(forKey: id) else { return }
        let moved = drawers[place.drawer].remove(at: place.index)
        if let moved { places[moved] = place }
    }

    public func decidedCase(_ id: CaseID) -> DecidedCase? { places[id].flatMap(decidedCase(at:)) }

    private func decidedCase(at place: Place) -> DecidedCase? {
        let (ruled, row) = (drawers[place.drawer].rulings[place.index], drawers[place.drawer].rows[place.index])
        guard let outcome = OutcomeCode(numbers.text(ruled.outcome)), let fault = FaultCode(numbers.text(ruled.fault)), let features = numbers.features(row)
        else { return nil }
        return DecidedCase(id: ruled.id, at: ruled.at, outcome: outcome, fault: fault, features: features, deviates: ruled.deviates)
    }

    /// The nearest decided cases, most alike first; of equally alike ones the latest first. Simulated cases are precedents of simulated ones alone.
    /// - Parameter besides: a case that is not its own precedent.
    public func nearest(_ features: CaseFeatures, limit: Int, besides: CaseID? = nil) -> [Neighbour] {
        guard limit > 0, let sought = numbers.sought(features) else { return [] }
        let label = Drawer.Label(sought)
        var best = Best(limit: limit, own: besides.flatMap { places[$0] })
        if let own = drawerOf[label] { best.look(in: drawers[own], number: own, for: sought) }
        // A case with another reason has at most what is left without the reason's points.
        if best.isOpen(to: Likeness.most - Aspect.reason.points) {
            for (number, drawer) in drawers.enumerated() where drawer.label.isBeside(label) { best.look(in: drawer, number: number, for: sought) }
        }
        return best.found.compactMap { found in
            decidedCase(at: found.place).map { Neighbour(decided: $0, likeness: Likeness(features, $0.features)) }
        }
    }
}

/// Where a case lies.
private struct Place: Equatable {
    let drawer: Int
    let index: Int
}

/// The decided cases with one reason.
private struct Drawer {
    struct Label: Hashable {
        let type: UInt16
        let reason: UInt16
        let simulated: Bool

        init(_ row: Row) { (type, reason, simulated) = (row.type, row.reason, row.flags & Row.simulated != 0) }

        /// Another reason of the same type.
        func isBeside(_ other: Label) -> Bool { type == other.type && simulated == other.simulated && reason != other.reason }
    }

    let label: Label
    /// What the walk looks at …
    var rows: [Row] = []
    /// … and what is only said of those it finds.
    var rulings: [Ruled] = []

    init(label: Label) { self.label = label }

    /// - Returns: the case that now lies in its place, if there is one.
    mutating func remove(at index: Int) -> CaseID? {
        let last = rows.count - 1
        (rows[index], rulings[index]) = (rows[last], rulings[last])
        rows.removeLast()
        rulings.removeLast()
        return index < last ? rulings[index].id : nil
    }
}

/// The best found so far.
private struct Best {
    struct Found {
        let points: Int
        let at: Instant
        let id: CaseID
        let place: Place

        func comesBefore(_ other: Found) -> Bool {
            if points != other.points { return points > other.points }
            return at == other.at ? id < other.id : at > other.at
        }
    }

    let limit: Int
    let own: Place?
    var found: [Found] = []

    init(limit: Int, own: Place?) { (self.limit, self.own) = (limit, own) }

    /// Could a case of so many points still be among them?
    func isOpen(to points: Int) -> Bool { found.count < limit || found[limit - 1].points <= points }

    mutating func look(in drawer: Drawer, number: Int, for sought: Row) {
        drawer.rows.withUnsafeBufferPointer { rows in
            for index in rows.indices {
                let points = sought.points(rows[index])
                // Cheap first: nearly all rows of a large log fall out here.
                guard isOpen(to: points) else { continue }
                let place = Place(drawer: number, index: index)
                guard place != own else { continue }
                let candidate = Found(points: points, at: drawer.rulings[index].at, id: drawer.rulings[index].id, place: place)
                if found.count == limit, !candidate.comesBefore(found[limit - 1]) { continue }
                found.insert(candidate, at: found.firstIndex { candidate.comesBefore($0) } ?? found.count)
                if found.count > limit { found.removeLast() }
            }
        }
    }
}

/// What was ruled, as numbers.
private struct Ruled {
    var id: CaseID
    var at: Instant
    var outcome: UInt16
    var fault: UInt16
    var deviates: Bool
}

/// One case's features as numbers.
private struct Row {
    static let answered: UInt8 = 1
    static let merchant: UInt8 = 2
    static let simulated: UInt8 = 4
    static let unpriced: Int8 = -1

    var type: UInt16
    var reason: UInt16
    var rail: UInt16
    var filer: UInt16
    var jurisdiction: UInt16
    var flags: UInt8
    var magnitude: Int8
    var evidence: EvidenceBits

    /// The same sum as `Likeness`; a test holds the two to each other.
    @inline(__always) func points(_ other: Row) -> Int {
        var points = reason == other.reason ? Aspect.reason.points : 0
        points += Likeness.shared(evidence.both(other.evidence), of: evidence.either(other.evidence))
        let apart = flags ^ other.flags
        if apart & Row.answered == 0 { points += Aspect.answered.points }
        if apart & Row.merchant == 0 { points += Aspect.merchant.points }
        if filer == other.filer { points += Aspect.filer.points }
        if rail == other.rail { points += Aspect.rail.points }
        if jurisdiction == other.jurisdiction { points += Aspect.jurisdiction.points }
        if magnitude == Row.unpriced || other.magnitude == Row.unpriced {
            if magnitude == other.magnitude { points += Aspect.amount.points }
        } else {
            points += Likeness.amount(Int(magnitude), Int(other.magnitude))
        }
        return points
    }
}

/// A set of up to 256 kinds of evidence.
private struct EvidenceBits {
    static let limit = 256
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    mutating func insert(_ number: Int) {
        let bit = UInt64(1) << UInt64(number & 63)
        switch number >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        case 3: words.3 |= bit
        default: break
        }
    }

    func contains(_ number: Int) -> Bool {
        var one = EvidenceBits()
        one.insert(number)
        return both(one) == 1
    }

    @inline(__always) func both(_ o: EvidenceBits) -> Int {
        (words.0 & o.words.0).nonzeroBitCount + (words.1 & o.words.1).nonzeroBitCount + (words.2 & o.words.2).nonzeroBitCount
            + (words.3 & o.words.3).nonzeroBitCount
    }
    @inline(__always) func either(_ o: EvidenceBits) -> Int {
        (words.0 | o.words.0).nonzeroBitCount + (words.1 | o.words.1).nonzeroBitCount + (words.2 | o.words.2).nonzeroBitCount
            + (words.3 | o.words.3).nonzeroBitCount
    }
}

/// Codes numbered as they first appear, and back.
private struct Numbers {
    private var numbered: [String: UInt16] = [:]
    private var texts: [String] = []
    private var bits: [CaseFeatures.Shown: Int] = [:]
    private var shown: [CaseFeatures.Shown] = []

    /// A pack has some hundreds of codes; there is room for 65,535.
    mutating func number(_ text: String) -> UInt16 {
        if let known = numbered[text] { return known }
        let number = UInt16(clamping: texts.count)
        numbered[text] = number
        texts.append(text)
        return number
    }

    func text(_ number: UInt16) -> String { texts[Int(number)] }

    mutating func row(_ features: CaseFeatures) -> Row {
        var evidence = EvidenceBits()
        for item in features.evidence.sorted() {
            if bits[item] == nil {
                bits[item] = shown.count
                shown.append(item)
            }
            evidence.insert(bits[item, default: EvidenceBits.limit])
        }
        return Row(
            type: number(features.type.text), reason: number(features.reason.text), rail: number(features.rail?.text ?? ""),
            filer: number(features.filedBy?.rawValue ?? ""), jurisdiction: number(features.jurisdiction?.text ?? ""), flags: Numbers.flags(features),
            magnitude: features.magnitude.map { Int8(clamping: $0) } ?? Row.unpriced, evidence: evidence)
    }

    /// The row of a case that is only asked about; `nil` where no case of its type was decided yet.
    func sought(_ features: CaseFeatures) -> Row? {
        guard numbered[features.type.text] != nil else { return nil }
        var copy = self
        return copy.row(features)
    }

    func features(_ row: Row) -> CaseFeatures? {
        guard let type = CaseTypeCode(text(row.type)), let reason = ReasonCode(text(row.reason)) else { return nil }
        return CaseFeatures(
            type: type, reason: reason, rail: RailCode(text(row.rail)), filedBy: Filer(rawValue: text(row.filer)),
            answered: row.flags & Row.answered != 0, merchant: row.flags & Row.merchant != 0, jurisdiction: Jurisdiction(text(row.jurisdiction)),
            magnitude: row.magnitude == Row.unpriced ? nil : Int(row.magnitude),
            evidence: Set(shown.indices.prefix(EvidenceBits.limit).filter(row.evidence.contains).map { shown[$0] }),
            simulated: row.flags & Row.simulated != 0)
    }

    private static func flags(_ features: CaseFeatures) -> UInt8 {
        (features.answered ? Row.answered : 0) | (features.merchant ? Row.merchant : 0) | (features.simulated ? Row.simulated : 0)
    }
}
