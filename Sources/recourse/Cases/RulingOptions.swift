import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

/// The five parts of a ruling as flags. None is ever filled in from another.
struct RulingOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("(a) The outcome.", valueName: "code")) var outcome: OutcomeCode?
    @Option(name: .long, help: ArgumentHelp("Why this outcome, as the parties will read it.", valueName: "text")) var because: String?
    @Option(name: .customLong("to-buyer"), help: ArgumentHelp("For a split: the buyer's part; the rest is the seller's.", valueName: "amount"))
    var toBuyer: String?

    @Option(name: .long, help: ArgumentHelp("(b) Whose fault it was.", valueName: "code")) var fault: FaultCode?
    @Option(name: .customLong("fault-because"), help: ArgumentHelp("Why.", valueName: "text")) var faultBecause: String?

    @Option(name: .long, help: ArgumentHelp("(c) A penalty that applies; of several the highest is imposed.", valueName: "code"))
    var penalty: [PenaltyCode] = []
    @Option(name: .long, help: ArgumentHelp("Whom the penalty is for.", valueName: "party")) var against: String?
    @Option(name: .customLong("penalty-because"), help: ArgumentHelp("Why, or why none.", valueName: "text")) var penaltyBecause: String?

    @Option(name: .long, help: ArgumentHelp("(d) Money beyond the outcome.", valueName: "amount")) var compensation: String?
    @Option(name: .customLong("compensation-to"), help: ArgumentHelp("To whom.", valueName: "party")) var compensationTo: String?
    @Option(name: .customLong("compensation-from"), help: ArgumentHelp("counterparty, deposit, platform or scheme.", valueName: "source"))
    var compensationFrom: String?
    @Option(name: .customLong("compensation-because"), help: ArgumentHelp("Why.", valueName: "text")) var compensationBecause: String?

    @Option(name: .long, help: ArgumentHelp("(e) The cost of putting it right.", valueName: "amount")) var cost: String?
    @Option(name: .customLong("cost-bearer"), help: ArgumentHelp("nobody, filer, other or platform.", valueName: "bearer")) var costBearer: String?
    @Option(name: .customLong("cost-because"), help: ArgumentHelp("Why.", valueName: "text")) var costBecause: String?

    @Option(name: .long, help: ArgumentHelp("A point that is accepted, and why; repeat for each.", valueName: "number=text")) var answer: [String] = []
    @Option(name: .long, help: ArgumentHelp("A point that is turned down, and why; repeat for each.", valueName: "number=text")) var reject: [String] = []
    @Option(name: .long, help: ArgumentHelp("A decided case looked at, and its outcome; repeat for each.", valueName: "case=code"))
    var precedent: [String] = []
    @Option(name: .long, help: ArgumentHelp("Why this case is different from those.", valueName: "text")) var deviation: String?
    @Option(name: .long, help: ArgumentHelp("What a machine contributed: none, suggested or drafted.", valueName: "kind")) var assistance = "none"

    /// What is proposed, with every text sealed.
    func draft(on dispute: Case, _ desk: OpenDesk) async throws -> RulingDraft {
        guard let outcome else { throw Failure("a ruling needs its outcome: --outcome") }
        guard let fault else { throw Failure("a ruling says whose fault it was: --fault") }
        guard let assistance = Ruling.Assistance(rawValue: assistance) else {
            throw Failure("“\(assistance)” is not a kind of assistance; say none, suggested or drafted")
        }
        return RulingDraft(
            outcome: .init(code: outcome, terms: try terms(dispute), reason: try await desk.seal(because, in: dispute)),
            fault: .init(code: fault, reason: try await desk.seal(faultBecause, in: dispute)),
            penaltiesApplying: penalty, penaltyAgainst: try against.map { try desk.party($0, in: dispute).id },
            penaltyReason: try await desk.seal(penaltyBecause, in: dispute), compensation: try await compensationPart(dispute, desk),
            cost: try await costPart(dispute, desk), answers: try await answers(dispute, desk), precedents: try await precedents(desk),
            deviationReason: try await desk.seal(deviation, in: dispute), assistance: assistance)
    }

    private func terms(_ dispute: Case) throws -> Terms? {
        guard let toBuyer else { return nil }
        guard let total = dispute.order?.amount else { throw Refusal.moneyWithoutOrder }
        let part = try Typed.amount(toBuyer, of: total.asset)
        guard 0...total.minorUnits ~= part.minorUnits else { throw Failure("the buyer's part of \(total.shown) cannot be \(part.shown)") }
        return Terms(toBuyer: part, toSeller: try total.subtracting(part))
    }

    private func compensationPart(_ dispute: Case, _ desk: OpenDesk) async throws -> Ruling.CompensationPart {
        guard let compensation else { return .init(reason: try await desk.seal(compensationBecause, in: dispute)) }
        guard let source = compensationFrom.flatMap(Ruling.CompensationPart.Source.init) else {
            throw Failure("say who pays the compensation: --compensation-from counterparty, deposit, platform or scheme")
        }
        guard let compensationTo else { throw Failure("say who gets the compensation: --compensation-to") }
        let asset = dispute.amount?.asset
        let amount = try asset.map { try Typed.amount(compensation, of: $0) } ?? Typed.amount(compensation)
        return .init(
            amount: amount, to: try desk.party(compensationTo, in: dispute).id, source: source,
            reason: try await desk.seal(compensationBecause, in: dispute))
    }

    private func costPart(_ dispute: Case, _ desk: OpenDesk) async throws -> Ruling.CostPart {
        let bearer: Ruling.CostPart.Bearer
        if let costBearer {
            guard let known = Ruling.CostPart.Bearer(rawValue: costBearer) else {
                throw Failure("“\(costBearer)” does not bear costs; say nobody, filer, other or platform")
            }
            bearer = known
        } else {
            guard cost == nil else { throw Failure("say who bears the cost: --cost-bearer") }
            bearer = .nobody
        }
        return .init(amount: try cost.map { try Typed.amount($0) }, bearer: bearer, reason: try await desk.seal(costBecause, in: dispute))
    }

    private func answers(_ dispute: Case, _ desk: OpenDesk) async throws -> [Ruling.Answer] {
        var answers: [Ruling.Answer] = []
        for (texts, accepted, option) in [(answer, true, "--answer"), (reject, false, "--reject")] {
            for text in texts {
                let (number, reason) = try Typed.pair(text, option)
                guard let point = Int(number) else { throw Failure("“\(number)” is not the number of a point") }
                answers.append(.init(point: point, accepted: accepted, reason: try await desk.seal(reason, in: dispute)))
            }
        }
        return answers.sorted { $0.point < $1.point }
    }

    private func precedents(_ desk: OpenDesk) async throws -> [Ruling.Precedent] {
        var precedents: [Ruling.Precedent] = []
        for text in precedent {
            let (named, code) = try Typed.pair(text, "--precedent")
            precedents.append(.init(case: try await desk.desk.find(named), outcome: try Typed.code(code)))
        }
        return precedents
    }
}
