import Chronicle
import Crypto
import Foundation
import Testing

@testable import Runtime

@Suite struct MasterKeyTests {
    private let folder: Folder
    private var path: String { folder.path + "/secrets/master.key" }
    init() throws { folder = try Folder() }

    @Test("The file is made once, for its owner's eyes only, and read back") func makes() throws {
        let files = RecordedFiles()
        let ada = try stream("party_ada")
        let first = try MasterKey(file: path, files: files)
        let draft = path + ".new"
        let order: [RecordedFiles.Note] = [.write(draft), .synchronize(draft), .rename(draft, path), .synchronizeDirectory(folder.path + "/secrets")]
        #expect(Array(files.notes.suffix(4)) == order)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let key = SymmetricKey(size: .bits256)
        #expect(try MasterKey(file: path).unwrap(try first.wrap(key, for: ada), for: ada) == key)
    }

    @Test("A file others can read is refused", arguments: [0o640, 0o604, 0o660, 0o644])
    func exposed(_ mode: Int) throws {
        _ = try MasterKey(file: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: SealingError.exposed(path: path, permissions: UInt32(mode))) { try MasterKey(file: path) }
    }

    @Test(
        "A file that holds no key is refused and left as it is", arguments: ["", "abc", String(repeating: "0", count: 63), String(repeating: "x", count: 64)])
    func noKey(_ text: String) throws {
        _ = try MasterKey(file: path)
        try folder.write(Array(text.utf8), to: "secrets/master.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(throws: SealingError.notAMasterKey(path: path)) { try MasterKey(file: path) }
        #expect(try folder.bytes("secrets/master.key") == Array(text.utf8))
    }

    @Test("A wrapped key opens for its owner only") func owners() throws {
        let master = MasterKey(SymmetricKey(size: .bits256))
        let (ada, bob) = (try stream("party_ada"), try stream("party_bob"))
        let wrapped = try master.wrap(SymmetricKey(size: .bits256), for: ada)
        #expect(wrapped.count <= PersonKeys.wrappedBytesMax)
        #expect(throws: SealingError.denied(owner: bob, context: "key")) { try master.unwrap(wrapped, for: bob) }
    }
}
