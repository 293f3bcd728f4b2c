/// Sorting by counting digits: the work grows with the count alone, and comparing would add its logarithm.
enum Sorting {
    /// Sorts the keys, and the payload along with them; equal keys stay in their order.
    static func sort(_ keys: inout [UInt64], with payload: inout [UInt32]) {
        let count = keys.count
        guard count > 1 else { return }
        let most = keys.max() ?? 0
        let bits = max(1, UInt64.bitWidth - most.leadingZeroBitCount)
        let passes = (bits + 12) / 13
        let width = (bits + passes - 1) / passes
        var otherKeys = [UInt64](repeating: 0, count: count)
        var otherPayload = [UInt32](repeating: 0, count: count)
        var starts = [Int](repeating: 0, count: 1 << width)
        for pass in 0..<passes {
            let shift = UInt64(pass * width)
            distribute(keys, payload, &otherKeys, &otherPayload, &starts, shift: shift, mask: UInt64(1 << width - 1))
            swap(&keys, &otherKeys)
            swap(&payload, &otherPayload)
        }
    }

    private static func distribute(
        _ keys: [UInt64], _ payload: [UInt32], _ toKeys: inout [UInt64], _ toPayload: inout [UInt32], _ starts: inout [Int], shift: UInt64, mask: UInt64
    ) {
        keys.withUnsafeBufferPointer { keys in
            payload.withUnsafeBufferPointer { payload in
                toKeys.withUnsafeMutableBufferPointer { toKeys in
                    toPayload.withUnsafeMutableBufferPointer { toPayload in
                        starts.withUnsafeMutableBufferPointer { starts in
                            for digit in starts.indices { starts[digit] = 0 }
                            for key in keys { starts[Int(key >> shift & mask)] += 1 }
                            var sum = 0
                            for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
                            for index in keys.indices {
                                let digit = Int(keys[index] >> shift & mask)
                                let place = starts[digit]
                                starts[digit] = place + 1
                                toKeys[place] = keys[index]
                                toPayload[place] = payload[index]
                            }
                        }
                    }
                }
            }
        }
    }
}
