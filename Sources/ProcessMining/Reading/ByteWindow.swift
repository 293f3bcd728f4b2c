typealias Bytes = UnsafeBufferPointer<UInt8>

/// The bytes of a file that are not used up yet, lying together however the file was cut.
///
/// A class over its own memory, so that parsers can hold pointers into it while they read one piece.
final class ByteWindow {
    /// No single tag or row is longer; a file with a forgotten quotation mark is not read into memory whole.
    static let bytesMax = 16 << 20

    private var storage: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init() { storage = .allocate(capacity: 1 << 20) }

    deinit { storage.deallocate() }

    /// Good until the window changes or goes: whoever takes them keeps the window.
    var bytes: Bytes { Bytes(rebasing: storage[..<count]) }

    /// A copy that needs no window.
    var text: String { withExtendedLifetime(self) { bytes.text } }

    func append(_ chunk: [UInt8]) {
        if count + chunk.count > storage.count { grow(to: max(storage.count * 2, count + chunk.count)) }
        chunk.withUnsafeBufferPointer { chunk in
            guard let source = chunk.baseAddress, let target = storage.baseAddress else { return }
            (target + count).update(from: source, count: chunk.count)
        }
        count += chunk.count
    }

    /// Forgets the first bytes.
    func drop(_ used: Int) {
        guard used > 0, let base = storage.baseAddress else { return }
        base.update(from: base + used, count: count - used)
        count -= used
    }

    func removeAll() { count = 0 }

    /// One byte more, for texts that are put together here.
    @inline(__always)
    func append(_ byte: UInt8) {
        if count == storage.count { grow(to: storage.count * 2) }
        storage[count] = byte
        count += 1
    }

    func append(_ bytes: Bytes) {
        for byte in bytes { append(byte) }
    }

    private func grow(to capacity: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        if let from = storage.baseAddress { larger.baseAddress?.update(from: from, count: count) }
        storage.deallocate()
        storage = larger
    }
}

extension Bytes {
    @inline(__always)
    func equals(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount, let base = baseAddress else { return false }
        let other = word.utf8Start
        for index in 0..<count where base[index] != other[index] { return false }
        return true
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}
