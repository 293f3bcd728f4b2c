import Chronicle
import Disputes
import Policies
import Runtime
import Wire

extension Operation {
    static let relating: [Operation] = [
        Operation("merge-case", .put, "/v1/cases/{case}/duplicate-of", for: staffOnly, bringing: .json) { visit in
            let duplicate = try await visit.disputeToChange()
            let primary = try await visit.other()
            return try await visit.carryOut([.merge(into: .init(primary))], on: duplicate.id, and: [.absorb(duplicate.id)], on: primary.id)
        },
        Operation("unmerge-case", .post, "/v1/cases/{case}/separation", for: staffOnly, bringing: .json) { visit in
            let body = try visit.arrival.read(BecauseBody.self)
            let duplicate = try await visit.disputeToChange()
            guard let primary = duplicate.links.mergedInto else { throw Refusal.noSuchThing("merge to undo") }
            return try await visit.carryOut(
                [.unmerge(reason: body.because)], on: duplicate.id, and: [.releaseDuplicate(duplicate.id)], on: primary)
        },
        Operation("link-incident", .put, "/v1/cases/{case}/incident", for: staffOnly, bringing: .json) { visit in
            let child = try await visit.disputeToChange()
            let parent = try await visit.other()
            return try await visit.carryOut(
                [.link(incident: parent.id)], on: child.id, and: [.linkChild(child.id, removed: false)], on: parent.id)
        },
        Operation("unlink-incident", .delete, "/v1/cases/{case}/incident", for: staffOnly) { visit in
            let child = try await visit.disputeToChange()
            guard let parent = child.links.incident else { throw Refusal.noSuchThing("link to remove") }
            return try await visit.carryOut([.link(incident: nil)], on: child.id, and: [.linkChild(child.id, removed: true)], on: parent)
        },
        Operation("attach-complaint", .post, "/v1/cases/{case}/complaints", for: staffOnly, bringing: .json) { visit in
            let complaint = try await visit.other()
            return try await visit.carryOut([.attachComplaint(complaint.id)], on: try await visit.disputeToChange().id)
        },
    ]
}

extension Visit<Caller> {
    /// The case the body names.
    fileprivate func other() async throws -> Case {
        let named = try arrival.read(OtherCaseBody.self).other
        guard let other = try await counter.desk.dispute(try await counter.desk.find(named)) else { throw DeskError.unknownCase(named) }
        return other
    }
}
