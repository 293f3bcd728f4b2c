import Chronicle
import Foundation

/// One thing that happened on the sandbox exchange, with what it moved.
struct JournalEntry: Equatable, Sendable, Codable {
    enum Act: Equatable, Sendable, Codable {
        case accountOpened(account: AccountReference)
        /// Coin in from outside, or between pockets of one owner; the postings say it all.
        case funded
        case orderRecorded(facts: OrderFacts)
        case moved(order: OrderReference, kind: EscrowMovement.Kind)
        case said(order: OrderReference, by: AccountReference, text: String)
        case instructed(key: String, instruction: Instruction, answer: Answer)
    }

    /// What was answered to an instruction, and is answered again.
    enum Answer: Equatable, Sendable, Codable {
        case done(result: InstructionResult)
        case refused(error: ExchangeError)
    }

    /// 1, 2, … without gaps.
    var booking: Int64
    var at: Instant
    var act: Act
    var postings: [Posting]
}

extension JournalEntry {
    func payload() throws(ExchangeError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) } catch { throw .refused(reason: "the entry cannot be written down") }
    }

    /// `nil` when the bytes are no entry.
    init?(payload: ArraySlice<UInt8>) {
        guard let entry = try? JSONDecoder().decode(JournalEntry.self, from: Data(payload)) else { return nil }
        self = entry
    }
}
