import ArgumentParser
import Chronicle
import Disputes
import Policies
import Wire

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

    /// What is proposed, as the desk takes it.
    func body(for detail: CaseDetail) throws -> RulingBody {
        guard let outcome else { throw Failure("a ruling needs its outcome: --outcome") }
        guard let fault else { throw Failure("a ruling says whose fault it was: --fault") }
        guard let assistance = Ruling.Assistance(rawValue: assistance) else {
            throw Failure("“\(assistance)” is not a kind of assistance; say none, suggested or drafted")
        }
        return RulingBody(
            outcome: .init(code: outcome, because: because, toBuyer: try buyersPart(of: detail)), fault: .init(code: fault, because: faultBecause),
            penalty: .init(codes: penalty, against: against, because: penaltyBecause), compensation: try compensationPart(of: detail), cost: try costPart(),
            answers: try answers(), precedents: try precedents(), deviation: deviation, assistance: assistance)
    }

    private func buyersPart(of detail: CaseDetail) throws -> Amount? {
        guard let toBuyer else { return nil }
        guard let total = detail.order?.amount else { throw Refusal.moneyWithoutOrder }
        let part = try Typed.amount(toBuyer, of: total.asset)
        guard 0...total.minorUnits ~= part.minorUnits else { throw Failure("the buyer's part of \(total.shown) cannot be \(part.shown)") }
        return part
    }

    private func compensationPart(of detail: CaseDetail) throws -> RulingBody.Compensation {
        guard let compensation else { return .init(because: compensationBecause) }
        guard let source = compensationFrom.flatMap(Ruling.CompensationPart.Source.init) else {
            throw Failure("say who pays the compensation: --compensation-from counterparty, deposit, platform or scheme")
        }
        guard let compensationTo else { throw Failure("say who gets the compensation: --compensation-to") }
        let asset = detail.summary.amount?.asset
        let amount = try asset.map { try Typed.amount(compensation, of: $0) } ?? Typed.amount(compensation)
        return .init(amount: amount, to: compensationTo, from: source, because: compensationBecause)
    }

    private func costPart() throws -> RulingBody.Cost {
        let bearer = costBearer.flatMap(Ruling.CostPart.Bearer.init)
        if let costBearer, bearer == nil { throw Failure("“\(costBearer)” does not bear costs; say nobody, filer, other or platform") }
        guard cost == nil || bearer != nil else { throw Failure("say who bears the cost: --cost-bearer") }
        return .init(amount: try cost.map { try Typed.amount($0) }, bearer: bearer, because: costBecause)
    }

    private func answers() throws -> [RulingBody.Answer] {
        try [(answer, true, "--answer"), (reject, false, "--reject")].flatMap { texts, accepted, option in
            try texts.map { text in
                let (number, reason) = try Typed.pair(text, option)
                guard let point = Int(number) else { throw Failure("“\(number)” is not the number of a point") }
                return RulingBody.Answer(point: point, accepted: accepted, because: reason)
            }
        }
    }

    private func precedents() throws -> [RulingBody.Precedent] {
        try precedent.map { text in
            let (named, code) = try Typed.pair(text, "--precedent")
            return RulingBody.Precedent(decided: named, outcome: try Typed.code(code))
        }
    }
}
