import RecourseClient
import Wire

extension Route {
    /// What those who administer the desk do to it, and what anybody on staff may know of it.
    static let administration: [Route] = people + keys + webhookPages + exchangeLine + logProofs
}

extension Visit {
    /// The pages of administration, for whoever may open them.
    func administrationTabs(_ frame: StaffFrame) -> [Fields] {
        let own = [(phrases("keys_of_access"), "/administration/keys"), (phrases("webhooks"), "/administration/webhooks")]
        return tabs(
            [(phrases("people"), "/people")] + (frame.administers ? own : [])
                + [(phrases("exchange_line"), "/administration/exchange"), (phrases("log_proofs"), "/log")])
    }
}

extension StaffFrame {
    /// May whoever looks administer the desk? It decides what is offered; the desk decides all the same.
    var administers: Bool { me.deskActs?.contains("administer") ?? false }
}
