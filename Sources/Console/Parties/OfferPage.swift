import Chronicle
import RecourseClient
import Wire

extension Visit {
    /// Asks for an amount, then shows what each side would get, and only then makes the offer.
    func offerPage(problem: String? = nil, status: Int = 200) async throws -> PageReply {
        let subject = try await PartyCase(self, parameter("case"))
        guard let total = subject.detail.order?.amount, subject.other != nil else { throw Problem(.notNow, phrases("p_problem.not-now")) }
        let typed = request.query["amount"] ?? request["amount"] ?? ""
        let isBlind = (request.query["blind"] ?? request["blind"]) == "yes"
        var page = OfferPage(subject: subject, total: total, typed: typed, isBlind: isBlind, toBuyer: nil, problem: problem)
        if problem == nil, !typed.trimmed.isEmpty {
            // They say what they themselves would get.
            if let mine = OfferPage.amount(typed, of: total.asset), !mine.isNegative, let rest = try? total.subtracting(mine), !rest.isNegative {
                page.toBuyer = subject.isBuyer ? mine : rest
            } else {
                page.problem = phrases("p_offer_amount_wrong", total.written)
            }
        }
        return try render(page, status: status, nav: ["in": true])
    }

    func makeOffer() async throws -> PageReply {
        do {
            guard let toBuyer = request["to_buyer"].flatMap({ try? Amount(parsing: $0) }) else { throw Problem(.malformed, phrases("p_offer_again")) }
            let blind = request["blind"] == "yes"
            let change = try await client.once(request["once"]).makeOffer(parameter("case"), OfferBody(toBuyer: toBuyer, blind: blind ? true : nil))
            return .goOn(
                to: RecourseClient.address("/my/cases/\(change.short)", [("said", change.events.contains("offers-crossed") ? "p_crossed" : "p_offered")]))
        } catch let problem as Problem where problem.status < 500 && problem.status != 401 && problem.status != 404 {
            return try await offerPage(problem: told(problem, isGuest: problem.code == .notPermitted), status: problem.status)
        }
    }
}

struct OfferPage: Page {
    static let template = "portal-offer"
    static let layout = "portal"
    let subject: PartyCase
    let total: Amount
    let typed: String
    let isBlind: Bool
    var toBuyer: Amount?
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("p_offer_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        let other = (subject.other?.capacity).map(visit.words.the) ?? phrases("p_the.other")
        var check = Field.none
        if let toBuyer, let toSeller = try? total.subtracting(toBuyer) {
            let both = (toBuyer, toSeller)
            let (mine, theirs) = (subject.mine(both).written, subject.theirs(both).written)
            check = .group([
                "mine": .text(mine), "theirs_words": .text(phrases("p_offer_they_get", other.capitalizedFirst)), "theirs": .text(theirs),
                "to_buyer": .text(toBuyer.description), "button": .text(phrases(isBlind ? "p_offer_button_blind" : "p_offer_button", mine, other, theirs)),
                "then": .text(isBlind ? phrases(subject.isBuyer ? "p_offer_then_blind" : "p_offer_then_blind_seller", other) : phrases("p_offer_then", other)),
                "once": .text("\(subject.summary.short)-offer-\(visit.now.milliseconds)"),
            ])
        }
        return [
            "action": .text("\(subject.address)/offer"), "make": .text("\(subject.address)/offers"), "back": .text(subject.address), "problem": Field(problem),
            "lead": .text(phrases("p_offer_lead", total.written)), "label": .text(phrases("p_offer_label", total.written)), "asset": .text(total.asset.code),
            "typed": .text(typed), "blind": .flag(isBlind), "check": check, "max": .text(total.written),
            "open_words": .text(phrases("p_offer_open", other)), "blind_words": .text(phrases("p_offer_blind", other)),
        ]
    }

    /// An amount as people type it: `1150`, `1,150.00`, `1150,5`. The page then shows what was understood.
    static func amount(_ typed: String, of asset: Asset) -> Amount? {
        var text = typed.filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
        if text.uppercased().hasSuffix(asset.code) { text.removeLast(asset.code.count) }
        let (comma, point) = (text.lastIndex(of: ","), text.lastIndex(of: "."))
        switch (comma, point) {
        case (let comma?, let point?):
            // The last of the two is the one before the fraction.
            text = comma > point ? text.replacing(".", with: "").replacing(",", with: ".") : text.replacing(",", with: "")
        case (let comma?, nil):
            let isThousands = text.filter { $0 == "," }.count > 1 || text.distance(from: comma, to: text.endIndex) == 4
            text = text.replacing(",", with: isThousands ? "" : ".")
        case (nil, _): break
        }
        guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 || $0 == 46 }) else { return nil }
        return try? Amount(number: text, of: asset)
    }
}
