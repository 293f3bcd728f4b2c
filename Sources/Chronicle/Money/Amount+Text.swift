extension Amount: CustomStringConvertible {
    /// `1200.000000 USDT`; the digits after the point are the decimals of the asset.
    public var description: String { "\(number) \(asset.code)" }

    /// The number alone, without the asset: `1200.000000`.
    public var number: String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Amount.numberBytesMax) { buffer in
            String(decoding: UnsafeBufferPointer(rebasing: buffer[..<putNumber(buffer)]), as: UTF8.self)
        }
    }

    /// Reads the text form. Written decimals define the precision, so `1200.00 USDT` and `1200.000000 USDT` are different assets;
    /// give the asset to `init(number:of:)` where the precision is known.
    public init(parsing text: String) throws(AmountError) {
        var bytes = text
        self = try bytes.withUTF8({ Amount.read($0) }).get(naming: text)
    }

    /// Reads a decimal number into `asset`'s minor units. More digits than the asset has is refused, unless they are zeros.
    public init(number text: String, of asset: Asset) throws(AmountError) {
        var bytes = text
        let minorUnits = try bytes.withUTF8({ Amount.minorUnits($0, decimals: Int(asset.decimals)) }).get(naming: text)
        self.init(minorUnits: minorUnits, of: asset)
    }

    /// Sign, 39 digits, the point, and zeros in front for the smallest fractions.
    private static let numberBytesMax = 64

    /// Writes the number to the front of `buffer`; its length.
    private func putNumber(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        // From the last digit backwards, then moved to the front.
        var at = buffer.count
        func put(_ byte: UInt8) {
            at -= 1
            buffer[at] = byte
        }
        let decimals = Int(asset.decimals)
        var written = 0
        func digit(_ value: UInt8) {
            if written == decimals, decimals > 0 { put(UInt8(ascii: ".")) }
            put(48 + value)
            written += 1
        }
        var rest = minorUnits.magnitude
        while rest > UInt128(UInt64.max) {
            digit(UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        var small = UInt64(truncatingIfNeeded: rest)
        while small > 0 || written <= decimals {
            digit(UInt8(truncatingIfNeeded: small % 10))
            small /= 10
        }
        if isNegative { put(UInt8(ascii: "-")) }
        let length = buffer.count - at
        for index in 0..<length { buffer[index] = buffer[at + index] }
        return length
    }

    // MARK: Reading bytes

    private enum Reading<Value> {
        case value(Value)
        case malformed
        case overflow

        func get(naming text: String) throws(AmountError) -> Value {
            switch self {
            case .value(let value): value
            case .malformed: throw .malformed(text)
            case .overflow: throw .overflow
            }
        }
    }

    /// A number, spaces, the code of an asset.
    private static func read(_ text: UnsafeBufferPointer<UInt8>) -> Reading<Amount> {
        let words = text.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: true)
        guard words.count == 2 else { return .malformed }
        let (number, code) = (UnsafeBufferPointer(rebasing: words[0]), UnsafeBufferPointer(rebasing: words[1]))
        let decimals = number.firstIndex(of: UInt8(ascii: ".")).map { number.count - $0 - 1 } ?? 0
        guard let asset = Asset(code: String(decoding: code, as: UTF8.self), decimals: decimals) else { return .malformed }
        switch minorUnits(number, decimals: decimals) {
        case .value(let units): return .value(Amount(minorUnits: units, of: asset))
        case .malformed: return .malformed
        case .overflow: return .overflow
        }
    }

    private static func minorUnits(_ number: UnsafeBufferPointer<UInt8>, decimals: Int) -> Reading<Int128> {
        var magnitude: UInt128 = 0
        // The first 18 digits fit a machine word, and nearly every amount with them.
        var small: UInt64 = 0
        var digitsSeen = 0
        var overflows = false
        func push(_ digit: UInt8) {
            if digitsSeen < 18 {
                small = small * 10 + UInt64(digit)
                magnitude = UInt128(small)
            } else {
                let (shifted, over1) = magnitude.multipliedReportingOverflow(by: 10)
                let (sum, over2) = shifted.addingReportingOverflow(UInt128(digit))
                magnitude = sum
                overflows = overflows || over1 || over2
            }
            digitsSeen += 1
        }
        var fractionDigits: Int?
        var isNegative = false
        for (offset, byte) in number.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where offset == 0: isNegative = true
            case UInt8(ascii: ".") where fractionDigits == nil && digitsSeen > 0: fractionDigits = 0
            case 48...57:
                if let written = fractionDigits {
                    fractionDigits = written + 1
                    if written >= decimals {
                        guard byte == 48 else { return .malformed }
                        continue
                    }
                }
                push(byte - 48)
            default: return .malformed
            }
        }
        guard digitsSeen > 0, fractionDigits != 0 else { return .malformed }
        for _ in 0..<max(0, decimals - (fractionDigits ?? 0)) { push(0) }
        let largest = Int128.max.magnitude + (isNegative ? 1 : 0)
        guard !overflows, magnitude <= largest else { return .overflow }
        return .value(Int128(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude))
    }
}

extension Amount: LedgerScalar {
    package static var scalarNoun: String { "an amount; write for example “1200.00 USDT”" }

    package init?(utf8: UnsafeBufferPointer<UInt8>) {
        guard case .value(let amount) = Amount.read(utf8) else { return nil }
        self = amount
    }

    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Amount.numberBytesMax + 13) { buffer in
            var count = putNumber(UnsafeMutableBufferPointer(rebasing: buffer[..<Amount.numberBytesMax]))
            buffer[count] = UInt8(ascii: " ")
            count += 1
            for letter in asset.code.utf8 {
                buffer[count] = letter
                count += 1
            }
            try body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    public func encode(to encoder: any Encoder) throws { try writing(to: encoder) }
}
