import Chronicle
import Crypto

/// Six digits that change every half minute (RFC 6238: HMAC-SHA-1, 30 s, 6 digits, as every authenticator app has it).
public enum OneTimeCodes {
    static let stepSeconds: Int64 = 30

    /// The step of the code somebody typed: now, or one to either side, as clocks differ; never one at or before `last`, which was used.
    static func step(of code: String, secret: [UInt8], at now: Instant, after last: Int64) -> Int64? {
        let step = now.milliseconds / 1_000 / stepSeconds
        for candidate in [step, step - 1, step + 1] where candidate > last {
            if equalInConstantTime(text(secret, candidate), code) { return candidate }
        }
        return nil
    }

    /// The code of a step (RFC 4226 §5.3).
    public static func text(_ secret: [UInt8], _ step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 0x0F)
        let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The secret as apps want it typed (RFC 4648 §6, without padding).
    static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, bits, count) = ("", 0, 0)
        for byte in bytes {
            (bits, count) = (bits << 8 | Int(byte), count + 8)
            while count >= 5 {
                text.append(alphabet[bits >> (count - 5) & 31])
                count -= 5
            }
            bits &= 1 << count - 1
        }
        if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
        return text
    }
}
