import Chronicle
import EventStorage
import TestKit
import Testing

@Suite("The conformance suite itself")
struct ConformanceTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let alter: @Sendable (inout AlteredStore) -> Void
    }

    static let faults = [
        Fault(testDescription: "loses the last event of a page") { $0.events = { $0.count > 30 ? $0.dropLast() : $0 } },
        Fault(testDescription: "answers a page in the wrong order") { $0.events = { $0.reversed() } },
        Fault(testDescription: "forgets what version was expected") { store in
            store.appending = { append in
                var append = append
                append.expecting = .any
                return append
            }
        },
        Fault(testDescription: "forgets idempotency keys") { store in
            store.appending = { append in
                var append = append
                append.idempotency = nil
                return append
            }
        },
        Fault(testDescription: "loses the rows of an append") { store in
            store.appending = { append in
                var append = append
                append.rows = []
                return append
            }
        },
        Fault(testDescription: "keeps another root") { $0.logHead = { LogHead(sequence: $0.sequence, root: Digest(hashing: [1]), recorded: $0.recorded) } },
        Fault(testDescription: "never says there is a next page") { $0.page = { RowPage(rows: $0.rows, next: nil, asOf: $0.asOf) } },
        Fault(testDescription: "says the wrong as-of") { $0.page = { RowPage(rows: $0.rows, next: $0.next, asOf: $0.asOf + 1) } },
        Fault(testDescription: "never waits") { $0.waiting = { _ in .zero } },
    ]

    @Test("An engine with a fault breaks at least one promise", arguments: faults)
    func faultIsCaught(_ fault: Fault) async {
        var broken = 0
        for promise in EventStoreConformance.cases {
            let sound = MemoryStoreTests.place()
            let place = EnginePlace(
                open: { tables in
                    var store = AlteredStore(store: try await sound.open(tables))
                    fault.alter(&store)
                    return store
                },
                close: { _ in })
            do { try await promise.check(place) } catch { broken += 1 }
        }
        #expect(broken > 0)
    }
}
