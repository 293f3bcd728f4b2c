import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

/// Opens the house after an end and holds it against everything that was promised over its life.
///
/// Believes nothing it has not derived: the log is verified from its events, cases and rows are folded anew, roots are grown leaf by leaf.
/// What it has judged once it carries along, and the root proves that it has not changed.
struct Judge {
    private var policies: [PolicyHash: Policy] = [:]
    private var frontier = MerkleFrontier()
    private var lastRecorded = Instant.epoch
    private var cases: [CaseID: CaseFile] = [:]
    private var rows = RowModel()
    /// Instructions in the log: their id and whether the case was told that they were done.
    private var instructions: [String: Bool] = [:]
    /// The last hold or letting go each case asked for, and those a later word of the same case overtook: they need not be carried out.
    private var lastHold: [CaseID: String] = [:]
    private var overtaken: Set<String> = []
    /// Overtaken and never sent.
    private(set) var overtakenCount = 0
    private var exhibits: Set<Digest> = []
    private(set) var bookings = 0
    private(set) var settlements = 0

    var events: Int64 { frontier.size }
    var caseCount: Int { cases.count }
    var instructionCount: Int { instructions.count }

    /// - Parameter thorough: reads every exhibit and every kept checkpoint again, not only what is new.
    mutating func judge(_ folder: String, by memory: Memory, clock: LifeClock, thorough: Bool) async throws -> Findings {
        let booked = try await SandboxExchange.bookings(in: House.journal(in: folder))
        let house = try await House(folder, clock: clock)
        var findings = Findings()
        do {
            findings += try await judgeLog(house, memory)
            findings += try await judgeRows(house)
            findings += try await judgeExchange(house, booked, memory)
            findings += try await judgeVault(house, memory, thorough: thorough)
            try await house.close()
        } catch {
            try? await house.close()
            throw error
        }
        return findings
    }

    // MARK: The log

    private mutating func judgeLog(_ house: House, _ memory: Memory) async throws -> Findings {
        var findings = Findings()
        let keys = [try House.signer().verifier]
        do {
            _ = try await verify(house.store) { try Checkpoint(verifying: $0.note, by: keys).root }
        } catch { findings.unsound.append("\(error)") }

        var seen: [String: (stream: String, events: Int)] = [:]
        var ends: [Int64: String] = [:]
        var open: [(stream: StreamID, correlation: CorrelationID, events: [StoredEvent])] = []
        while case let page = try await house.store.read(after: frontier.size, limit: 4_096), !page.isEmpty {
            for stored in page {
                let envelope = stored.envelope
                if envelope.recorded < lastRecorded { findings.unsound.append("event \(envelope.sequence) was recorded before the one before it") }
                lastRecorded = envelope.recorded
                frontier.append(Leaf.hash(of: stored))
                findings.contradicted += contradictions(memory)
                let correlation = envelope.correlation.description
                seen[correlation] = (envelope.stream.text, (seen[correlation]?.events ?? 0) + 1)
                ends[envelope.sequence] = correlation
                if let last = open.last, last.stream == envelope.stream, last.correlation == envelope.correlation {
                    open[open.count - 1].events.append(stored)
                } else {
                    open.append((envelope.stream, envelope.correlation, [stored]))
                }
            }
        }
        let head = try await house.store.head()
        if head.sequence != frontier.size || head.root != frontier.root {
            findings.contradicted.append("the head \(head.sequence) is not what its leaves lead to")
        }
        for size in memory.roots.keys where size > frontier.size { findings.lost.append("a head of \(size) events was shown; the log has \(frontier.size)") }

        for promise in memory.appended where ends[promise.sequence] != promise.correlation {
            findings.lost.append("event \(promise.sequence) of \(promise.stream) was acknowledged and is not there")
        }
        for (correlation, asked) in memory.asked {
            guard let found = seen[correlation], found.events != asked.events else { continue }
            findings.halved.append("\(found.events) of \(asked.events) events of one command on \(asked.stream)")
        }
        for command in open { findings += try await follow(command.stream, command.events, house) }
        for (stream, version) in memory.versions {
            guard let id = CaseID(stream), (cases[id]?.dispute?.version ?? 0) < version else { continue }
            findings.lost.append("\(stream) was acknowledged at version \(version) and is at \(cases[id]?.dispute?.version ?? 0)")
        }
        return findings
    }

    private func contradictions(_ memory: Memory) -> [String] {
        guard let shown = memory.roots[frontier.size], shown != [frontier.root] else { return [] }
        return ["the root shown at \(frontier.size) is not the root of the log there"]
    }

    /// Folds one command's events into the case and the rows, and opens what it sealed.
    private mutating func follow(_ stream: StreamID, _ events: [StoredEvent], _ house: House) async throws -> Findings {
        var findings = Findings()
        guard let id = CaseID(stream.text) else {
            try await learn(stream, house)
            return findings
        }
        var file = cases[id] ?? CaseFile()
        let before = file.dispute
        var bodies: [CaseEvent] = []
        for stored in events {
            let event = try stored.payload.withUnsafeBytes { try CaseEvent.read(stored.type, from: $0) }
            file.apply(Recorded(stored.envelope, event))
            bodies.append(event)
            note(event, of: id)
            for sealed in Judge.sealed(in: event) {
                let text = try? await Sealer(house.keys).open(sealed, context: id.description).content
                if text?.contains(id.description) != true { findings.unsound.append("a text of \(id) sealed for \(sealed.owner) does not open") }
            }
        }
        cases[id] = file
        guard let after = file.dispute, let policy = try await policy(after.policy, house) else {
            findings.unsound.append("\(id) begins without being opened, or under a pack the log does not hold")
            return findings
        }
        for change in CaseRowChanges.of(bodies, before: before, after: after, tierRank: { policy.tiers[$0]?.rank ?? 9 }) { rows.apply(change) }
        return findings
    }

    private mutating func note(_ event: CaseEvent, of id: CaseID) {
        switch event.body {
        case let instructed as SettlementInstructed: instructions[instructed.instruction.id.description] = false
        case let hold as HoldRequested: noteHold(hold.instruction.description, of: id)
        case let lifted as HoldLifted: noteHold(lifted.instruction.description, of: id)
        case is EscrowMoved: if let last = lastHold[id] { overtaken.insert(last) }
        case let confirmed as SettlementConfirmed:
            instructions[confirmed.instruction.description] = true
            settlements += 1
        case let submitted as ExhibitSubmitted: exhibits.insert(submitted.exhibit.sha256)
        default: break
        }
    }

    private mutating func noteHold(_ instruction: String, of id: CaseID) {
        instructions[instruction] = false
        if let earlier = lastHold.updateValue(instruction, forKey: id) { overtaken.insert(earlier) }
    }

    private static func sealed(in event: CaseEvent) -> [Sealed] {
        switch event.body {
        case let opened as CaseOpened: [opened.claim.statement].compactMap { $0 }
        case let message as MessageSent: [message.body].compactMap { $0 }
        case let filed as AppealFiled: [filed.appeal.grounds].compactMap { $0 }
        case let decided as AppealDecided: [decided.reason].compactMap { $0 }
        case let made as RulingMade: [made.ruling.outcome.reason, made.ruling.fault.reason].compactMap { $0 }
        default: []
        }
    }

    private mutating func learn(_ stream: StreamID, _ house: House) async throws {
        guard stream.text == PolicyEvent.stream else { return }
        let desk = Desk(store: house.store, keys: house.keys, vault: house.vault, log: House.quiet)
        let policy = try await desk.policyInForce()
        policies[policy.hash] = policy
    }

    private mutating func policy(_ hash: PolicyHash, _ house: House) async throws -> Policy? {
        if policies[hash] == nil, let stream = StreamID(PolicyEvent.stream) { try await learn(stream, house) }
        return policies[hash]
    }

    // MARK: What follows from the log

    private func judgeRows(_ house: House) async throws -> Findings {
        var findings = Findings()
        for table in [CaseTables.cases, CaseTables.parties, CaseTables.tally, CaseTables.exhibits] {
            findings.unsound += try await rows.differences(table, in: house.store)
        }
        return findings
    }

    /// One booking for each instruction of the log at most, none without one, exactly one for each settlement the log says was confirmed.
    private mutating func judgeExchange(_ house: House, _ booked: [Booking], _ memory: Memory) async throws -> Findings {
        var findings = Findings()
        var done: [String: Bool] = [:]
        for booking in booked {
            guard let instructed = booking.instructed else { continue }
            if done.updateValue(instructed.isDone, forKey: instructed.key) != nil { findings.duplicated.append("\(instructed.key) was booked twice") }
            if instructions[instructed.key] == nil { findings.duplicated.append("\(instructed.key) was carried out and stands in no case") }
            if let answered = memory.booked[instructed.key], answered != [booking.number] {
                findings.duplicated.append("\(instructed.key) was answered as booking \(answered.sorted()) and is \(booking.number)")
            }
        }
        bookings = done.count
        for key in memory.booked.keys where done[key] != true { findings.lost.append("the exchange answered \(key) and has no booking of it") }
        for (key, confirmed) in instructions where confirmed && done[key] != true {
            findings.unsound.append("the log says \(key) was carried out; the exchange does not")
        }
        var query = RowQuery(CaseTables.outbox, limit: 1_000)
        var waiting: Set<String> = []
        repeat {
            let page = try await house.store.rows(query)
            for row in page.rows { if case .text(let id) = row[0] { waiting.insert(id) } }
            query.after = page.next
        } while query.after != nil
        let unsent = instructions.keys.filter { !waiting.contains($0) && done[$0] == nil }
        overtakenCount = unsent.count { overtaken.contains($0) }
        for id in unsent where !overtaken.contains(id) { findings.lost.append("\(id) is neither on its way nor carried out") }
        for order in memory.placed {
            guard let reference = OrderReference(order), (try? await house.exchange.order(reference)) != nil else {
                findings.lost.append("the order \(order) was acknowledged and is not there")
                continue
            }
        }
        if let asset = try await house.exchange.firstUnsoundAsset() { findings.unsound.append("the books of \(asset) do not balance") }
        return findings
    }

    private func judgeVault(_ house: House, _ memory: Memory, thorough: Bool) async throws -> Findings {
        var findings = Findings()
        for sha256 in memory.kept.union(exhibits) where await !house.vault.contains(sha256) {
            findings.lost.append("the file \(sha256) was acknowledged and is not there")
        }
        guard thorough else { return findings }
        findings.unsound += try await house.vault.fixityCheck().map { "the file \($0) is not what was stored" }
        return findings
    }
}
