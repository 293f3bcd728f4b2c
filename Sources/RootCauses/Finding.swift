/// One combination of attribute values whose KPI moved by itself.
public struct Finding: Sendable {
    public struct Attribute: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    /// A leaf of the slice, to look at first: where the deviation is largest.
    public struct Example: Sendable {
        public let values: [Attribute]
        public let real: Double
        public let expected: Double
    }

    /// In the order of the table's columns.
    public let combination: [Attribute]
    /// Other combinations that hold exactly the same leaves: the data cannot tell them from this one.
    public let aliases: [[Attribute]]
    public let leaves: Int
    /// Cases in the slice: the sum of `real_b` for ratios, of `real` for counts, the number of leaves for amounts.
    public let cases: Double
    /// The KPI of the slice: a sum, or a ratio.
    public let real: Double
    public let expected: Double
    /// Real less expected, in the unit of `real` or of `real_a`.
    public let effect: Double
    /// Effect over expected, relative; `nil` when nothing was expected.
    public let relative: Double?
    /// Share of all that deviates, 0…1.
    public let explained: Double
    /// Log-likelihood gained, against a scatter widened to that of the slices without a cause.
    public let gain: Double
    /// An upper bound on the chance that any slice of such a table gains as much by itself (union bound over all slices).
    public let chance: Double
    /// Share of shuffles of the leaves in which some slice by the same attributes is as far off, by (1 + k)/(1 + n); `nil` for a slice of one leaf, of
    /// which shuffling says nothing.
    public let pValue: Double?
    public let examples: [Example]
}

/// Whether a ratio moved because the mix of cases did, or because cases alike now go otherwise (Kitagawa 1955). The two add up to the change.
public struct MixAndRate: Sendable {
    /// Part of the change of the ratio that comes from other shares of the leaves.
    public let mix: Double
    /// Part that comes from other ratios within leaves.
    public let rate: Double
    /// The attribute values whose share moved the ratio most, largest first.
    public let movers: [Mover]

    public struct Mover: Sendable {
        public let attribute: Finding.Attribute
        public let shareBefore: Double
        public let shareNow: Double
        /// What its share moved the ratio by, against a case of average ratio.
        public let effect: Double
    }
}

/// What a table says about why its KPI moved.
public struct RootCauses: Sendable {
    public enum Verdict: String, Hashable, Sendable {
        /// Nothing moved beyond what chance and the usual drift explain.
        case quiet
        /// The findings explain half of the deviation or more.
        case found
        /// There are findings, but most of the deviation lies elsewhere.
        case foundInPart = "found-in-part"
        /// No slice stands out: it is broad, or outside the recorded dimensions.
        case broad
        /// Cases alike go as before; there are others than before.
        case mix
    }

    public let reading: Reading
    public let attributes: [String]
    public let leaves: Int
    /// How many slices were looked at, and by how many attributes at most.
    public let slices: Int
    public let depth: Int
    public let verdict: Verdict
    /// The KPI of the whole table, now and as predicted.
    public let real: Double
    public let predicted: Double
    /// Strongest evidence first.
    public let findings: [Finding]
    /// Share of the deviation that the findings explain, 0…1.
    public let explained: Double
    /// Relative change of what is in no finding.
    public let restChange: Double
    /// How much more slices without a cause scatter than chance makes them; 1 is none.
    public let inflation: Double
    /// For ratios.
    public let mixAndRate: MixAndRate?
}
