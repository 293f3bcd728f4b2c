import Chronicle
import EventStorage

extension EventStoreConformance {
    static let agreement = (1...6).map { seed in
        ConformanceCase("A random run answers as the model does (seed \(seed))") { place in try await agreement(place, seed: UInt64(seed)) }
    }

    private static func agreement(_ place: EnginePlace, seed: UInt64) async throws {
        var store = try await place.open(tables)
        do {
            let model = try MemoryStore(tables: tables)
            var run = RandomRun(seed: seed)
            for step in 0..<150 {
                if run.reopens() {
                    try await place.close(store)
                    store = try await place.open(tables)
                }
                let question = run.next()
                let (found, expected) = (await RandomRun.answer(question, store), await RandomRun.answer(question, model))
                try expectEqual(found, expected, "seed \(seed), step \(step)")
            }
            try expectEqual(try await store.head(), try await model.head(), "seed \(seed): head")
            try expectEqual(try await verify(store).root, try await verify(model).root, "seed \(seed): root")
        } catch {
            try? await place.close(store)
            throw error
        }
        try await place.close(store)
    }
}

/// Steps drawn from a seed; each asked of the engine and of the model.
private struct RandomRun {
    enum Step: Sendable {
        case append(Append)
        case write([RowChange])
        case page(RowQuery)
        case log(after: Int64, limit: Int)
        case stream(Int, after: Int)
        case redact(Int64)
    }

    private var generator: Seeded
    private var samples: SampleEvents

    init(seed: UInt64) {
        generator = Seeded(seed)
        samples = SampleEvents(seed: seed)
    }

    mutating func reopens() -> Bool { below(40) == 0 }

    mutating func next() -> Step {
        switch below(12) {
        case 0...5: .append(append())
        case 6: .write(changes())
        case 7...8: .page(query())
        case 9: .log(after: Int64(below(100)), limit: below(20))
        case 10: .stream(below(4), after: below(9))
        default: .redact(Int64(below(30)))
        }
    }

    /// The answer in words, errors too, so that both can be compared.
    static func answer(_ step: Step, _ store: any EventStore) async -> String {
        do {
            switch step {
            case .append(let append): return "\(try await store.append(append)) \(try await store.head())"
            case .write(let changes): return "\(try await store.write(changes, position: nil))"
            case .page(let query): return "\(try await store.rows(query)) \(try await store.count(query))"
            case .log(let after, let limit): return "\(try await store.read(after: after, limit: limit))"
            case .stream(let stream, let after): return "\(try await store.read(SampleEvents.stream(stream), after: after, limit: 5))"
            case .redact(let sequence): return "\(try await store.redact([sequence]))"
            }
        } catch .malformed {
            // Engines may put it in their own words.
            return "malformed"
        } catch {
            return "\(error)"
        }
    }

    private mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

    private mutating func append() -> Append {
        let stream = below(4)
        let expecting: ExpectedVersion =
            switch below(4) {
            case 0: .none
            case 1: .exactly(below(6))
            default: .any
            }
        var events = samples.events(below(4))
        if below(5) == 0 { for index in events.indices { events[index].recorded = events[index].recorded - .hours(1) } }
        let key = below(3) == 0 ? IdempotencyKey("key \(below(12))").map { ($0, Digest(hashing: [UInt8(generator.next() % 2)])) } : nil
        return Append(to: SampleEvents.stream(stream), expecting: expecting, events, rows: changes(), idempotency: key)
    }

    private mutating func changes() -> [RowChange] {
        (0..<below(4)).map { _ in
            let id = "row \(below(10))"
            switch below(5) {
            case 0: return .delete(SampleTables.queue, key: [.text(id)])
            case 1...2:
                return SampleTables.put(
                    id, holder: ["a", "b"][below(2)], due: below(3) == 0 ? nil : Int64(below(5)), rank: Int64(below(3)), note: below(2) == 0 ? nil : "é")
            default:
                let by: Int64 = below(25) == 0 ? .max : Int64(below(5)) - 2
                return SampleTables.count(Int64(below(3)), ["x", "y"][below(2)], ["opened", "closed"][below(2)], by: by)
            }
        }
    }

    private mutating func query() -> RowQuery {
        let conditions: [RowQuery.Condition] =
            [[], [.compare("holder", .equal, .text("a"))], [.isNull("due")], [.compare("due", .greaterOrEqual, .integer(2))]][below(4)]
        let order: [RowQuery.Order] = [[], [.init("due")], [.init("due", descending: true)], [.init("rank"), .init("due", descending: true)]][below(4)]
        return RowQuery(SampleTables.queue, where: conditions, order: order, limit: below(6) + 1)
    }
}
