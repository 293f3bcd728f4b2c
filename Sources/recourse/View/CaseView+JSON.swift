import Chronicle
import Disputes
import Policies
import Runtime

extension CaseView {
    /// The case as one object: what the queue says of it, and the rest.
    var json: JSON {
        let row = CaseRow(dispute, tierRank: policy.tiers[dispute.tier]?.rank ?? 9)
        guard case .object(var fields) = row.json(asOf: asOf) else { return .null }
        fields += [
            ("version", .integer(dispute.version)), ("title", .text(headline)), ("value", .text(dispute.value)), ("hold", .text(dispute.hold.rawValue)),
            ("legalHold", .boolean(dispute.legalHold)), ("answered", .boolean(dispute.answered)), ("statement", .text(statement.text)),
            ("parties", .list(dispute.parties.map(party))), ("exhibits", .list(dispute.exhibits.map(exhibit))),
            ("requests", .list(dispute.requests.map(request))), ("clocks", .list(dispute.clocks.map(clock))),
            ("offers", .list(dispute.offers.map(offer))), ("ruling", ruling), ("instructions", .list(dispute.instructions.map(instruction))),
            ("appeals", .list(dispute.appeals.map(appeal))),
            ("messages", .list(messages.map(message))), ("next", .list(next.map { .text($0.command) })),
        ]
        return .object(fields)
    }

    private func party(_ party: Party) -> JSON {
        .object([
            ("id", .text(party.id.description)), ("side", .text(party.side.rawValue)), ("capacity", .text(party.capacity.rawValue)),
            ("account", .text(party.account)), ("language", .text(party.language.text)),
        ])
    }

    private func exhibit(_ exhibit: Exhibit) -> JSON {
        .object([
            ("id", .text(exhibit.id.description)), ("type", .text(exhibit.type.text)), ("side", .text(exhibit.side?.rawValue)),
            ("by", .text(exhibit.by.description)), ("sha256", .text(exhibit.sha256.description)), ("bytes", .integer(exhibit.bytes)),
            ("mediaType", .text(exhibit.mediaType)),
        ])
    }

    private func request(_ request: EvidenceRequest) -> JSON {
        .object([
            ("id", .text(request.id.description)), ("of", .text(request.of.description)), ("types", .list(request.types.map { .text($0.text) })),
            ("due", .text(request.due.description)), ("ending", .text(request.ending?.rawValue)),
        ])
    }

    private func clock(_ clock: CaseClock) -> JSON {
        .object([
            ("code", .text(clock.code.text)), ("regime", .text(clock.regime)), ("started", .text(clock.running.startedAt.description)),
            ("due", .text(clock.due.description)), ("met", .text(clock.running.metAt)), ("missed", .text(clock.missed)),
            ("cancelled", .boolean(clock.cancelled)), ("source", .text(clock.running.rule.source)),
        ])
    }

    private func offer(_ offer: Offer) -> JSON {
        .object([
            ("id", .text(offer.id.description)), ("by", .text(offer.by.description)), ("toBuyer", .text(offer.terms?.toBuyer)),
            ("toSeller", .text(offer.terms?.toSeller)), ("blind", .boolean(offer.blind != nil)), ("expires", .text(offer.expires.description)),
            ("ending", .text(offer.ending?.rawValue)),
        ])
    }

    private var ruling: JSON {
        guard let made else { return .null }
        let ruling = made.ruling
        return .object([
            ("id", .text(ruling.id.description)), ("by", .text(made.by.description)), ("at", .text(made.at.description)),
            ("outcome", .text(ruling.outcome.code.text)), ("fault", .text(ruling.fault.code.text)), ("penalty", .text(ruling.penalty.code)),
            ("compensation", .text(ruling.compensation.amount)), ("cost", .text(ruling.cost.amount)), ("approvedBy", .text(made.approvedBy)),
            ("reasons", .object(reasons.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value.text)) })),
        ])
    }

    private func instruction(_ instruction: Disputes.Instruction) -> JSON {
        let progress: String? =
            switch dispute.progress[instruction.id] {
            case nil: nil
            case .instructed: "instructed"
            case .confirmed: "confirmed"
            case .failed: "failed"
            }
        return .object([
            ("id", .text(instruction.id.description)), ("what", .text(Happening.words(instruction.kind))), ("progress", .text(progress)),
        ])
    }

    private func message(_ message: Message) -> JSON {
        .object([
            ("at", .text(message.at.description)), ("by", .text(message.by)), ("audience", .text(message.audience.rawValue)),
            ("text", .text(message.words.text)),
        ])
    }

    private func appeal(_ appeal: Appeal) -> JSON {
        .object([
            ("id", .text(appeal.id.description)), ("by", .text(appeal.by.description)), ("level", .text(appeal.level.rawValue)),
            ("result", .text(appeal.decision?.result.rawValue)), ("cause", .text(appeal.decision?.cause)),
        ])
    }
}
