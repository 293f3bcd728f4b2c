/// One line of a sandbox exchange's journal, as whoever audits it from outside needs to see it: the journal itself, not what memory made of it.
public struct Booking: Hashable, Sendable {
    /// 1, 2, … without gaps.
    public let number: Int64
    /// What was instructed under which key, and whether it was done; `nil` for what the market did itself.
    public let instructed: Instructed?

    public struct Instructed: Hashable, Sendable {
        public let key: String
        public let instruction: Instruction
        public let isDone: Bool
    }
}

extension SandboxExchange {
    /// Every booking in the journal at `path`, which nobody may have open. A torn end is cut off, as at any opening.
    public static func bookings(in path: String, files: any FileSystemCalls = SystemFiles()) async throws(SandboxError) -> [Booking] {
        var bookings: [Booking] = []
        do throws(RecordFileError) {
            let journal = try RecordFile(opening: path, files: files) { found throws(RecordFileError) in
                switch found {
                case .damaged(let offset): throw .damaged(path: path, atByte: offset)
                case .record(let offset, let payload):
                    guard let entry = JournalEntry(payload: payload) else { throw .damaged(path: path, atByte: offset) }
                    bookings.append(Booking(entry))
                }
            }
            await journal.close()
        } catch { throw SandboxError(error) }
        return bookings
    }
}

extension Booking {
    fileprivate init(_ entry: JournalEntry) {
        number = entry.booking
        guard case .instructed(let key, let instruction, let answer) = entry.act else {
            instructed = nil
            return
        }
        let isDone = if case .done = answer { true } else { false }
        instructed = Instructed(key: key, instruction: instruction, isDone: isDone)
    }
}
