import Chronicle
import Disputes
import Wire

/// The order as the exchange describes it, shown before anything is claimed about it.
extension FilingPage {
    func known(_ order: OwnOrderView, _ visit: Visit) -> Field {
        let phrases = visit.phrases
        let price = order.fiat.map { fiat in order.rail.map { phrases("p_price_by", fiat.written, railName($0)) } ?? fiat.written }
        let deal: String =
            switch (order.chair, price) {
            case (.buyer, let price?): phrases("p_price.buyer", order.amount.written, price)
            case (.seller, let price?): phrases("p_price.seller", order.amount.written, price)
            default: phrases("p_file_known_amount", order.amount.written)
            }
        let other = order.other.map { other in
            other.merchantTier == nil
                ? phrases("p_account", visit.words.The(other.capacity), other.account)
                : phrases("p_file_known_merchant", visit.words.The(other.capacity), other.account)
        }
        let paid = order.markedPaid.map { phrases("p_file_known_paid", visit.when($0)) }
        return .group([
            "heading": .text(phrases("p_file_known", order.reference)), "deal": .text(deal), "other": Field(other),
            "escrow": .text(phrases.known("p_escrow.\(order.escrow)") ?? order.escrow),
            "when": .text([phrases("p_file_known_placed", visit.when(order.created)), paid].compactMap(\.self).joined(separator: " ")),
            "cases": .list(
                order.cases.map { known in
                    let claim = visit.words.claim(known.reason, pack: vocabulary.reasons.first { $0.code == known.reason }?.title)
                    return [
                        "href": .text("/my/cases/\(known.short)"), "text": .text(phrases(known.open ? "p_file_known_case" : "p_file_known_case_closed", claim)),
                    ]
                }),
        ])
    }

    private func railName(_ code: String) -> String { vocabulary.rails.first { $0.code == code }?.title ?? code }
}
