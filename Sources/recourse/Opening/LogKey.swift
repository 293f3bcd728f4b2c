import Chronicle
import Crypto

/// The key the log signs its checkpoints with: Ed25519, 64 hexadecimal digits in a file only its owner may read.
enum LogKey {
    /// The log's name in notes. One store, one log.
    static let name = "recourse.local/desk"

    /// - Parameter making: the store is being made, and its key with it. A store whose key is gone gets no new one unasked: every checkpoint
    ///   signed before would look forged.
    static func signer(of folder: StoreFolder, making: Bool = false) throws -> NoteSigner {
        if !WholeFile.exists(folder.logKey) {
            guard making else {
                throw Failure("\(folder.logKey) is not here; put back the key this log signs with (without it nothing is verified or proven)")
            }
            let digits = Digest(bytes: Array(Curve25519.Signing.PrivateKey().rawRepresentation))?.description ?? ""
            try WholeFile.write(Array((digits + "\n").utf8), to: folder.logKey, permissions: 0o600)
        }
        let text = String(decoding: try WholeFile.read(folder.logKey, bytesMax: 1_000), as: UTF8.self)
        guard let bytes = Digest(String(text.prefix { $0 != "\n" }))?.bytes,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes), let signer = NoteSigner(name: name, key: key)
        else { throw Failure("\(folder.logKey) does not hold a signing key of 64 hexadecimal digits") }
        return signer
    }
}
