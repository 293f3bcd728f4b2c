import Archives
import Intake
import Runtime
import Wire

/// What became of one thing in a file.
enum Imported: Sendable {
    case new
    case unchanged
    case rejected(line: Int, reason: String)
}

/// Records read from a file and not yet written.
protocol WaitingRecords: Sendable {
    var count: Int { get }
    mutating func feed(_ chunk: [UInt8]) throws
    mutating func finish() throws
    /// Takes the first records off, and says how they are written.
    mutating func batch(_ count: Int) -> @Sendable () async throws -> [Imported]
}

/// One file on its way into the log: as far as it has come, said after every batch. Nothing is read before the batch before it is written.
actor ImportRun {
    private let source: ByteSource
    private var records: any WaitingRecords
    private let counter: Counter
    private var tally = ImportTally(imported: 0, unchanged: 0, rejected: 0, rejections: [], finished: false, failure: nil)
    private var isRead = false

    /// Records worked on at once: enough for one fsync to carry hundreds of events.
    private static let batchRecords = 256

    init(path: String, records: any WaitingRecords, counter: Counter) throws {
        source = try ByteSource(path: path)
        (self.records, self.counter) = (records, counter)
    }

    /// How far it is after the next batch; `nil` after the end was told. A file that turns out damaged ends there: what was written stays written.
    func next() async throws -> ImportTally? {
        guard !tally.finished else { return nil }
        do { try await step() } catch {
            guard let words = ImportRun.words(of: error) else { throw error }
            (tally.finished, tally.failure, tally.rejections) = (true, words, [])
        }
        return tally
    }

    private static func words(of error: any Error) -> String? {
        switch error {
        case let error as ArchiveError: error.description(of: "the file")
        case let error as HeaderRefusal: "\(error)"
        case let error as CSVProblem: "\(error)"
        default: nil
        }
    }

    private func step() async throws {
        while records.count < ImportRun.batchRecords, !isRead {
            if let chunk = try source.next() {
                try records.feed(chunk)
            } else {
                try records.finish()
                isRead = true
            }
        }
        tally.rejections = []
        let write = records.batch(ImportRun.batchRecords)
        for outcome in try await write() {
            switch outcome {
            case .new: tally.imported += 1
            case .unchanged: tally.unchanged += 1
            case .rejected(let line, let reason):
                tally.rejected += 1
                tally.rejections.append(.init(line: line, reason: reason))
            }
        }
        if isRead, records.count == 0 {
            tally.finished = true
            _ = try await counter.afterwards()
        }
    }
}

/// The answer to an import, a line a batch (JSON Lines). The last one says `finished`.
struct ImportLines: AsyncSequence, Sendable {
    typealias Failure = any Error
    let run: ImportRun
    /// Told before the answer began, so that a file that is no such table is refused with a status.
    let first: ImportTally?

    struct Iterator: AsyncIteratorProtocol {
        let run: ImportRun
        var first: ImportTally?

        mutating func next() async throws -> [UInt8]? {
            if let first {
                self.first = nil
                return try Iterator.line(first)
            }
            return try await run.next().map(Iterator.line)
        }

        private static func line(_ tally: ImportTally) throws -> [UInt8] { try tally.json() + [UInt8(ascii: "\n")] }
    }

    func makeAsyncIterator() -> Iterator { Iterator(run: run, first: first) }
}
