import ArgumentParser
import Chronicle
import Foundation
import PowerLoss
import Runtime

/// The process under test. Tells on standard output what it was promised; see `Told`.
struct WriterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "writer", abstract: "Works a desk until it is ended.")

    @Option(help: "Folder of the house.") var store: String
    @Option(help: "Folder of the policy pack.") var policy = "Policy"
    @Option var seed: UInt64 = 1
    @Option(help: "kill, all, subset or torn.") var mode = PowerMode.kill
    @Option(help: "The power goes at this operation; 0: never.") var crashAt: Int64 = 0
    @Flag(help: "No fsync keeps anything: a control that must be found out.") var lyingDisk = false
    @Option(help: "The clock begins here, in milliseconds since 1970.") var clock: Int64 = 1_795_000_000_000

    func run() async throws {
        Orphan.endsWithItsParent()
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
        try mode.arm(seed: seed, crashAt: crashAt, trash: store + "/.lost")
        if lyingDisk { powerloss_lie() }
        let files: any FileSystemCalls = mode == .kill ? SystemFiles() : PowerLosingFiles()
        let writer = Writer(
            store, files: files, seed: seed, clock: LifeClock(startingAt: Instant(milliseconds: clock)), policy: policy)
        do {
            try await writer.live()
        } catch {
            Voice().tell(.failed("\(error)"))
            throw ExitCode(3)
        }
    }
}
