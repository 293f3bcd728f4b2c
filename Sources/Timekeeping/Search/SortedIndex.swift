/// Ascending keys with a coarse index in front of them: finding the last key not after a value costs one table look-up and a search
/// among the few keys of one bucket, whatever the number of keys.
///
/// Buckets are a power of two wide, so the bucket of a value is a subtraction and a shift. There are two to four buckets per key.
struct SortedIndex: Sendable {
    /// Ascending, without equals; at least one.
    let keys: ContiguousArray<Int64>
    private let shift: Int64
    /// For each bucket the last key not after the bucket's first value; one more at the end.
    private let buckets: ContiguousArray<Int32>

    /// `keys` ascending; an empty list is taken as the single key 0.
    init(_ keys: ContiguousArray<Int64>) {
        let keys = keys.isEmpty ? [0] : keys
        self.keys = keys
        let (first, last) = (keys[0], keys[keys.count - 1])
        var shift: Int64 = 0
        while (last - first) >> shift > Int64(keys.count) * 4 { shift += 1 }
        self.shift = shift
        let count = Int((last - first) >> shift) + 1
        var buckets = ContiguousArray<Int32>()
        buckets.reserveCapacity(count + 1)
        var position = 0
        for bucket in 0..<count {
            let start = first + Int64(bucket) << shift
            while position + 1 < keys.count, keys[position + 1] <= start { position += 1 }
            buckets.append(Int32(position))
        }
        buckets.append(Int32(keys.count - 1))
        self.buckets = buckets
    }

    /// Index of the last key `<= value`, or -1 when `value` is before all keys. `value` less than 2^62 away from the first key.
    func last(notAfter value: Int64) -> Int {
        let distance = value - keys[0]
        guard distance >= 0 else { return -1 }
        let bucket = min(Int(distance >> shift), buckets.count - 2)
        var low = Int(buckets[bucket])
        var high = Int(buckets[bucket + 1])
        while low < high {
            let middle = (low + high + 1) >> 1
            if keys[middle] <= value { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
