import Foundation
import RecourseClient
import Synchronization
import Testing

@testable import API

/// A desk that is asked for more than it can do goes on with what nobody asks for: time.
@Suite("A desk under more load than it carries")
struct OverloadTests {
    /// Clients that never wait, twice as many as are let in at once.
    private static let clients = 2 * Gate.requestsMax

    @Test("A deadline that passes while requests are sent away is rung within seconds")
    func deadline() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .party("maria"), #"{"reason":"P2P-B01","order":"P2P-1"}"#)
            try await served.done("POST", "/v1/cases/P2P-1/admission", as: .staff("ines"))
            let key = try #require(try await served.key(of: .theOperator))
            let statuses = Tally()
            let took = try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<OverloadTests.clients {
                    group.addTask {
                        // A pool of its own each: one pool would be the queue that the desk must not become.
                        let transport = HTTPTransport(server: served.address, key: key, timeoutSeconds: 30)
                        while !Task.isCancelled {
                            let reply = try? await transport.send(Call("GET", "/v1/cases?limit=50"))
                            if let reply { statuses.note(reply.status) }
                        }
                        try await transport.close()
                    }
                }
                try await served.wait("the flood") { statuses.seen[503] != nil && statuses.seen[200] != nil }
                let before = try await OverloadTests.missed(served)
                let began = ContinuousClock.now
                served.clock.pass(.hours(3))
                while try await OverloadTests.missed(served) == before, ContinuousClock.now - began < .seconds(30) {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let took = ContinuousClock.now - began
                group.cancelAll()
                return took
            }
            let seen = statuses.seen
            #expect(took < .seconds(10), "rung after \(took); \(seen)")
            #expect(Set(seen.keys).isSubset(of: [200, 429, 503]), "\(seen)")
        }
    }

    /// Asked of the store itself: over the line one would stand in the same crowd.
    private static func missed(_ served: ServedDesk) async throws -> Int {
        let id = try await served.desk.find("P2P-1")
        return try await served.desk.dispute(id)?.clocks.filter { $0.missed != nil }.count ?? 0
    }
}

/// What came back, how often.
private final class Tally: Sendable {
    private let counts = Mutex<[Int: Int]>([:])
    var seen: [Int: Int] { counts.withLock(\.self) }
    func note(_ status: Int) { counts.withLock { $0[status, default: 0] += 1 } }
}
