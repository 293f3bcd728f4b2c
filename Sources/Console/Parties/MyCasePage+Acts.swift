import Chronicle
import Disputes
import Policies
import Wire

/// What a party may do here and now. Each button says what it does, with the exact amounts.
extension MyCasePage {
    func acts(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let (detail, subject) = (subject.detail, subject)
        let isOpen = !subject.isClosed
        let other = theOther.map(visit.words.the) ?? phrases("p_the.other")
        var answer = Field.none
        if subject.me.side == .other, isOpen, subject.allows(.answer) {
            let amount = detail.order?.amount.written
            let gives: String? = amount.map { amount in
                let filerBuys = subject.filer?.capacity == .buyer || subject.filer?.capacity == .payer
                return phrases(filerBuys ? "p_agree.releases" : "p_agree.returns", amount, visit.words.the(subject.filer?.capacity ?? .any))
            }
            answer = .group(
                form(
                    "answer", to: "answer", visit,
                    [
                        "first": .flag(subject.phase == .negotiation), "agree": .flag(!subject.isGuest),
                        "agree_words": .text(gives ?? phrases("p_agree")),
                        "agree_text": .text(gives == nil ? phrases("p_agree_text") : phrases("p_agree_text_money")),
                        "hint": .text(phrases("p_answer_hint", other)),
                    ]))
        }
        let callsStaff = isOpen && subject.allows(.callStaff)
        let mayWithdraw = isOpen && subject.isFiler && subject.allows(.withdraw)
        return [
            "answer": answer, "offers": .list(offers(visit)), "new_offer": newOffer(visit),
            "point": isOpen && [.intake, .negotiation, .investigation, .decision].contains(subject.phase)
                ? .group(form("point", to: "points", visit, ["hint": .text(phrases("p_point_hint"))])) : .none,
            "staff": callsStaff ? .group(form("staff", to: "staff", visit)) : .none,
            "withdraw": mayWithdraw ? .group(form("withdraw", to: "withdrawal", visit)) : .none,
        ]
    }

    private func offers(_ visit: Visit) -> [Fields] {
        let (phrases, subject) = (visit.phrases, subject)
        let theirs = theOther.map(visit.words.the) ?? phrases("p_the.other")
        return subject.openOffers(visit.now).map { offer in
            let isMine = offer.by == subject.me.id
            let terms = offer.toBuyer.flatMap { toBuyer in offer.toSeller.map { (toBuyer: toBuyer, toSeller: $0) } }
            let name = "offer-\(offer.id)"
            var what: String
            if let terms {
                what = phrases(isMine ? "p_offer_mine" : "p_offer_theirs", subject.mine(terms).written, theirs, subject.theirs(terms).written)
            } else {
                what = phrases(isMine ? "p_offer_blind_mine" : "p_offer_blind_theirs", theirs)
            }
            if !isMine, terms != nil { what += " " + phrases("p_offer_ends") }
            let mayAccept = !isMine && terms != nil && subject.allows(.acceptOffer)
            let acceptWords = terms.map { phrases("p_offer_accept", subject.mine($0).written) } ?? ""
            return form(
                name, to: "offers/\(offer.id)", visit,
                [
                    "heading": .text(isMine ? phrases("p_offer_heading_mine") : phrases("p_offer_heading_theirs", theirs.capitalizedFirst)),
                    "what": .text(what),
                    "until": .text(phrases("p_offer_until", visit.when(offer.expires))), "relative": .markup(visit.clock.until(offer.expires)),
                    "accept": .flag(mayAccept), "accept_words": .text(acceptWords), "decline": .flag(!isMine && terms != nil && subject.allows(.declineOffer)),
                    "take_back": .flag(isMine && subject.allows(.withdrawOffer)),
                ])
        }
    }

    private func newOffer(_ visit: Visit) -> Field {
        let subject = subject
        guard let order = subject.detail.order, !subject.isClosed, !order.isPaidOut, subject.allows(.offer), subject.other != nil,
            !subject.openOffers(visit.now).contains(where: { $0.by == subject.me.id })
        else { return .none }
        return .group(["href": .text("\(subject.address)/offer"), "text": .text(visit.phrases("p_offer_invite", order.amount.written))])
    }

    // MARK: Evidence

    /// One request: what is asked, by when, a form for each thing that is missing, and the answer of whoever cannot bring it.
    func asked(_ request: RequestView, _ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let missing = subject.missing(request)
        let isLate = request.due <= visit.now
        let things: [Fields] = missing.map { type in
            let name = visit.words.evidence(type, pack: subject.title(type))
            let isTyped = MyCasePage.typed.contains(type.text)
            let fields: Fields = [
                "heading": .text(name), "how": Field(visit.words.howTo(type)), "typed": .flag(isTyped), "type": .text(type.text),
                "request": .text(request.id.description), "accept": .text(MyCasePage.accept(type)), "upload": .text("/v1/cases/\(subject.summary.id)/uploads"),
                "kinds": .text(phrases("p_problem.wrong-media-type")), "then": .text("\(subject.address)?said=p_uploaded"),
                "send_words": .text(phrases("p_send_thing", name.lowercasedFirst)),
                "sees": .text(theOther.map { phrases("p_exhibit_sees", visit.words.the($0)) } ?? phrases("p_exhibit_sees_staff")),
            ]
            return form("exhibit-\(request.id)-\(type)", to: "exhibits", visit, fields)
        }
        let cannot: Fields = form("cannot-\(request.id)", to: "requests/\(request.id)/answer", visit, ["several": .flag(missing.count > 1)])
        return [
            "due": .text(isLate ? phrases("p_asked_was_due", visit.when(request.due)) : phrases("p_asked_due", visit.when(request.due))),
            "meaning": .text(visit.clock.meaning(request.due)), "relative": isLate ? .none : .markup(visit.clock.until(request.due)),
            "things": .list(things), "cannot": request.ending == nil ? .group(cannot) : .none,
        ]
    }

    /// What is more easily typed than sent as a file.
    private static let typed: Set<String> = ["EV-TXHASH", "EV-MSGSIG", "EV-SATOSHI", "EV-STATEMENT", "EV-AFFID"]

    private static func accept(_ type: EvidenceCode) -> String {
        switch type.text {
        case "EV-VIDEO", "EV-VSELF": "video/*"
        case "EV-BSTMT", "EV-LEGALDOC", "EV-POLICE", "EV-ORDER": "application/pdf,image/*"
        default: "image/*,application/pdf,video/*,text/plain,message/rfc822"
        }
    }

    /// What each side has put on file, and what is still missing, as a gap with a name.
    func papers(_ visit: Visit) -> Field {
        let (detail, phrases) = (subject.detail, visit.phrases)
        func size(_ bytes: Int64) -> String { bytes < 1_000_000 ? "\(max(1, bytes / 1_000)) kB" : "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB" }
        func side(_ party: PartyView) -> Fields {
            let isMine = party.side == subject.me.side
            let given = detail.exhibits.filter { $0.side == party.side }
            let open = (isMine ? subject.myOpenRequests : subject.theirOpenRequests) + subject.lateRequests(of: party.side)
            let gaps = open.flatMap { request in subject.missing(request).map { ($0, request) } }
            return [
                "heading": .text(isMine ? phrases("p_from_you") : phrases("p_from", visit.words.the(party.capacity))),
                "any": .flag(!given.isEmpty || !gaps.isEmpty),
                "none": .text(phrases(detail.ruling != nil || subject.isClosed ? "p_nothing" : "p_nothing_yet")),
                "given": .list(
                    given.map { exhibit in
                        [
                            "href": isMine ? .text("/v1/cases/\(subject.summary.id)/exhibits/\(exhibit.id)/content") : .none,
                            "name": .text(visit.words.evidence(exhibit.type, pack: subject.title(exhibit.type))),
                            "about": .text("\(size(exhibit.bytes)) · \(visit.when(exhibit.id.made))"),
                        ]
                    }),
                "gaps": .list(
                    gaps.map { type, request in
                        [
                            "name": .text(phrases("p_missing", visit.words.evidence(type, pack: subject.title(type)).lowercasedFirst)),
                            "meaning": .text(visit.clock.meaning(request.due)), "due": .text(phrases("p_by", visit.when(request.due))),
                        ]
                    }),
            ]
        }
        let sides = [subject.me] + (subject.other.map { [$0] } ?? [])
        guard !detail.exhibits.isEmpty || !detail.requests.isEmpty else { return .none }
        return .group(["sides": .list(sides.map(side))])
    }

    // MARK: Talk

    func talk(_ visit: Visit) -> Fields {
        let (phrases, subject) = (visit.phrases, subject)
        let bubbles: [Fields] = subject.messages.map { message in
            var (isMine, who) = (false, "")
            switch message.by {
            case .party(let id): (isMine, who) = (id == subject.me.id, the(id, visit).capitalizedFirst)
            case .staff: who = phrases("p_the_desk")
            case .machine, .clock: who = phrases("p_the_system")
            }
            let to: String =
                switch (message.to, theOther) {
                case (.parties, let other?): isMine ? phrases("p_to_both", visit.words.the(other)) : phrases("p_to_you_both", visit.words.the(other))
                case (.staff, _): phrases("p_to_desk")
                default: phrases(isMine ? "p_to_desk" : "p_to_you")
                }
            return [
                "mine": .flag(isMine), "who": .text(who), "time": .markup(visit.clock.at(message.at)), "to": .text(to),
                "text": .text(message.text.map { text(of: $0, visit) } ?? ""),
            ]
        }
        let other = theOther.map(visit.words.the)
        let form: Field =
            subject.isClosed
            ? .none
            : .group(
                self.form(
                    "say", to: "messages", visit,
                    [
                        "choice": .flag(other != nil), "to_both": .text(other.map { phrases("p_say_both", $0) } ?? ""),
                        "to_staff": .text(phrases("p_say_staff")),
                        "only_staff": .flag(failure?.form == "say" && failure?.typed["to"] == "staff"),
                        "sees": .text(other.map { phrases("p_say_sees", $0) } ?? phrases("p_say_sees_staff")),
                        "button": .text(phrases("p_say_button")),
                    ]))
        return ["talk": .group(["any": .flag(!bubbles.isEmpty), "bubbles": .list(bubbles), "say": form])]
    }

    // MARK: What was decided

    func decided(_ visit: Visit) -> Fields {
        let (detail, phrases, subject) = (subject.detail, visit.phrases, subject)
        var ruled = Field.none
        if let ruling = detail.ruling {
            func because(_ part: String) -> Field { Field(ruling.reasons[part].map { text(of: $0, visit) }) }
            var parts: [Fields] = []
            func part(_ name: String, _ text: String, _ reason: String) {
                parts.append(["name": .text(phrases(name)), "text": .text(text), "because": because(reason)])
            }
            let outcome = subject.title(ruling.outcome) ?? ruling.outcome.text
            let terms = ruling.terms.map { phrases("p_ruled_split", $0.toBuyer.written, $0.toSeller.written) }
            part("p_ruled.outcome", [outcome + ".", terms].compactMap(\.self).joined(separator: " "), "outcome")
            part("p_ruled.fault", phrases.known("p_fault.\(ruling.fault)") ?? (subject.title(ruling.fault) ?? ruling.fault.text), "fault")
            if let penalty = ruling.penalty {
                let against = ruling.penaltyAgainst.map { the($0, visit) } ?? ""
                part("p_ruled.penalty", phrases("p_penalty_against", subject.title(penalty) ?? penalty.text, against), "penalty")
            } else {
                parts.append(["name": .text(phrases("p_ruled.penalty")), "text": .text(phrases("p_penalty_none")), "because": .none])
            }
            if let amount = ruling.compensation, let to = ruling.compensationTo {
                part("p_ruled.compensation", phrases("p_compensation", amount.written, the(to, visit)), "compensation")
            }
            if let cost = ruling.cost {
                part("p_ruled.cost", phrases("p_cost.\(ruling.costBearer.rawValue)", cost.written), "cost")
            } else {
                parts.append(["name": .text(phrases("p_ruled.cost")), "text": .text(phrases("p_cost_none")), "because": .none])
            }
            if ruling.reasons["deviation"] != nil { part("p_ruled.deviation", phrases("p_ruled_differs"), "deviation") }
            for answer in ruling.answers where answer.point > 1 || ruling.answers.count == 1 || ruling.reasons["point \(answer.point)"] != nil {
                let name = answer.point == 1 ? phrases("p_ruled_claim") : phrases("p_ruled_point", String(answer.point))
                parts.append([
                    "name": .text(name), "text": .text(phrases(answer.accepted ? "p_accepted" : "p_not_accepted")), "because": because("point \(answer.point)"),
                ])
            }
            let silent = ruling.byDefaultAgainst.map { side in
                side == subject.me.side ? phrases("p_default_you") : phrases("p_default_they", visit.words.The(theOther ?? .any))
            }
            ruled = .group([
                "parts": .list(parts), "default": Field(silent),
                "when": .text(phrases(ruling.approvedBy == nil && !ruling.needsSecondKey ? "p_decided_when" : "p_decided_when_two", visit.when(ruling.at))),
                "on_appeal": .flag(ruling.appeal != nil),
            ])
        }
        let carried: [Fields] = detail.instructions.map { instruction in
            [
                "text": .text(carriedOut(instruction, visit)),
                "state": .text(instruction.progress == .confirmed ? "done" : instruction.progress == .failed ? "failed" : "now"),
                "how": .text(phrases("p_progress.\(instruction.progress.rawValue)")), "receipt": Field(instruction.receipt.map { phrases("p_receipt", $0) }),
            ]
        }
        let appeals: [Fields] = detail.appeals.map { appeal in
            let result = appeal.result.map { phrases("p_appeal_result.\($0.rawValue)") } ?? phrases("p_appeal_open")
            return [
                "who": .text(phrases("p_appeal_by", the(appeal.by, visit).capitalizedFirst, visit.when(appeal.filed))),
                "grounds": Field(appeal.grounds.map { text(of: $0, visit) }), "result": .text(result),
            ]
        }
        var appeal = Field.none
        if subject.phase == .appealWindow, detail.acts.contains(.appeal) {
            let until = subject.phaseClock.map { phrases("p_appeal_until", visit.when($0.due)) } ?? phrases("p_appeal_now")
            appeal = .group(
                form("appeal", to: "appeals", visit, ["until": .text(until), "may": .flag(!subject.isGuest), "new": .flag(failure?.typed["new"] == "yes")]))
        }
        return [
            "ruling": ruled, "carried": .group(["any": .flag(!carried.isEmpty), "lines": .list(carried)]),
            "appeals": .group(["any": .flag(!appeals.isEmpty), "list": .list(appeals)]), "appeal": appeal,
        ]
    }

    private func carriedOut(_ instruction: InstructionView, _ visit: Visit) -> String {
        let phrases = visit.phrases
        let total = subject.detail.order?.amount.written ?? ""
        if let terms = instruction.terms { return phrases("p_do.split", terms.toBuyer.written, terms.toSeller.written) }
        if let amount = instruction.amount { return phrases("p_do.pays", amount.written, instruction.to.map { the($0, visit) } ?? phrases("p_the.other")) }
        switch instruction.kind {
        case "release": return phrases(subject.isBuyer ? "p_do.release_you" : "p_do.release", total)
        case "return-to-seller": return phrases(subject.isBuyer ? "p_do.return" : "p_do.return_you", total)
        default: return phrases.known("p_do.\(instruction.kind)") ?? phrases("p_do")
        }
    }
}
