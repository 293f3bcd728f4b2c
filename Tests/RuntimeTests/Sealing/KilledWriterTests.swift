import Chronicle
import Crypto
import Foundation
import Glibc
import Testing

@testable import Runtime

/// The same program again as a child that makes keys until it is killed; what it was told is durable must be there.
@Suite(.serialized) struct KilledWriterTests {
    private static let folderVariable = "RECOURSE_TEST_KEYS"

    private static func master() -> MasterKey { MasterKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32))) }

    @Test("child", .enabled(if: ProcessInfo.processInfo.environment[folderVariable] != nil, "runs only as a child of the test below"))
    func child() async throws {
        let path = try #require(ProcessInfo.processInfo.environment[KilledWriterTests.folderVariable])
        let keys = try await PersonKeys(opening: path + "/keys.log", wrapping: KilledWriterTests.master())
        let told = fopen(path + "/told", "a")
        var next = await keys.count
        #expect(told != nil)
        while let told {
            let batch = try (next..<next + 1 + next % 40).map { try stream("party_\($0)") }
            try await keys.ensureKeys(for: batch)
            next += batch.count
            fputs("\(next)\n", told)
            fflush(told)
        }
    }

    @Test(
        "A writer killed in the middle of its batches loses no key it was told of",
        .enabled(if: ProcessInfo.processInfo.environment[folderVariable] == nil, "not in the child itself"))
    func killed() async throws {
        let folder = try Folder()
        var random = Seeded(11)
        for round in 0..<8 {
            let child = Process()
            child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            child.arguments = ["--testing-library", "swift-testing", "--filter", "KilledWriterTests/child"]
            child.environment = ProcessInfo.processInfo.environment.merging([KilledWriterTests.folderVariable: folder.path]) { $1 }
            child.standardOutput = FileHandle.nullDevice
            child.standardError = FileHandle.nullDevice
            try child.run()
            let before = told(folder)
            for _ in 0..<1_000 where told(folder) <= before { try await Task.sleep(for: .milliseconds(5)) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...60, using: &random)))
            _ = kill(child.processIdentifier, SIGKILL)
            child.waitUntilExit()
            let acknowledged = told(folder)
            try #require(acknowledged > before, "the child did not run")
            let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: KilledWriterTests.master())
            for index in 0..<acknowledged {
                let person = try stream("party_\(index)")
                #expect(try await keys.key(of: person) != nil, "round \(round), person \(index)")
            }
            await keys.close()
        }
    }

    private func told(_ folder: Folder) -> Int {
        let text = (try? folder.bytes("told")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        // A line cut off by the kill was not told.
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last.flatMap { Int($0) } ?? 0
    }
}
