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

    /// One row: attribute values in the order of the names, and what was measured.
    public struct Row: Sendable {
        public var values: [String]
        /// `real`, `predict`, or `real_a`, `real_b`, `predict_a`, `predict_b`.
        public var numbers: [Double]

        public init(_ values: [String], _ numbers: [Double]) { (self.values, self.numbers) = (values, numbers) }
    }

    /// The table's limits. Everything is enumerated, so size is refused rather than sampled.
    public enum Limit {
        public static let attributesMax = 12
        public static let leavesMax = 1_000_000
        /// Leaves times groupings looked at; beyond it shallower groupings only.
        static let cellsMax = 64_000_000
    }

    /// Why rows are not a table.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case noAttributes
        case tooManyAttributes(Int)
        case tooManyLeaves(moreThan: Int)
        case wrongWidth(row: Int)
        /// Not finite, or a numerator or denominator of a ratio below zero.
        case notANumber(row: Int)

        public var description: String {
            switch self {
            case .noAttributes: "there is no attribute column, so there is nothing to tell slices apart by"
            case .tooManyAttributes(let count): "\(count) attributes are more than the \(Limit.attributesMax) that are looked at together; leave some out"
            case .tooManyLeaves(let most):
                "more than \(most) combinations of attribute values are more than are looked at together; leave out an attribute or group rare values"
            case .wrongWidth(let row): "row \(row) has not as many values as there are columns"
            case .notANumber(let row): "row \(row) holds a number that is not finite, or a part of a ratio below zero"
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

    /// The table of `rows`. Rows are counted from 1 in refusals.
    public init(attributes: [String], columns: Columns, rows: some Sequence<Row>) throws(Refusal) {
        guard !attributes.isEmpty else { throw .noAttributes }
        guard attributes.count <= Limit.attributesMax else { throw .tooManyAttributes(attributes.count) }
        var builder = Builder(attributes: attributes.count, columns: columns)
        for row in rows { try builder.add(row) }
        self.init(attributes: attributes, columns: columns, builder)
    }

    private init(attributes: [String], columns: Columns, _ builder: Builder) {
        (self.attributes, self.columns) = (attributes, columns)
        values = builder.values
        codes = builder.codes
        real = builder.numbers[0]
        if columns == .ratio {
            (realParts, predicted, predictedParts) = (builder.numbers[1], builder.numbers[2], builder.numbers[3])
        } else {
            (predicted, realParts, predictedParts) = (builder.numbers[1], [], [])
        }
    }
}

extension LeafTable {
    private struct Builder {
        let columns: Columns
        var values: [[String]]
        var codes: [[UInt32]]
        var numbers: [[Double]]
        private var codeOfValue: [[String: UInt32]]
        private var leafOfCodes: [[UInt32]: Int] = [:]
        private var rows = 0

        init(attributes: Int, columns: Columns) {
            self.columns = columns
            values = Array(repeating: [], count: attributes)
            codes = Array(repeating: [], count: attributes)
            codeOfValue = Array(repeating: [:], count: attributes)
            numbers = Array(repeating: [], count: columns == .ratio ? 4 : 2)
        }

        mutating func add(_ row: Row) throws(Refusal) {
            rows += 1
            guard row.values.count == codes.count, row.numbers.count == numbers.count else { throw .wrongWidth(row: rows) }
            guard row.numbers.allSatisfy({ $0.isFinite && (columns == .additive || $0 >= 0) }) else { throw .notANumber(row: rows) }
            let key = row.values.enumerated().map { code(of: $1, in: $0) }
            if let leaf = leafOfCodes[key] {
                for column in numbers.indices { numbers[column][leaf] += row.numbers[column] }
                return
            }
            guard leafOfCodes.count < Limit.leavesMax else { throw .tooManyLeaves(moreThan: Limit.leavesMax) }
            leafOfCodes[key] = leafOfCodes.count
            for attribute in key.indices { codes[attribute].append(key[attribute]) }
            for column in numbers.indices { numbers[column].append(row.numbers[column]) }
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
