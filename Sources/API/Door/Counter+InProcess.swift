import Runtime
import Wire

extension Counter {
    /// Answers somebody who is in this process: the same operations as over the network, without the network.
    /// - Parameters:
    ///   - method: `POST`
    ///   - target: path and query, percent-encoded.
    ///   - arrival: what they brought; the path's parts and the query are read from `target`.
    public func answer(_ method: String, _ target: String, _ arrival: Arrival, by caller: Caller) async throws(Problem) -> Answer {
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let segments = halves[0].split(separator: "/", omittingEmptySubsequences: false).map { PercentText.decoded($0) ?? "" }
        let found: (operation: Operation, parameters: [String: String])?
        do { found = try Operation.find(Operation.Method(rawValue: method), segments) } catch {
            throw Problem(.noSuchMethod, "\(error.asked) cannot be done here")
        }
        guard let (operation, parameters) = found else { throw Problem(.notFound, "there is nothing at this address") }
        var arrival = arrival
        arrival.parameters = parameters
        arrival.query = try Arrival.fields(halves.count == 2 ? halves[1] : "")
        arrival.line = "\(method) \(target)"
        return try await operation.answer(arrival, by: caller, at: self)
    }
}
