import Chronicle
import Testing

@testable import Runtime

@Suite("The queue of deliveries")
struct DeliveryQueueTests {
    private let now = Instant(seconds: 1_000)
    private func item(_ sequence: Int64, _ dispute: String, due: Int64 = 0) -> DeliveryQueue.Item {
        .init(sequence: sequence, dispute: dispute, kind: "case-opened", queued: now, due: Instant(seconds: 1_000 + due))
    }

    @Test("Of each case the oldest goes first, and none while another of that case is on the line")
    func order() throws {
        let queue = Held()
        for item in [item(3, "a"), item(1, "a"), item(2, "b")] { queue.add(item) }
        let first = try #require(queue.next(at: now))
        #expect(first.sequence == 1)
        let second = try #require(queue.next(at: now))
        #expect(second.sequence == 2)
        #expect(queue.next(at: now) == nil, "3 waits for 1")
        queue.end(first)
        #expect(queue.next(at: now)?.sequence == 3)
        #expect(queue.count == 2)
    }

    @Test("What was not accepted holds up its own case until it is due, and no other")
    func back() throws {
        let queue = Held()
        for item in [item(1, "a"), item(2, "a"), item(3, "b")] { queue.add(item) }
        var failed = try #require(queue.next(at: now))
        (failed.tries, failed.due) = (1, now + .seconds(5))
        queue.putBack(failed)
        #expect(queue.next(at: now)?.sequence == 3)
        #expect(queue.next(at: now) == nil)
        #expect(queue.nextDue == now + .seconds(5))
        let again = try #require(queue.next(at: now + .seconds(5)))
        #expect(again.sequence == 1 && again.tries == 1)
    }

    @Test("What comes late in a replay goes before what is later in its case, even while that is on the line")
    func late() throws {
        let queue = Held()
        queue.add(item(9, "a"))
        let nine = try #require(queue.next(at: now))
        queue.add(item(2, "a"))
        #expect(queue.next(at: now) == nil)
        queue.end(nine)
        #expect(queue.next(at: now)?.sequence == 2)
    }

    @Test("Nothing is in it twice, and what somebody is waiting for can be hurried")
    func twice() throws {
        let queue = Held()
        queue.add(item(1, "a", due: 500))
        queue.add(item(1, "a"))
        #expect(queue.count == 1)
        #expect(queue.next(at: now) == nil)
        #expect(queue.hurry(1, at: now)?.due == now)
        #expect(queue.next(at: now)?.sequence == 1)
        #expect(queue.hurry(1, at: now) == nil, "it is on the line")
        queue.add(item(2, "a", due: 500))
        #expect(queue.hurry(2, at: now)?.due == now, "it waits behind that")
    }
}

/// A queue that can be asked within an expectation, which takes nothing that changes.
private final class Held {
    private var queue = DeliveryQueue()
    func add(_ item: DeliveryQueue.Item) { queue.add(item) }
    func next(at now: Instant) -> DeliveryQueue.Item? { queue.next(at: now) }
    func end(_ item: DeliveryQueue.Item) { queue.end(item) }
    func putBack(_ item: DeliveryQueue.Item) { queue.putBack(item) }
    func hurry(_ sequence: Int64, at now: Instant) -> DeliveryQueue.Item? { queue.hurry(sequence, at: now) }
    var count: Int { queue.count }
    var nextDue: Instant? { queue.nextDue }
}

@Suite("The waits between tries")
struct RetryScheduleTests {
    @Test("Each wait is at most the schedule's, at a moment left to chance; then it is given up")
    func waits() {
        for (index, longest) in RetrySchedule.waits.enumerated() {
            #expect(RetrySchedule.wait(after: index + 1, chance: 0) == Span(milliseconds: 1))
            #expect(RetrySchedule.wait(after: index + 1, chance: UInt128(longest.milliseconds) - 1) == longest)
        }
        #expect(RetrySchedule.wait(after: 10, chance: 0) == nil)
        #expect(RetrySchedule.wait(after: 0, chance: 0) == nil)
        #expect(RetrySchedule.waits.reduce(Span.zero, +) == .seconds(272_105), "a little more than three days")
    }

    @Test("What a receiver asks for is waited, up to a day")
    func asked() {
        #expect(RetrySchedule.wait(after: 1, chance: 0, asked: .minutes(10)) == .minutes(10))
        #expect(RetrySchedule.wait(after: 1, chance: 0, asked: .days(30)) == .hours(24))
        #expect(RetrySchedule.wait(after: 9, chance: UInt128(Span.hours(24).milliseconds) - 1, asked: .seconds(1)) == .hours(24))
    }
}

@Suite("The secrets of a webhook")
struct WebhookSecretsTests {
    private let now = Instant(seconds: 1_000)

    @Test("Old and new sign side by side until the overlap has passed, the newest first")
    func overlap() {
        var secrets = WebhookSecrets([1])
        secrets.rotate(to: [2], oldUntil: now + .hours(24), at: now)
        #expect(secrets.active(at: now) == [[2], [1]])
        #expect(secrets.active(at: now + .hours(24)) == [[2]])
        // A second change does not keep the first one longer.
        secrets.rotate(to: [3], oldUntil: now + .hours(40), at: now + .hours(16))
        #expect(secrets.active(at: now + .hours(16)) == [[3], [2], [1]])
        #expect(secrets.active(at: now + .hours(24)) == [[3], [2]])
        #expect(secrets.active(at: now + .hours(40)) == [[3]])
    }

    @Test("Without an overlap the old one is gone at once; of many the oldest gives way")
    func many() {
        var secrets = WebhookSecrets([1])
        secrets.rotate(to: [2], oldUntil: now, at: now)
        #expect(secrets.active(at: now) == [[2]])
        for byte in UInt8(3)...9 { secrets.rotate(to: [byte], oldUntil: now + .hours(1), at: now) }
        #expect(secrets.active(at: now) == [[9], [8], [7], [6]])
    }
}
