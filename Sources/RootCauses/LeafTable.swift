/// What a KPI was and what it should have been, for each combination of attribute values that occurred (a leaf).
///
/// Rows with the same attribute values are one leaf: their numbers are added. The table holds no single person's data, only sums.
public struct LeafTable: Sendable {
    /// How the numbers of a row are to be read.
    public enum Columns: Hashable, Sendable {
        /// `real` and `predict`: sums or counts that add up over leaves.
        case additive
        /// `real_a`, `real_b`, `predict_a`, `predict_b`: the KPI is a/b, such as cases in time of all cases, or hours of all cases.
        case ratio
    }

    /// The table's limits. Everything is enumerated, so size is refused rather than sampled.
    public enum Limit {
        public static let attributesMax = 12
        public static let leavesMax = 1_000_000
        /// Beyond it sums would lose their small parts.
        public static let magnitudeMax = 1e15
        /// Leaves times groupings looked at; beyond it shallower groupings only.
        static let cellsMax = 64_000_000
    }

    /// Why rows are not a table.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case noAttributes
        case tooManyAttributes(Int)
        case tooManyLeaves(moreThan: Int)
        case wrongWidth(row: Int)
        /// Not finite, larger than `Limit.magnitudeMax`, or a numerator or denominator of a ratio below zero.
        case notANumber(row: Int)

        public var description: String {
            switch self {
            case .noAttributes: "there is no attribute column, so there is nothing to tell slices apart by"
            case .tooManyAttributes(let count): "\(count) attributes are more than the \(Limit.attributesMax) that are looked at together; leave some out"
            case .tooManyLeaves(let most):
                "more than \(most) combinations of attribute values are more than are looked at together; leave out an attribute or group rare values"
            case .wrongWidth(let row): "row \(row) has not as many values as there are columns"
            case .notANumber(let row): "row \(row) holds a number that is not finite or too large, or a part of a ratio below zero"
            }
        }
    }

    public let attributes: [String]
    public let columns: Columns
    /// For each attribute, its values in the order they first came.
    public let values: [[String]]
    /// For each attribute, the value of each leaf as an index into `values`.
    let codes: [[UInt32]]
    /// For each leaf.
    let real: [Double]
    let predicted: [Double]
    /// Denominators of a ratio; empty for additive columns.
    let realParts: [Double]
    let predictedParts: [Double]

    public var leaves: Int { real.count }

    /// The table of what `draft` gathered.
    public init(_ draft: Draft) {
        (attributes, columns, values, codes) = (draft.attributes, draft.columns, draft.values, draft.codes)
        real = draft.numbers[0]
        if columns == .ratio {
            (realParts, predicted, predictedParts) = (draft.numbers[1], draft.numbers[2], draft.numbers[3])
        } else {
            (predicted, realParts, predictedParts) = (draft.numbers[1], [], [])
        }
    }
}

extension LeafTable {
    /// A table in the making: rows come one by one, so that a file too large is refused while it is read and not when memory is full.
    public struct Draft: Sendable {
        public let attributes: [String]
        public let columns: Columns
        fileprivate var values: [[String]]
        fileprivate var codes: [[UInt32]]
        fileprivate var numbers: [[Double]]
        private var codeOfValue: [[String: UInt32]]
        private var leafOfCodes: [[UInt32]: Int] = [:]
        private var rows = 0

        public init(attributes: [String], columns: Columns) throws(Refusal) {
            guard !attributes.isEmpty else { throw .noAttributes }
            guard attributes.count <= Limit.attributesMax else { throw .tooManyAttributes(attributes.count) }
            (self.attributes, self.columns) = (attributes, columns)
            values = Array(repeating: [], count: attributes.count)
            codes = Array(repeating: [], count: attributes.count)
            codeOfValue = Array(repeating: [:], count: attributes.count)
            numbers = Array(repeating: [], count: columns == .ratio ? 4 : 2)
        }

        /// Adds one row: the attributes' values, and `real`, `predict` or `real_a`, `real_b`, `predict_a`, `predict_b`.
        public mutating func add(_ row: [String], _ measured: [Double]) throws(Refusal) {
            rows += 1
            guard row.count == codes.count, measured.count == numbers.count else { throw .wrongWidth(row: rows) }
            guard measured.allSatisfy({ abs($0) <= Limit.magnitudeMax && (columns == .additive || $0 >= 0) }) else { throw .notANumber(row: rows) }
            let key = row.enumerated().map { code(of: $1, in: $0) }
            if let leaf = leafOfCodes[key] {
                for column in numbers.indices { numbers[column][leaf] += measured[column] }
                return
            }
            guard leafOfCodes.count < Limit.leavesMax else { throw .tooManyLeaves(moreThan: Limit.leavesMax) }
            leafOfCodes[key] = leafOfCodes.count
            for attribute in key.indices { codes[attribute].append(key[attribute]) }
            for column in numbers.indices { numbers[column].append(measured[column]) }
        }

        private mutating func code(of value: String, in attribute: Int) -> UInt32 {
            if let code = codeOfValue[attribute][value] { return code }
            let code = UInt32(values[attribute].count)
            codeOfValue[attribute][value] = code
            values[attribute].append(value)
            return code
        }
    }
}
