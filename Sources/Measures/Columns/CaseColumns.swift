import Chronicle
import Disputes
import Timekeeping

/// “Not yet”, in a column of instants: later than everything, so that comparisons read as they are meant.
let never = Int64.max
/// “None”, in a column of rows.
let noRow: Int32 = -1

/// One row a case. Instants and lengths in milliseconds, amounts in minor units; nothing here is a fraction.
struct CaseColumns: Hashable, Sendable {
    var id: [CaseID] = []
    /// Codes, one array for each of `Dimension.ofCases`, in that order.
    var codes: [[UInt16]] = Array(repeating: [], count: Dimension.ofCases.count)

    /// When the case was opened; for a case that others were merged into, when the first of them was (trap 13).
    var opened: [Int64] = []
    /// When this very case was opened.
    var openedItself: [Int64] = []
    /// When it was closed last; `never` while it is open.
    var closed: [Int64] = []
    var firstClosed: [Int64] = []
    /// The first reopening after the first closing.
    var firstReopened: [Int64] = []
    var firstEnding: [UInt8] = []
    /// The first time somebody came back after the first closing: the same order, the same person and reason, or a message.
    var contactedAgain: [Int64] = []

    var acknowledged: [Int64] = []
    /// First word of a person to the side that claims, and to the other. Letters and acknowledgements by machine never count (trap 14).
    var repliedToFiler: [Int64] = []
    var repliedToOther: [Int64] = []
    /// What of it the desk answers for.
    var repliedToFilerNet: [Int64] = []
    var repliedToOtherNet: [Int64] = []
    var hasOther: [Bool] = []
    /// The first signed ruling, agreement, refusal or final response; or the closing, when that was all.
    var resolved: [Int64] = []
    var resolvedNet: [Int64] = []
    /// The first and the last signed ruling.
    var decided: [Int64] = []
    var decidedLast: [Int64] = []

    /// When the coins were frozen first, and when they went or were let go.
    var frozen: [Int64] = []
    var freed: [Int64] = []

    /// Milliseconds by holder, in the order of `Holder.byLane`, over the intervals that have ended.
    var held: [[Int64]] = Array(repeating: [], count: Holder.byLane.count)
    var openInterval: [Int32] = []
    var openSpell: [Int32] = []
    var lastDecision: [Int32] = []
    var lastAppeal: [Int32] = []

    /// Value in dispute at the price of the opening, in minor units of the pack's value asset; -1 where none was given. Never revalued (trap 15).
    var value: [Int64] = []
    /// What of it the claiming side got, at the same price.
    var recovered: [Int64] = []
    var ending: [UInt8] = []
    var marks: [Marks] = []

    /// For finding a second contact: the order, and the person with the reason, as 64-bit fingerprints; 0 for none.
    var orderPrint: [UInt64] = []
    var claimPrint: [UInt64] = []

    struct Marks: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let merged = Marks(rawValue: 1)
        static let touchedByStaff = Marks(rawValue: 2)
        static let malicious = Marks(rawValue: 4)
        /// Evidence was asked for again of somebody who had been asked.
        static let askedAgain = Marks(rawValue: 8)
        static let decidedOnAppeal = Marks(rawValue: 16)
        static let askedFiler = Marks(rawValue: 32)
        static let askedOther = Marks(rawValue: 64)
    }

    var count: Int { id.count }

    mutating func add(_ case: CaseID, openedAt instant: Int64, hasOther twoSided: Bool, value worth: Int64) {
        id.append(`case`)
        for index in codes.indices { codes[index].append(0) }
        opened.append(instant)
        openedItself.append(instant)
        closed.append(never)
        firstClosed.append(never)
        firstReopened.append(never)
        firstEnding.append(0)
        contactedAgain.append(never)
        acknowledged.append(never)
        repliedToFiler.append(never)
        repliedToOther.append(never)
        repliedToFilerNet.append(0)
        repliedToOtherNet.append(0)
        hasOther.append(twoSided)
        resolved.append(never)
        resolvedNet.append(0)
        decided.append(never)
        decidedLast.append(never)
        frozen.append(never)
        freed.append(never)
        for lane in held.indices { held[lane].append(0) }
        openInterval.append(noRow)
        openSpell.append(noRow)
        lastDecision.append(noRow)
        lastAppeal.append(noRow)
        value.append(worth)
        recovered.append(0)
        ending.append(0)
        marks.append([])
        orderPrint.append(0)
        claimPrint.append(0)
    }
}

extension Stage.How {
    /// Its place in the columns, from 1; 0 is an open case.
    var lane: UInt8 { UInt8((Stage.How.allCases.firstIndex(of: self) ?? 0) + 1) }
    static func at(_ lane: UInt8) -> Stage.How? { lane > 0 && Int(lane) <= allCases.count ? allCases[Int(lane) - 1] : nil }
}
