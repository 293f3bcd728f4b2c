import Chronicle
import Policies
import Runtime
import Wire

/// One thing that can be asked of the desk: what it is called, where it is, who may come, and what is done.
///
/// The table of all operations (`Operation.all`) is the only list there is: the HTTP router registers it, the command line calls it, the
/// document is proven against it.
public struct Operation: Sendable, Placed {
    public enum Method: String, Hashable, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE", patch = "PATCH" }

    /// Who may come at all. What they may do to which case is asked where it is done.
    public enum Audience: Hashable, Sendable {
        case staff
        case party
        /// With this scope.
        case machine(Scope)
    }

    /// As `openapi.yaml` names it.
    public let id: String
    public let method: Method
    /// `/v1/cases/{case}/ruling`
    public let path: String
    public let audience: Set<Audience>
    /// What it reads of the body.
    public enum Brings: Hashable, Sendable { case nothing, json, file, jsonOrForm }
    public let brings: Brings
    /// What the pack must let a member of staff do to the desk; machines have scopes instead. What changes something asks for a fresh code, too.
    let deskAct: DeskAct?
    let pattern: PathPattern
    let run: @Sendable (Visit<Caller>) async throws -> Answer

    init(
        _ id: String, _ method: Method, _ path: String, for audience: Set<Audience>, bringing: Brings = .nothing, demanding deskAct: DeskAct? = nil,
        run: @escaping @Sendable (Visit<Caller>) async throws -> Answer
    ) {
        (self.id, self.method, self.path, self.audience, brings, self.deskAct, self.run) = (id, method, path, audience, bringing, deskAct, run)
        pattern = PathPattern(path)
    }

    /// May this caller come here at all? Throws the problem that says why not.
    func admit(_ caller: Caller) throws(Problem) {
        let admitted =
            switch caller {
            case .staff: audience.contains(.staff)
            case .party: audience.contains(.party)
            case .machine(let context): audience.contains { if case .machine(let scope) = $0 { context.scopes.contains(scope) } else { false } }
            }
        guard admitted else { throw Problem(.notPermitted, "“\(id)” is not for you: \(words)") }
        if case .party(let context) = caller, context.onlyCase != nil, !Operation.ofGuests.contains(id) {
            throw Problem(.notPermitted, "a link lets you read your case, write in it and bring evidence; for “\(id)” come in through the exchange")
        }
        if case .party(let context) = caller, context.byKey, !Operation.ofPartyKeys.contains(id) {
            throw Problem(.notPermitted, "a key reads your cases, answers in them and brings evidence; for “\(id)” come in through the exchange")
        }
    }

    private var words: String {
        let may = [
            audience.contains(.staff) ? "staff" : nil, audience.contains(.party) ? "the parties" : nil,
            audience.lazy.compactMap { if case .machine(let scope) = $0 { "machines with the scope “\(scope.rawValue)”" } else { nil } }.first,
        ].compactMap(\.self)
        return "it is for " + may.joined(separator: ", ")
    }

    /// Does it for whoever was identified. Every failure comes out as a problem.
    public func answer(_ arrival: Arrival, by caller: Caller, at counter: Counter) async throws(Problem) -> Answer {
        try admit(caller)
        do {
            let visit = Visit(who: caller, arrival: arrival, counter: counter)
            if let deskAct, case .staff(let context) = caller {
                try await counter.desk.demand(deskAct, of: context.standing)
                if method != .get { try visit.demandFreshFactor() }
            }
            return try await run(visit)
        } catch {
            throw Problem(of: error)
        }
    }
}

extension Operation {
    /// Everything there is.
    public static let all: [Operation] =
        reading + letters + claiming + talking + working + evidence + files + uploading + negotiating + holding + deciding + appealing + relating + session
        + people
        + packs + measuring + theLog + upkeeping + importing
        + outbox
        + arranging + attending + streaming + providers + links + webhooks + ownSessions + passkeys + editions + growth
        + ofOnesOwn + survey + caseFiles
}

/// There is something at the address, but this cannot be done to it. HTTP wants to be told what can (RFC 9110 §15.5.6).
struct NoSuchMethod: Error {
    let asked: String
    let allowed: [String]
}

extension Operation {
    /// The operation a method and a path name, with what the path leaves open; `nil` where no path is like that.
    /// - Parameter parts: the path at its slashes, percent-decoded; the first part is empty.
    static func find(_ method: Method?, _ parts: [String]) throws(NoSuchMethod) -> (operation: Operation, parameters: [String: String])? {
        try find(method, parts, in: all).map { ($0.found, $0.parameters) }
    }
}
