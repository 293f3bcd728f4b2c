import Chronicle
import Foundation
import Glibc
import Testing

@testable import Runtime

@Suite struct EvidenceVaultTests {
    private let roomy = Allowance(fileBytesMax: 64 << 20)

    @Test("What goes in comes out, under the SHA-256 of its content") func roundTrip() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        let bytes = Samples.png() + [UInt8](repeating: 9, count: 700_000)
        let exhibit = try await vault.accept(Upload(bytes, chunkBytes: 10_007), declared: .png, within: roomy)
        #expect(exhibit == StoredExhibit(sha256: Digest(hashing: bytes), sizeBytes: Int64(bytes.count), sniffed: .png))
        #expect(await vault.contains(exhibit.sha256))
        var read: [UInt8] = []
        for try await chunk in try vault.read(exhibit.sha256) { read += chunk }
        #expect(read == bytes)
        let name = exhibit.sha256.description
        #expect(folder.files() == ["\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)", "lock"].sorted())
    }

    @Test("The same content twice is one file, under any name its senders give") func twice() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        let first = try await vault.accept(Upload(Samples.mail), declared: .email, within: roomy)
        let text = Array("Subject: hi\nbye\n".utf8)
        _ = try await vault.accept(Upload(text), declared: .plainText, within: roomy)
        #expect(try await vault.accept(Upload(Samples.mail, chunkBytes: 3), declared: .email, within: roomy) == first)
        #expect(try await vault.stored().count == 2)
    }

    @Test("The bytes are durable before the name, and the name before anyone is told") func order() async throws {
        let folder = try Folder()
        let files = RecordedFiles()
        let vault = try EvidenceVault(opening: folder.path, files: files)
        files.forget()
        let exhibit = try await vault.accept(Upload([Samples.png(), [1], [2]]), declared: .png, within: roomy)
        let notes = files.notes
        guard case .create(let draft) = notes.first else {
            Issue.record("no draft was made: \(notes)")
            return
        }
        let name = exhibit.sha256.description
        let (one, two) = ("\(folder.path)/\(name.prefix(2))", "\(folder.path)/\(name.prefix(2))/\(name.dropFirst(2).prefix(2))")
        let final = two + "/" + name
        let order: [RecordedFiles.Note] = [
            .create(draft), .write(draft), .write(draft), .write(draft), .synchronize(draft),
            .synchronizeDirectory(folder.path), .synchronizeDirectory(one), .rename(draft, final), .synchronizeDirectory(two),
        ]
        #expect(notes == order)
        #expect(draft.hasPrefix(folder.path + "/drafts/"))
    }

    @Test("Whichever call fails, the upload fails and leaves nothing but a draft that the next opening sweeps", arguments: 0..<9)
    func anyCallFails(_ failing: Int) async throws {
        let folder = try Folder()
        let files = RecordedFiles()
        var vault: EvidenceVault? = try EvidenceVault(opening: folder.path, files: files)
        files.forget()
        files.fail(at: failing)
        await #expect(throws: VaultError.self) { try await vault?.accept(Upload([Samples.png(), [1], [2]]), declared: .png, within: roomy) }
        #expect(folder.files(under: "drafts").isEmpty)
        // Only the very last step can leave the file itself: whole, and nobody was told of it.
        #expect(try await vault?.stored().count == (failing == 8 ? 1 : 0))
        vault = nil
        files.fail(nil)
        _ = try EvidenceVault(opening: folder.path, files: files)
        #expect(folder.files(under: "drafts").isEmpty)
    }

    @Test("Leftovers of a crash are swept at opening; stored files are not") func sweeps() async throws {
        let folder = try Folder()
        var vault: EvidenceVault? = try EvidenceVault(opening: folder.path)
        let kept = try await vault?.accept(Upload(Samples.png()), declared: .png, within: roomy)
        vault = nil
        try folder.write([1, 2, 3], to: "drafts/abc")
        let again = try EvidenceVault(opening: folder.path)
        #expect(folder.files(under: "drafts").isEmpty)
        #expect(try await again.stored() == [kept?.sha256])
    }

    @Test("A second opening is refused: it would sweep what the first is writing") func busy() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        #expect(throws: VaultError.busy(path: folder.path)) { try EvidenceVault(opening: folder.path) }
        #expect(try await vault.stored().isEmpty)
    }

    static let refusals: [(Upload, MediaType, Allowance, VaultError)] = [
        (Upload([[UInt8]]()), .png, Allowance(fileBytesMax: 100), .empty),
        (Upload([[], []]), .png, Allowance(fileBytesMax: 100), .empty),
        (Upload(Samples.png() + [1]), .png, Allowance(fileBytesMax: 45), .tooLarge(bytesMax: 45)),
        (Upload(Samples.png()), .png, Allowance(fileBytesMax: 100, ownerBytesLeft: 44), .quotaExceeded(bytesLeft: 44)),
        (Upload([0x4D, 0x5A, 0x90]), .jpeg, Allowance(fileBytesMax: 100), .contentDenies(declared: .jpeg, found: .foreign(.windowsProgram))),
        (Upload([Samples.png()], breaksOff: true), .png, Allowance(fileBytesMax: 100), .interrupted(reason: "HungUp()")),
    ]

    @Test("A refused file leaves nothing", arguments: refusals.indices)
    func refused(_ index: Int) async throws {
        let (upload, type, allowance, error) = EvidenceVaultTests.refusals[index]
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        await #expect(throws: error) { try await vault.accept(upload, declared: type, within: allowance) }
        #expect(folder.files() == ["lock"])
    }

    @Test("A file of exactly the allowed size is taken") func exactly() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        let size = Int64(Samples.png().count)
        let exhibit = try await vault.accept(Upload(Samples.png()), declared: .png, within: Allowance(fileBytesMax: size, ownerBytesLeft: size))
        #expect(exhibit.sizeBytes == size)
    }

    @Test("An endless upload is stopped at the limit, not at its end") func endless() async throws {
        struct Endless: AsyncSequence, Sendable {
            struct Iterator: AsyncIteratorProtocol {
                var given = 0
                mutating func next() async -> [UInt8]? {
                    given += 1
                    return given == 1 ? Samples.png() : [UInt8](repeating: 1, count: 1 << 16)
                }
            }
            func makeAsyncIterator() -> Iterator { Iterator() }
        }
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        await #expect(throws: VaultError.tooLarge(bytesMax: 1 << 20)) {
            try await vault.accept(Endless(), declared: .png, within: Allowance(fileBytesMax: 1 << 20))
        }
        #expect(folder.files() == ["lock"])
    }

    @Test("A flipped bit on the disk never passes for the original", arguments: [0, 300_000, 699_999])
    func flipped(_ byte: Int) async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        let bytes = Samples.png() + [UInt8](repeating: 9, count: 700_000 - Samples.png().count)
        let exhibit = try await vault.accept(Upload(bytes), declared: .png, within: roomy)
        let sound = try await vault.accept(Upload(Samples.jpeg()), declared: .jpeg, within: roomy)
        #expect(try await vault.fixityCheck().isEmpty)

        let name = exhibit.sha256.description
        try folder.flip("\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)", byte: byte)
        var received = 0
        await #expect(throws: VaultError.damaged(exhibit.sha256)) {
            for try await chunk in try vault.read(exhibit.sha256) { received += chunk.count }
        }
        #expect(received < bytes.count)
        #expect(try await vault.fixityCheck() == [exhibit.sha256])
        #expect(await vault.contains(sound.sha256))

        // Handing the original in again makes it whole.
        _ = try await vault.accept(Upload(bytes), declared: .png, within: roomy)
        #expect(try await vault.fixityCheck().isEmpty)
    }

    @Test("A shortened file, down to nothing, is damaged; a missing one is unknown") func shortened() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        let exhibit = try await vault.accept(Upload(Samples.png()), declared: .png, within: roomy)
        let name = exhibit.sha256.description
        let path = "\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)"
        try FileManager.default.removeItem(atPath: folder.path + "/" + path)
        try folder.write([], to: path)
        await #expect(throws: VaultError.damaged(exhibit.sha256)) { for try await _ in try vault.read(exhibit.sha256) {} }
        try await vault.discard(exhibit.sha256)
        #expect(throws: VaultError.unknown(exhibit.sha256)) { try vault.read(exhibit.sha256) }
        try await vault.discard(exhibit.sha256)
        #expect(try await vault.fixityCheck().isEmpty)
    }

    @Test("Many uploads at once, some the same, some refused: each gets its own answer") func together() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        try await withThrowingTaskGroup { group in
            for index in 0..<60 {
                group.addTask {
                    let bytes = Samples.png() + [UInt8](repeating: UInt8(index % 20), count: 50_000)
                    if index % 3 == 0 {
                        await #expect(throws: VaultError.self) { try await vault.accept(Upload(bytes), declared: .gif, within: roomy) }
                    } else {
                        let exhibit = try await vault.accept(Upload(bytes), declared: .png, within: roomy)
                        #expect(exhibit.sha256 == Digest(hashing: bytes))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await vault.stored().count == 20)
        #expect(folder.files(under: "drafts").isEmpty)
    }

    @Test("A full disk refuses the file and keeps nothing of it: an injected ENOSPC") func fullInjected() async throws {
        let folder = try Folder()
        let files = RecordedFiles()
        let vault = try EvidenceVault(opening: folder.path, files: files)
        files.fail { if case .write = $0 { ENOSPC } else { nil } }
        await #expect(throws: VaultError.diskFull) { try await vault.accept(Upload(Samples.png()), declared: .png, within: roomy) }
        #expect(folder.files() == ["lock"])
    }

    @Test("A full disk refuses the file and keeps nothing of it: a real one of 1 MiB", .enabled(if: SmallDisk.isAllowed, "needs the right to mount a tmpfs"))
    func fullReal() async throws {
        let disk = try SmallDisk()
        let vault = try EvidenceVault(opening: disk.folder.path)
        let small = try await vault.accept(Upload(Samples.png()), declared: .png, within: roomy)
        await #expect(throws: VaultError.diskFull) {
            try await vault.accept(Upload(Samples.png() + [UInt8](repeating: 5, count: 2 << 20)), declared: .png, within: roomy)
        }
        #expect(disk.folder.files(under: "drafts").isEmpty)
        #expect(try await vault.stored() == [small.sha256])
        // There is room again.
        _ = try await vault.accept(Upload(Samples.png() + [UInt8](repeating: 5, count: 1 << 19)), declared: .png, within: roomy)
        #expect(try await vault.fixityCheck().isEmpty)
    }

    @Test("Originals can be read by the house alone and written by nobody") func permissions() async throws {
        let folder = try Folder()
        let vault = try EvidenceVault(opening: folder.path)
        _ = try await vault.accept(Upload(Samples.png()), declared: .png, within: roomy)
        let path = try #require(folder.files().first { $0 != "lock" })
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + path)[.posixPermissions] as? Int
        #expect(mode == 0o400)
    }
}

/// A tmpfs of 1 MiB.
final class SmallDisk {
    static let isAllowed: Bool = {
        guard let disk = try? SmallDisk() else { return false }
        return FileManager.default.fileExists(atPath: disk.folder.path)
    }()

    let folder: Folder

    init() throws {
        folder = try Folder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=1m") == 0 else { throw Missing() }
    }

    deinit { _ = umount(folder.path) }
}
