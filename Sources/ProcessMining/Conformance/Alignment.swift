/// How one way of going fits a model: the cheapest pairing of its events with steps of the model.
///
/// Costs are the standard ones of the literature and of PM4Py (van der Aalst, Adriansyah, van Dongen 2012): 10,000 for an event the model does not
/// allow and for an activity the log does not show, 1 for a silent step, nothing for a pair.
public struct Alignment: Hashable, Sendable {
    public enum Move: Hashable, Sendable {
        /// Event and model agree.
        case both(String)
        /// The model would have had this activity.
        case skipped(String)
        /// The log has this activity, and the model does not allow it here.
        case extra(String)
    }

    static let moveCost: Int32 = 10_000

    public let moves: [Move]
    public let cost: Int
    /// What it costs to pair nothing: every event extra, and the cheapest run of the model skipped.
    public let worstCost: Int

    /// 1 for a perfect fit, counted in whole deviations.
    public var fitness: Double {
        let worst = worstCost / Int(Alignment.moveCost)
        return worst == 0 ? 0 : 1 - Double(cost / Int(Alignment.moveCost)) / Double(worst)
    }
}
