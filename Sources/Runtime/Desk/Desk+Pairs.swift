import Chronicle
import Disputes

extension Desk {
    /// Something between two cases: each has its half. The second half is asked of the rules before the first is written, so that nobody who may
    /// do only one of them leaves the two cases saying different things.
    ///
    /// Throws `DeskError`, untyped: with a typed one the compiler of Swift 6.3.1 makes a function that, when the second half is refused, lets its
    /// caller go on at nowhere (found by `EverySuccessTests`).
    ///
    /// A crash between the halves leaves the first; sending the request again completes it.
    public func performBoth(
        _ commands: [CaseCommand], on id: CaseID, and others: [CaseCommand], on other: CaseID, _ request: Request
    ) async throws -> Performed {
        var following = request
        (following.idempotency, following.expecting) = (nil, nil)
        try await consider(others, on: other, following)
        let performed = try await perform(commands, on: id, request)
        _ = try await perform(others, on: other, following)
        return performed
    }
}
