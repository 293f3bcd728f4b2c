import Testing

@testable import API

@Suite("The table of operations")
struct OperationTableTests {
    @Test("No two operations share a name, or a method and a path")
    func distinct() {
        let ids = Operation.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        let places = Operation.all.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(places).count == places.count)
    }

    @Test("Every operation is for somebody")
    func audience() { #expect(Operation.all.allSatisfy { !$0.audience.isEmpty }) }
}
