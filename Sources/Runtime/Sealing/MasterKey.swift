import Chronicle
import struct Crypto.SymmetricKey

/// A 256-bit key that wraps the keys of persons: AES-256-GCM with the owner's name as associated data, so that one person's wrapped key
/// put in the place of another's does not open.
public struct MasterKey: KeyWrapping {
    private let key: SymmetricKey

    public init(_ key: SymmetricKey) { self.key = key }

    public func wrap(_ key: SymmetricKey, for owner: StreamID) throws(SealingError) -> [UInt8] {
        try Box.seal(key.withUnsafeBytes { Array($0) }, with: self.key, authenticating: MasterKey.label(owner))
    }

    public func unwrap(_ wrapped: [UInt8], for owner: StreamID) throws(SealingError) -> SymmetricKey {
        guard let bytes = Box.open(wrapped, with: key, authenticating: MasterKey.label(owner)) else { throw .denied(owner: owner, context: "key") }
        return SymmetricKey(data: bytes)
    }

    private static func label(_ owner: StreamID) -> [UInt8] { Array("recourse-key/1\0\(owner)".utf8) }
}

extension MasterKey {
    /// Reads the master key from a file of 64 hexadecimal digits, mode 0600, and makes the file at first use.
    ///
    /// Refuses a file others can read. Keep a copy on paper or in a safe: without it, every person in the log is erased at once.
    public init(file path: String, files: any FileSystemCalls = SystemFiles()) throws(SealingError) {
        do throws(DiskError) {
            try files.makeDirectories(parentDirectory(of: path))
            if !files.exists(path) { try MasterKey.make(path, files) }
        } catch { throw .disk(reason: error.description) }
        self.init(try MasterKey.read(path, files))
    }

    // Written beside and renamed: a crash in between leaves no half key that would be taken for the whole one.
    private static func make(_ path: String, _ files: any FileSystemCalls) throws(DiskError) {
        let draft = path + ".new"
        if files.exists(draft) { try files.remove(draft) }
        let file = try files.open(draft, .creating(permissions: 0o600))
        defer { files.close(file) }
        let digits = SymmetricKey(size: .bits256).withUnsafeBytes { Digest(bytes: Array($0))?.description ?? "" }
        try files.write(Array((digits + "\n").utf8), to: file, atByte: 0)
        try files.synchronize(file)
        try files.rename(draft, to: path)
        try files.synchronizeDirectory(parentDirectory(of: path))
    }

    private static func read(_ path: String, _ files: any FileSystemCalls) throws(SealingError) -> SymmetricKey {
        let (permissions, text): (UInt32, [UInt8])
        do throws(DiskError) {
            let file = try files.open(path, .reading)
            defer { files.close(file) }
            permissions = try files.attributes(of: file).permissions
            text = try files.read(file, count: 128, atByte: 0)
        } catch { throw .disk(reason: error.description) }
        guard permissions & 0o077 == 0 else { throw .exposed(path: path, permissions: permissions) }
        let digits = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard digits.count == 1, let key = Digest(String(digits[0])) else { throw .notAMasterKey(path: path) }
        return SymmetricKey(data: key.bytes)
    }
}
