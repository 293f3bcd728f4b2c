import Chronicle
import EventStorage

/// An exchange in one file: for demonstrations, for tests of the outbox, and as the example of what the port promises.
///
/// Its state is a fold of its journal; what it has answered is durable. Books are double-entry: whatever happens in whatever order, no unit
/// of any asset appears or disappears. Faults can be ordered ahead.
public actor SandboxExchange: Exchange {
    private let journal: RecordFile
    private let now: @Sendable () -> Instant
    private var books: Books
    private var faults: [Fault] = []
    /// The journal could not be written: memory is ahead of the disk, so nothing more is answered until it is opened again.
    private var isStopped = false

    /// Opens or makes the journal and folds it. `now` gives the instants of what happens from here on.
    public init(
        opening path: String, files: any FileSystemCalls = SystemFiles(), now: @escaping @Sendable () -> Instant
    ) throws(SandboxError) {
        var books = Books()
        var mismatch: SandboxError?
        do throws(RecordFileError) {
            journal = try RecordFile(opening: path, files: files) { found throws(RecordFileError) in
                guard case .record(let offset, let payload) = found else {
                    if case .damaged(let offset) = found { throw .damaged(path: path, atByte: offset) }
                    return
                }
                guard mismatch == nil else { return }
                guard let entry = JournalEntry(payload: payload) else { throw .damaged(path: path, atByte: offset) }
                do throws(ExchangeError) { try books.apply(entry) } catch { mismatch = .damaged(path: path, reason: error.description) }
            }
        } catch { throw SandboxError(error) }
        if let mismatch { throw mismatch }
        if let asset = books.balances.firstUnsound() { throw .damaged(path: path, reason: "the books of \(asset) do not balance") }
        (self.books, self.now) = (books, now)
    }

    /// These happen to the next instructions, one each, in this order.
    public func expect(_ faults: [Fault]) { self.faults += faults }

    public func order(_ reference: OrderReference) async throws(ExchangeError) -> OrderFacts {
        var facts = try books.facts(of: reference)
        if let seller = facts.seller, facts.merchantTier != nil {
            facts.merchantDeposit = books.balances[.merchantDeposit(account: seller), facts.amount.asset]
        }
        try await settle()
        return facts
    }

    public func carryOut(_ instruction: Instruction, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        switch faults.isEmpty ? nil : faults.removeFirst() {
        case nil: return try await deliver(instruction, key)
        case .failsBeforeDoing: throw .unavailable(retryAfter: .seconds(1))
        case .timesOutAfterDoing:
            _ = try? await deliver(instruction, key)
            throw .unavailable(retryAfter: .seconds(1))
        case .slow(let span):
            // Cancelled while waiting: the caller has given up, but the call is on its way all the same.
            try? await Task.sleep(for: .milliseconds(span.milliseconds))
            return try await deliver(instruction, key)
        case .deliveredTwice:
            _ = try? await deliver(instruction, key)
            return try await deliver(instruction, key)
        }
    }

    public func status(of key: IdempotencyKey) async throws(ExchangeError) -> InstructionStatus {
        guard let known = books.answers[key.text] else { return .unknown }
        try await settle()
        switch known.answer {
        case .done(let result): return .done(result)
        case .refused(let error): return .refused(error)
        }
    }

    public func movements(after cursor: MovementCursor, limit: Int) async throws(ExchangeError) -> MovementPage {
        // From the end: who polls asks for the last few.
        let start = books.movements.lastIndex { $0.cursor <= cursor }.map { $0 + 1 } ?? books.movements.startIndex
        let page = Array(books.movements[start...].prefix(max(0, limit)))
        try await settle()
        return MovementPage(movements: page, next: page.last?.cursor ?? cursor)
    }

    /// Gives the journal back.
    public func close() async { await journal.close() }

    private func deliver(_ instruction: Instruction, _ key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult {
        if let known = books.answers[key.text] {
            guard known.instruction == instruction else { throw .keyReused }
            try await settle()
            return try known.answer.get()
        }
        let (answer, postings) = answer(to: instruction)
        try await record(.instructed(key: key.text, instruction: instruction, answer: answer), postings)
        return try answer.get()
    }

    private func answer(to instruction: Instruction) -> (JournalEntry.Answer, [Posting]) {
        do throws(ExchangeError) {
            let proposal = try books.decide(instruction)
            let transfers = proposal.postings.compactMap { posting -> InstructionResult.Transfer? in
                guard case .available(let account) = posting.to else { return nil }
                return InstructionResult.Transfer(account: account, amount: posting.amount)
            }
            let result = InstructionResult(booking: books.bookings + 1, carriedOut: now(), escrow: proposal.escrow, transfers: transfers)
            return (.done(result: result), proposal.postings)
        } catch {
            return (.refused(error: error), [])
        }
    }

    /// Books it and returns when it is durable. Everything up to the wait happens in one step, so the journal has the order of the books.
    func record(_ act: JournalEntry.Act, _ postings: [Posting]) async throws(ExchangeError) {
        guard !isStopped else { throw .unavailable(retryAfter: .minutes(1)) }
        let entry = JournalEntry(booking: books.bookings + 1, at: now(), act: act, postings: postings)
        let payload = try entry.payload()
        try books.apply(entry)
        do throws(RecordFileError) {
            _ = try await journal.append([payload])
        } catch {
            isStopped = true
            throw .unavailable(retryAfter: .minutes(1))
        }
    }

    /// Returns when all that the books show is durable. The journal serves its callers in their order, so it has seen it all by then.
    private func settle() async throws(ExchangeError) {
        guard !isStopped else { throw .unavailable(retryAfter: .minutes(1)) }
        do throws(RecordFileError) { try await journal.settle() } catch { throw .unavailable(retryAfter: .minutes(1)) }
    }

    func read<Value: Sendable>(_ question: (Books) throws(ExchangeError) -> Value) throws(ExchangeError) -> Value { try question(books) }
}

extension JournalEntry.Answer {
    fileprivate func get() throws(ExchangeError) -> InstructionResult {
        switch self {
        case .done(let result): return result
        case .refused(let error): throw error
        }
    }
}
