import Chronicle
import EventStorage
import Synchronization
import Testing

@testable import Runtime

/// What reaches a receiver, in which order, how often, and what becomes of what does not.
@Suite("The courier of webhooks")
struct WebhookCourierTests {
    @Test("What happened before a webhook was added is not sent; what happens afterwards is, once, and nothing that is no case's")
    func fromNowOn() async throws {
        try await Hooked.use { hooked in
            try await hooked.happen(to: 1)
            let id = try await hooked.add()
            hooked.start()
            let second = try await hooked.happen(to: 1)
            _ = try await hooked.desk.issueKey(to: .machine(name: "m", scopes: ["read"]), label: "no case's", by: .machine("test"))
            let third = try await hooked.happen(to: 2)
            try await hooked.wait("both") { hooked.line.sequences.count == 2 }
            #expect(hooked.line.sequences.sorted() == [second, third])
            #expect(hooked.line.sent.map(\.id).sorted() == [second, third].map { Webhook.messageID(id, $0) })
            try await hooked.wait("the end of both") { try await hooked.desk.progress(of: id, at: hooked.clock.now()).pending == 0 }
            let found = try await hooked.desk.deliveries(of: id, limit: 10).deliveries
            #expect(found.map(\.state) == [.delivered, .delivered])
            #expect(found.allSatisfy { $0.attempts.count == 1 && $0.attempts[0].outcome.status == 204 })
        }
    }

    @Test("A webhook is told of the kinds it wants and of no others")
    func kinds() async throws {
        try await Hooked.use { hooked in
            _ = try await hooked.add(kinds: ["case-closed", "ruling-made"])
            hooked.start()
            for kind in ["claim-admitted", "ruling-made", "step-entered", "case-closed"] { try await hooked.happen(kind, to: 1) }
            try await hooked.wait("two") { hooked.line.sequences.count == 2 }
            try await Task.sleep(for: .milliseconds(200))
            #expect(hooked.line.sequences.count == 2)
        }
    }

    @Test("A kind that is none is refused with those there are")
    func unknownKind() {
        #expect(throws: WebhookRefusal.unknownKind("case-opend")) { try WebhookKinds(["case-closed", "case-opend"]) }
        #expect("\(WebhookRefusal.unknownKind("x"))".contains("case-opened, step-entered"))
    }

    @Test("While one event is not accepted, later ones of its case wait and other cases go on; then the case's order is kept")
    func order() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            let failing = Mutex(true)
            let first = try await hooked.happen(to: 1)
            hooked.line.answer { sent in sent.sequence == first && failing.withLock(\.self) ? .broken : .ok }
            hooked.start()
            let later = [try await hooked.happen(to: 1), try await hooked.happen(to: 1)]
            let others = [try await hooked.happen(to: 2), try await hooked.happen(to: 3)]
            try await hooked.wait("the other cases") { Set(others).isSubset(of: hooked.line.sequences) }
            #expect(Set(later).isDisjoint(with: hooked.line.sequences), "they wait")
            try await hooked.wait("the failure noted") { await hooked.tries(first, to: id) > 0 }
            failing.withLock { $0 = false }
            hooked.clock.pass(.minutes(6))
            try await hooked.wait("the rest") { Set(later).isSubset(of: hooked.line.sequences) }
            let ofCase = hooked.line.sent.filter { $0.dispute == CaseIDText.of(1) }.map(\.sequence)
            #expect(ofCase.filter { $0 == first }.count >= 2)
            #expect(ofCase == ofCase.sorted(), "\(ofCase)")
            #expect(Set(hooked.line.sent.filter { $0.sequence == first }.map(\.id)) == [Webhook.messageID(id, first)], "one name for all tries")
            #expect(!hooked.line.hadTwoOfOneCase)
        }
    }

    @Test("No more than four messages are on one webhook's line, and a slow webhook holds up no other")
    func parallel() async throws {
        try await Hooked.use { hooked in
            let slow = try await hooked.add("https://slow.example.com/")
            _ = try await hooked.add("https://quick.example.com/")
            hooked.line.answer { sent in
                if sent.host == "slow.example.com" { try? await Task.sleep(for: .seconds(2)) }
                return .ok
            }
            hooked.start()
            for dispute in 1...20 { try await hooked.happen(to: dispute) }
            try await hooked.wait("all of the quick one") { hooked.line.sent.filter { $0.host == "quick.example.com" }.count == 20 }
            let ofSlow = hooked.line.sent.filter { $0.host == "slow.example.com" }.count
            #expect(ofSlow <= 2 * WebhookCourier.parallelMax, "\(ofSlow)")
            #expect(hooked.line.mostOnTheLine <= 2 * WebhookCourier.parallelMax)
            #expect(try await hooked.desk.progress(of: slow, at: hooked.clock.now()).pending >= 12)
        }
    }

    @Test("Before a receiver that takes nothing the log waits to be read: no more rows than the window, and nothing is lost of it")
    func window() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            let answers = Mutex(false)
            hooked.line.answer { _ in
                while !answers.withLock(\.self) { try? await Task.sleep(for: .milliseconds(50)) }
                return .broken
            }
            let events = WebhookCourier.pendingMax + 600
            for dispute in 0..<events { try await hooked.happen(to: 1 + dispute) }
            hooked.start()
            try await hooked.wait("the window") {
                try await hooked.desk.progress(of: id, at: hooked.clock.now()).pending >= Int64(WebhookCourier.pendingMax)
            }
            try await Task.sleep(for: .milliseconds(1_200))
            let progress = try await hooked.desk.progress(of: id, at: hooked.clock.now())
            #expect(progress.pending < Int64(WebhookCourier.pendingMax) + 256, "\(progress.pending)")
            let head = try await hooked.store.head().sequence
            #expect(progress.position < head)
            #expect(hooked.line.sent.count == WebhookCourier.parallelMax)
            answers.withLock { $0 = true }
        }
    }

    @Test("After the last try an event is given up as a dead letter, and the next of its case goes")
    func deadLetter() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            let first = try await hooked.happen(to: 1)
            let second = try await hooked.happen(to: 1)
            hooked.line.answer { $0.sequence == first ? .broken : .ok }
            hooked.start()
            let tries = RetrySchedule.waits.count + 1
            for number in 1...tries {
                try await hooked.wait("try \(number)") { await hooked.tries(first, to: id) == number }
                // Beyond any wait, and short of five days in all.
                hooked.clock.pass(number < tries ? RetrySchedule.waits[number - 1] : .seconds(1))
            }
            try await hooked.wait("the next") { hooked.line.sequences.contains(second) }
            let delivery = try await hooked.desk.delivery(first, to: id)
            #expect(delivery.state == .failed && delivery.due == nil)
            #expect(delivery.attempts.count == tries)
            #expect(try await hooked.desk.webhook(id).isEnabled)
            // Somebody repaired it and asks for it once more: the same name, and it counts anew.
            hooked.line.answer { _ in .ok }
            _ = try await hooked.desk.redeliver(first, to: id)
            try await hooked.wait("it once more") { try await hooked.desk.delivery(first, to: id).state == .delivered }
            #expect(Set(hooked.line.sent.filter { $0.sequence == first }.map(\.id)).count == 1)
        }
    }

    @Test("410 disables at once; enabled again, what waited and what happened meanwhile is sent, and nothing is lost")
    func gone() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.line.answer { _ in .gone }
            hooked.start()
            let first = try await hooked.happen(to: 1)
            try await hooked.wait("the end") { try await !hooked.desk.webhook(id).isEnabled }
            #expect(try await hooked.desk.webhook(id).standing == .disabled(because: "answered 410"))
            let second = try await hooked.happen(to: 1)
            try await Task.sleep(for: .milliseconds(700))
            #expect(hooked.line.sequences == [first], "nothing is sent to who wants nothing")
            let events = try await hooked.store.read(StreamID(id), after: 0, limit: 10)
            #expect(events.map(\.type.name) == ["webhook-added", "webhook-disabled"])
            #expect(events.last?.envelope.actor == .machine("webhooks"))
            hooked.line.answer { _ in .ok }
            _ = try await hooked.desk.enableWebhook(id, by: .machine("test"))
            try await hooked.wait("both") { hooked.line.sequences == [first, first, second] }
        }
    }

    @Test("Disabled by hand, nothing more is sent; enabled at once again, what waited for hours goes now")
    func byHand() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.line.answer { _ in WebhookOutcome(.failed, status: 503, took: .zero, retryAfter: .hours(20)) }
            hooked.start()
            let first = try await hooked.happen(to: 1)
            try await hooked.wait("the failure") { await hooked.tries(first, to: id) == 1 }
            hooked.line.answer { _ in .ok }
            _ = try await hooked.desk.disableWebhook(id, because: "asked to", by: .machine("test"))
            _ = try await hooked.desk.enableWebhook(id, by: .machine("test"))
            try await hooked.wait("it at once") { hooked.line.sequences == [first, first] }
            _ = try await hooked.desk.disableWebhook(id, because: "asked to", by: .machine("test"))
            try await hooked.wait("the courier's end") { try await !hooked.desk.webhook(id).isEnabled }
            try await Task.sleep(for: .milliseconds(1_500))
            try await hooked.happen(to: 2)
            try await Task.sleep(for: .milliseconds(1_500))
            #expect(hooked.line.sequences == [first, first])
        }
    }

    @Test("Without a single success for five days a webhook is disabled, and why is said")
    func fiveDays() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.line.answer { _ in .broken }
            hooked.start()
            try await hooked.happen(to: 1)
            for day in 0..<5 {
                let before = hooked.line.sent.count
                // Something happens every day, so that something is tried.
                try await hooked.happen(to: 10 + day)
                try await hooked.wait("a try on day \(day)") { hooked.line.sent.count > before }
                #expect(try await hooked.desk.webhook(id).isEnabled, "day \(day)")
                hooked.clock.pass(.days(1))
            }
            try await hooked.wait("the end") { try await !hooked.desk.webhook(id).isEnabled }
            #expect(try await hooked.desk.webhook(id).standing == .disabled(because: "nothing was accepted for 5 days"))
        }
    }

    @Test("One success in between, and the five days begin anew")
    func recovered() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.line.answer { _ in .broken }
            hooked.start()
            try await hooked.happen(to: 1)
            try await hooked.wait("a failure") { try await hooked.desk.progress(of: id, at: hooked.clock.now()).failingSince != nil }
            hooked.clock.pass(.days(4))
            hooked.line.answer { _ in .ok }
            try await hooked.happen(to: 2)
            try await hooked.wait("a success") { try await hooked.desk.progress(of: id, at: hooked.clock.now()).failingSince == nil }
            hooked.line.answer { _ in .broken }
            hooked.clock.pass(.days(2))
            try await hooked.happen(to: 3)
            try await hooked.wait("a failure") { try await hooked.desk.progress(of: id, at: hooked.clock.now()).failingSince != nil }
            #expect(try await hooked.desk.webhook(id).isEnabled)
        }
    }

    @Test("What a receiver asks for in Retry-After is waited")
    func retryAfter() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.line.answer { _ in WebhookOutcome(.failed, status: 429, took: .zero, retryAfter: .hours(3)) }
            hooked.start()
            let first = try await hooked.happen(to: 1)
            try await hooked.wait("a try") { try await hooked.desk.deliveries(of: id, limit: 1).deliveries.first?.tries == 1 }
            let due = try #require(try await hooked.desk.delivery(first, to: id).due)
            #expect(due - hooked.clock.now() > .minutes(179))
        }
    }

    @Test("A replay sends what matches from a sequence on in the log's order, what was before the webhook among it, under the names it had")
    func replay() async throws {
        try await Hooked.use { hooked in
            var all = [try await hooked.happen(to: 1), try await hooked.happen(to: 2)]
            let id = try await hooked.add()
            hooked.start()
            all.append(try await hooked.happen(to: 1))
            try await hooked.wait("the live one") { hooked.line.sequences == [all[2]] }
            try await hooked.desk.replay(from: 1, to: id, by: .machine("test"))
            try await hooked.wait("all") { hooked.line.sequences.count == 4 }
            let replayed = hooked.line.sent.dropFirst()
            #expect(Set(replayed.map(\.sequence)) == Set(all))
            #expect(replayed.filter { $0.dispute == CaseIDText.of(1) }.map(\.sequence) == [all[0], all[2]])
            #expect(hooked.line.sent.first?.id == replayed.last { $0.sequence == all[2] }?.id)
            let beyond = try await hooked.store.head().sequence + 1
            let refusal = await hooked.refusal { try await hooked.desk.replay(from: beyond, to: id, by: .machine("test")) }
            #expect(refusal == .beyondLog(head: beyond - 1))
        }
    }

    @Test("A replay and a redelivery asked for while an event is on the line send it once more, after that")
    func onTheLine() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            let answers = Mutex(false)
            hooked.line.answer { _ in
                while !answers.withLock(\.self) { try? await Task.sleep(for: .milliseconds(20)) }
                return .ok
            }
            hooked.start()
            let first = try await hooked.happen(to: 1)
            try await hooked.wait("it on the line") { hooked.line.sequences == [first] }
            try await hooked.desk.replay(from: first, to: id, by: .machine("test"))
            try await hooked.happen(to: 2)
            try await Task.sleep(for: .milliseconds(1_200))
            #expect(hooked.line.sequences == [first], "nothing is sent before the replay has begun")
            answers.withLock { $0 = true }
            try await hooked.wait("it once more") { hooked.line.sequences.filter { $0 == first }.count == 2 && hooked.line.sequences.count == 3 }
            try await hooked.wait("their end") { try await hooked.desk.progress(of: id, at: hooked.clock.now()).pending == 0 }
            answers.withLock { $0 = false }
            _ = try await hooked.desk.redeliver(first, to: id)
            try await hooked.wait("it on the line") { hooked.line.sequences.filter { $0 == first }.count == 3 }
            _ = try await hooked.desk.redeliver(first, to: id)
            try await Task.sleep(for: .milliseconds(1_200))
            answers.withLock { $0 = true }
            try await hooked.wait("it once more") { hooked.line.sequences.filter { $0 == first }.count == 4 }
        }
    }

    @Test("A courier that begins anew goes on where it was: what was on its way is sent, what was accepted is not")
    func beginsAnew() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.start()
            let first = try await hooked.happen(to: 1)
            try await hooked.wait("the first") { try await hooked.desk.deliveries(of: id, .delivered, limit: 1).deliveries.count == 1 }
            hooked.line.answer { _ in .broken }
            let second = try await hooked.happen(to: 1)
            try await hooked.wait("a failure") { await hooked.tries(second, to: id) == 1 }
            await hooked.stop()
            let third = try await hooked.happen(to: 1)
            hooked.line.answer { _ in .ok }
            hooked.clock.pass(.minutes(1))
            hooked.start()
            try await hooked.wait("the rest") { hooked.line.sequences.last == third }
            #expect(hooked.line.sequences.filter { $0 == first }.count == 1)
            #expect(hooked.line.sequences == hooked.line.sequences.sorted())
        }
    }

    @Test("What ended thirty days ago is cleared away; what is on its way stays")
    func clearing() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.start()
            try await hooked.happen(to: 1)
            try await hooked.wait("the first") { try await hooked.desk.deliveries(of: id, .delivered, limit: 1).deliveries.count == 1 }
            hooked.line.answer { _ in .broken }
            let second = try await hooked.happen(to: 2)
            try await hooked.wait("a failure") { hooked.line.sequences.contains(second) }
            await hooked.stop()
            hooked.clock.pass(.days(31))
            #expect(await hooked.office.clear(at: hooked.clock.now()))
            #expect(try await hooked.desk.deliveries(of: id, limit: 10).deliveries.map(\.sequence) == [second])
            #expect(try await hooked.store.count(RowQuery(WebhookTables.attempts)).count == 0)
        }
    }

    @Test("A removed webhook leaves no row and no secret behind, and its events stay")
    func removed() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            hooked.start()
            try await hooked.happen(to: 1)
            try await hooked.wait("the first") { try await hooked.desk.deliveries(of: id, .delivered, limit: 1).deliveries.count == 1 }
            try await hooked.desk.removeWebhook(id, by: .machine("test"))
            try await hooked.wait("its rows' end") {
                var count: Int64 = 0
                for table in WebhookTables.all { count += try await hooked.store.count(RowQuery(table)).count }
                return count == 0
            }
            #expect(await hooked.keys.isErased(StreamID(id)))
            let events = try await hooked.store.read(StreamID(id), after: 0, limit: 10)
            #expect(events.map(\.type.name) == ["webhook-added", "webhook-removed"])
        }
    }

    @Test("A secret is in no row and no event in the clear, and nothing of an address but its host in an event")
    func secrets() async throws {
        try await Hooked.use { hooked in
            let (webhook, secret) = try await hooked.desk.addWebhook(
                try WebhookAddress("https://hooks.example.com/in?token=only-theirs"), .every, label: "test", by: .machine("test"))
            let (rotated, _) = try await hooked.desk.rotateSecret(of: webhook.id, by: .machine("test"))
            #expect(secret.count == 32 && rotated.count == 32 && secret != rotated)
            #expect(try await hooked.desk.activeSecrets(of: webhook.id, at: hooked.clock.now()) == [rotated, secret])
            let rows = try await hooked.store.rows(RowQuery(WebhookTables.webhooks)).rows.map { "\($0)" }.joined()
            for bytes in [secret, rotated] {
                for spelling in [Base64.encode(bytes), "\(bytes)".filter { $0 != " " }, String(Base64.encode(bytes).prefix(20))] {
                    #expect(!rows.contains(spelling))
                }
            }
            let events = try await hooked.store.read(after: 0, limit: 100).map { String(decoding: $0.payload, as: UTF8.self) }.joined()
            #expect(events.contains("hooks.example.com"))
            #expect(!events.contains("only-theirs") && !events.contains(Base64.encode(secret)))
        }
    }

    @Test("At most so many webhooks, each with a label, and changes that change nothing are no events")
    func limits() async throws {
        try await Hooked.use { hooked in
            let id = try await hooked.add()
            _ = try await hooked.desk.change(id, label: "test", by: .machine("test"))
            _ = try await hooked.desk.enableWebhook(id, by: .machine("test"))
            #expect(try await hooked.store.read(StreamID(id), after: 0, limit: 10).count == 1)
            let unnamed = await hooked.refusal { try await hooked.desk.change(id, label: "", by: .machine("test")) }
            #expect(unnamed == .labelLength)
            for _ in 1..<Webhook.countMax { _ = try await hooked.add() }
            let oneTooMany = await hooked.refusal { _ = try await hooked.add() }
            #expect(oneTooMany == .tooMany)
        }
    }
}

private enum CaseIDText {
    static func of(_ number: Int) -> String { "case_" + String(repeating: "0", count: 25) + "\(number)" }
}
