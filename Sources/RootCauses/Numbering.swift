/// Numbers the distinct pairs (number so far, code of one more attribute), in the order they first come: how the combinations of any attributes get
/// small numbers without a key that could overflow, whatever the attributes' sizes.
struct Numbering {
    private(set) var numbers: [UInt32]
    /// For each number, the first leaf that has it.
    private(set) var firsts: [UInt32]
    var count: Int { firsts.count }

    /// Everything has the same number.
    init(leaves: Int) {
        numbers = [UInt32](repeating: 0, count: leaves)
        firsts = leaves == 0 ? [] : [0]
    }

    /// The numbering by what `self` numbers and `codes` (each below `size`).
    func refined(by codes: [UInt32], size: Int) -> Numbering {
        var result = Numbering(leaves: numbers.count)
        let cells = count.multipliedReportingOverflow(by: size)
        if !cells.overflow, cells.partialValue <= max(1 << 16, 8 * numbers.count) {
            result.fillDensely(self, codes, size: size, cells: cells.partialValue)
        } else {
            result.fillSparsely(self, codes, size: size)
        }
        return result
    }

    private mutating func fillDensely(_ coarse: Numbering, _ codes: [UInt32], size: Int, cells: Int) {
        var table = [UInt32](repeating: .max, count: cells)
        firsts.removeAll(keepingCapacity: true)
        numbers.withUnsafeMutableBufferPointer { numbers in
            table.withUnsafeMutableBufferPointer { table in
                coarse.numbers.withUnsafeBufferPointer { coarse in
                    codes.withUnsafeBufferPointer { codes in
                        for leaf in 0..<numbers.count {
                            let cell = Int(coarse[leaf]) * size + Int(codes[leaf])
                            if table[cell] == .max {
                                table[cell] = UInt32(firsts.count)
                                firsts.append(UInt32(leaf))
                            }
                            numbers[leaf] = table[cell]
                        }
                    }
                }
            }
        }
    }

    private mutating func fillSparsely(_ coarse: Numbering, _ codes: [UInt32], size: Int) {
        var table: [UInt64: UInt32] = [:]
        table.reserveCapacity(numbers.count)
        firsts.removeAll(keepingCapacity: true)
        for leaf in numbers.indices {
            let pair = UInt64(coarse.numbers[leaf]) << 32 | UInt64(codes[leaf])
            if let number = table[pair] {
                numbers[leaf] = number
            } else {
                table[pair] = UInt32(firsts.count)
                numbers[leaf] = UInt32(firsts.count)
                firsts.append(UInt32(leaf))
            }
        }
    }
}
