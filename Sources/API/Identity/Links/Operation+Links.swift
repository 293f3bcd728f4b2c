import Chronicle
import Disputes
import Runtime
import Wire

extension Operation {
    static let links: [Operation] = [
        Operation("make-link", .post, "/v1/cases/{case}/links", for: [.machine(.invite)], bringing: .json) { visit in
            let dispute = try await visit.dispute()
            let body = try visit.arrival.read(LinkBody.self)
            let party = try visit.party(body.party, in: dispute)
            let span = body.lasts.map { Span(milliseconds: $0) } ?? Desk.linkLasts.usual
            guard Desk.linkLasts.min...Desk.linkLasts.max ~= span else {
                throw Problem(.refused, "a link is good for a minute to a day: 60000 to 86400000", field: "lasts")
            }
            guard let next = LocalPath(body.next ?? "/my/cases/\(dispute.id)") else {
                throw Problem(.refused, "“next” is a path of this desk, such as /cases", field: "next")
            }
            guard let address = visit.counter.address else {
                throw Problem(.notNow, "no link can lead here: the desk must be served with its address (recourse serve --address https://…)")
            }
            let (token, expires) = try await visit.counter.desk.makeLink(
                for: party.id, in: dispute.id, lasting: span, next: next, by: visit.who.requester)
            let link = IssuedLink(url: "\(address.origin)\(LinkPage.path)#\(token.text)", party: party.id.description, expires: expires)
            return try .of(link, status: 201, asOf: try await visit.counter.desk.store.head().sequence)
        }
    ]

    /// What a party may do who came by a link, which others may have read: look, write, answer and bring evidence, in that one case. Nothing that
    /// moves money or gives up a right: no offers, no withdrawal, no counterclaim, no appeal, and no answer that concedes.
    static let ofGuests: Set<String> = [
        "list-cases", "show-case", "list-messages", "list-letters", "rate-process", "take-case-file", "explain-clocks", "send-message", "answer-claim",
        "raise-point", "call-staff", "answer-request", "submit-exhibit",
        "begin-upload", "show-upload", "continue-upload", "cancel-upload", "read-exhibit", "show-session", "sign-out",
    ]
}

extension Visit<Caller> {
    /// Where one operation does both what a guest may do and what they may not.
    func refuseGuest(_ what: String) throws(Problem) {
        guard case .party(let context) = who, context.onlyCase != nil || context.byKey else { return }
        throw Problem(.notPermitted, "a \(context.byKey ? "key" : "link") does not do for \(what); come in through the exchange")
    }
}
