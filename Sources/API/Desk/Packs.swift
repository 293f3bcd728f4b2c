import Chronicle
import Policies
import Runtime
import Wire

extension Operation {
    static let packs: [Operation] = [
        Operation("show-policy", .get, "/v1/policy", for: [.staff, .machine(.read), .machine(.administer)]) { visit in
            try await visit.show(try await visit.counter.desk.policies.inForce(), unchanged: true)
        },
        Operation("explain-policy", .get, "/v1/policy/rows/{code}", for: [.staff, .party, .machine(.read)]) { visit in
            let code = try visit.arrival.parameter("code")
            guard let text = PolicyExplain(try await visit.counter.desk.policies.inForce()).explain(code) else {
                throw Problem(.notFound, "the policy pack has no row “\(code)”")
            }
            return try .of(PolicyWords(code: code, text: text), asOf: nil)
        },
        Operation("explain-procedure", .get, "/v1/policy/procedure", for: [.staff, .machine(.read)]) { visit in
            try .of(PolicyWords(code: nil, text: PolicyExplain(try await visit.counter.desk.policies.inForce()).procedure()), asOf: nil)
        },
        Operation("publish-policy", .post, "/v1/policy", for: [.machine(.administer)], bringing: .json) { visit in
            let files = try visit.arrival.read(PackBody.self).files.map { PackFile(path: $0.path, bytes: Array($0.text.utf8)) }
            let (policy, isNew) = try await visit.counter.desk.publish(files, by: visit.who.requester)
            return try await visit.show(policy, unchanged: !isNew)
        },
    ]
}

extension Visit<Caller> {
    fileprivate func show(_ policy: Policy, unchanged: Bool) async throws -> Answer {
        let asOf = try await counter.desk.store.head().sequence
        return try .of(PolicyView(policy, unchanged: unchanged, asOf: asOf), asOf: asOf)
    }
}
