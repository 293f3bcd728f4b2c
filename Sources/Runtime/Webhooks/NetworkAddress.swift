/// An address on the network: 32 bits of IPv4 or 128 of IPv6.
///
/// Read strictly. The spellings that other readers take for an address (`0x7f.1`, `2130706433`, `010.0.0.1`, `127.1`) are none here: two readers
/// that do not agree on what was written are how a guard is got past.
public enum NetworkAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    /// Four numbers (RFC 3986 §3.2.2 `IPv4address`) or the text forms of RFC 4291 §2.2; no zone, no brackets.
    public init?(_ text: some StringProtocol) {
        if let quad = NetworkAddress.quad(text) {
            self = .v4(quad)
        } else if let groups = NetworkAddress.groups(String(text)) {
            self = .v6(groups)
        } else {
            return nil
        }
    }

    private static func quad(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard 1...3 ~= part.utf8.count, part.utf8.allSatisfy({ 48...57 ~= $0 }), part.utf8.count == 1 || part.first != "0", let number = UInt8(part) else {
                return nil
            }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }

    private static func groups(_ text: String) -> UInt128? {
        guard text.utf8.count <= 45 else { return nil }
        let all: [UInt16]
        if let gap = text.firstRange(of: "::") {
            guard let left = list(text[..<gap.lowerBound]), let right = list(text[gap.upperBound...]), left.count + right.count <= 7 else { return nil }
            all = left + [UInt16](repeating: 0, count: 8 - left.count - right.count) + right
        } else {
            guard let whole = list(text[...]), whole.count == 8 else { return nil }
            all = whole
        }
        return all.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// Groups apart by colons, the last two of which may be written as four numbers.
    private static func list(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var found: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let quad = quad(part) {
                found += [UInt16(quad >> 16), UInt16(truncatingIfNeeded: quad)]
            } else {
                guard 1...4 ~= part.utf8.count, part.utf8.allSatisfy(\.isHexDigit), let group = UInt16(part, radix: 16) else { return nil }
                found.append(group)
            }
        }
        return found
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// `203.0.113.7`, or all eight groups of an IPv6 address.
    public var description: String {
        switch self {
        case .v4(let bits): stride(from: 24, through: 0, by: -8).map { "\(UInt8(truncatingIfNeeded: bits >> UInt32($0)))" }.joined(separator: ".")
        case .v6(let bits):
            stride(from: 112, through: 0, by: -16).map { String(UInt16(truncatingIfNeeded: bits >> UInt128($0)), radix: 16) }.joined(separator: ":")
        }
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { 48...57 ~= self || 65...70 ~= self || 97...102 ~= self }
}
