import Chronicle
import Policies
import Timekeeping

/// The few words a letter needs besides the pack's own, in one language; English where a language has none.
struct LetterPhrases {
    private enum Words { case english, spanish }
    private let words: Words

    init(_ language: Language) { words = language.text == "es" ? .spanish : .english }

    private func say(_ english: String, _ spanish: String) -> String { words == .spanish ? spanish : english }

    /// To the minute and in UTC: a letter is read anywhere.
    func moment(_ instant: Instant) -> String {
        let text = instant.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + " UTC"
    }

    func sinceAsked(_ asked: Instant) -> String { say("we asked for it on \(moment(asked))", "lo pedimos el \(moment(asked))") }

    /// To a reader of whom nothing was asked, though the other side was.
    var nothingAsked: String { say("• nothing from you for now", "• por ahora, nada de su parte") }
    var noMeasure: String { say("none", "ninguna") }
    var movesNothing: String { say("nothing is moved by this decision", "esta decisión no mueve dinero") }
    /// Which remedies are available is told with every decision (MiCA complaints RTS Art. 6(4)).
    func remedies(_ bodies: [String]) -> String {
        bodies.isEmpty
            ? say("You may also go to court.", "También puede acudir a los tribunales.")
            : say("Outside our company these may help, depending on where you live: ", "Fuera de nuestra empresa pueden ayudarle, según dónde viva: ")
                + bodies.joined(separator: "; ") + "."
    }

    func terms(_ terms: Terms) -> String {
        say(
            "\(terms.toBuyer.shown) to the buyer, \(terms.toSeller.shown) to the seller",
            "\(terms.toBuyer.shown) para quien compra, \(terms.toSeller.shown) para quien vende")
    }

    func holder(_ holder: Holder, filer: Bool) -> String {
        switch holder {
        case .staff, .system: say("us", "nosotros")
        case .partyA: filer ? say("you", "usted") : say("the other side", "la otra parte")
        case .partyB: filer ? say("the other side", "la otra parte") : say("you", "usted")
        case .third: say("somebody outside", "un tercero")
        case .legalHold: say("an authority", "una autoridad")
        }
    }

    /// Without a full stop: the letter sets its own.
    func instruction(_ kind: Instruction.Kind, _ dispute: Case) -> String {
        let amount = (dispute.order?.amount ?? dispute.amount)?.shown ?? ""
        switch kind {
        case .release: return say("\(amount) go to the buyer", "\(amount) se entregan a quien compra")
        case .returnToSeller: return say("\(amount) go back to the seller", "\(amount) vuelven a quien vende")
        case .split(_, let buyer, let seller):
            return say(
                "\(buyer.shown) go to the buyer, \(seller.shown) to the seller", "\(buyer.shown) se entregan a quien compra y \(seller.shown) a quien vende")
        case .compensate(_, let amount): return say("We pay \(amount.shown) in compensation", "Pagamos \(amount.shown) de compensación")
        case .deductDeposit(_, _, let amount):
            return say("\(amount.shown) are paid from the merchant’s deposit", "\(amount.shown) se pagan con el depósito del comerciante")
        case .credit(_, let amount): return say("\(amount.shown) are credited", "Se abonan \(amount.shown)")
        case .acceptChargeback: return say("The card payment is given back", "Se devuelve el pago con tarjeta")
        case .represent: return say("We contest the return of the card payment", "Nos oponemos a la devolución del pago con tarjeta")
        case .returnToSender: return say("\(amount) are sent back to the address they came from", "\(amount) se devuelven a la dirección de origen")
        }
    }
}
