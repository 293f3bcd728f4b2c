import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// A claim on its way: what has been said of it so far. It travels in the forms themselves; nothing is kept here before it is sent.
struct ClaimDraft: Sendable {
    var side: Filer?
    var order: String?
    var reason: ReasonCode?
    var statement: String?
    var point: String?
    var amount: String?
    var account: String?

    init(_ request: PageRequest) {
        func said(_ name: String) -> String? { request[name] ?? request.query[name].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 } }
        (side, order, reason) = (said("side").flatMap(Filer.init), said("order"), said("reason").flatMap { ReasonCode($0) })
        (statement, point, amount, account) = (said("statement"), said("point"), said("amount"), said("account"))
    }

    /// In an order one sits where the exchange says, whatever one chose.
    mutating func sit(where chair: Filer) {
        switch (chair, side) {
        case (.buyer, .buyer), (.buyer, .payer), (.seller, .seller), (.seller, .merchant), (.user, .user): return
        default: side = chair
        }
    }

    /// There is somebody on the other side, and an order between them.
    var isTwoSided: Bool { side != .user }

    var fields: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("side", side?.rawValue), ("order", order), ("reason", reason?.text), ("statement", statement), ("point", point), ("amount", amount),
            ("account", account),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension Visit {
    /// One step of four. The first that still misses something, at most the one asked for.
    func fileOn() async throws -> PageReply {
        let draft = ClaimDraft(request)
        let wanted = request["go"].flatMap { Int($0) } ?? 1
        let isSending = request["go"] == "send"
        let first = missing(in: draft)
        if isSending, first == nil { return try await send(draft) }
        var step = FilingPage.Step(rawValue: min(isSending ? 4 : max(1, wanted), first?.step.rawValue ?? 4)) ?? .order
        // Somebody who goes on without having said it is told what is missing; somebody who goes back is not.
        let problem = first.flatMap { $0.step == step && (isSending || wanted > step.rawValue) ? $0.why : nil }
        guard step != .order, let named = draft.order else { return try await file(at: step, draft, problem: problem) }
        let order: OwnOrderView?
        do { order = try await client.showMyOrder(named) } catch let refused as Problem where refused.status != 401 {
            // The claim may be made all the same while the exchange does not answer: it is asked again when it is sent.
            guard refused.code != .exchange, refused.code != .unavailable else { return try await file(at: step, draft, problem: problem) }
            step = .order
            let why = refused.code == .notFound ? phrases("p_file_no_order", named) : told(refused, isGuest: refused.code == .notPermitted)
            return try await file(at: step, draft, problem: why, status: refused.status)
        }
        return try await file(at: step, draft, order: order, problem: problem)
    }

    func file(
        at step: FilingPage.Step, _ draft: ClaimDraft? = nil, order: OwnOrderView? = nil, problem: String? = nil, status: Int = 200
    ) async throws -> PageReply {
        var draft = draft ?? ClaimDraft(request)
        if draft.account == nil { draft.account = session?.account }
        if let order { draft.sit(where: order.chair) }
        let vocabulary = try await vocabulary()
        return try render(
            FilingPage(step: step, draft: draft, vocabulary: vocabulary, order: order, problem: problem), status: problem == nil ? status : 422,
            nav: ["in": true])
    }

    private func missing(in draft: ClaimDraft) -> (step: FilingPage.Step, why: String)? {
        guard draft.side != nil else { return (.order, phrases("p_file_miss_side")) }
        if draft.isTwoSided, draft.order == nil { return (.order, phrases("p_file_miss_order")) }
        guard draft.reason != nil else { return (.reason, phrases("p_file_miss_reason")) }
        guard draft.statement != nil else { return (.words, phrases("p_file_miss_words")) }
        if !draft.isTwoSided, draft.account == nil { return (.words, phrases("p_file_miss_account")) }
        if let amount = draft.amount, FilingPage.amount(amount) == nil { return (.words, phrases("p_file_miss_amount")) }
        return nil
    }

    private func send(_ draft: ClaimDraft) async throws -> PageReply {
        guard let reason = draft.reason else { return try await file(at: .reason, draft) }
        var claim = ClaimBody(reason: reason)
        (claim.order, claim.statement, claim.points) = (draft.order, draft.statement, draft.point.map { [$0] })
        claim.channel = "portal"
        claim.language = Language(phrases.language)
        if !draft.isTwoSided { (claim.party, claim.amount) = (draft.account, draft.amount.flatMap(FilingPage.amount)) }
        do {
            let change = try await client.once(request["once"]).openCase(claim)
            return .goOn(to: RecourseClient.address("/my/cases/\(change.short)", [("said", "p_filed"), ("sent", "file/statement")]))
        } catch let problem as Problem where problem.status < 500 || problem.code == .exchange {
            guard problem.status != 401 else { throw problem }
            if problem.code == .notFound, let order = draft.order {
                return try await file(at: .order, draft, problem: phrases("p_file_no_order", order), status: problem.status)
            }
            return try await file(at: .check, draft, problem: told(problem, isGuest: problem.code == .notPermitted), status: problem.status)
        }
    }
}

struct FilingPage: Page {
    static let template = "portal-file"
    static let layout = "portal"

    enum Step: Int, Sendable { case order = 1, reason, words, check }
    let step: Step
    let draft: ClaimDraft
    let vocabulary: Vocabulary
    /// What the exchange says of the order; none where it has none, or does not answer.
    var order: OwnOrderView?
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("p_file_title.\(step.rawValue)") }

    private static let sides: [Filer] = [.buyer, .seller, .user, .payer, .merchant]

    /// `500 USDT`, `1200.5 usdt`.
    static func amount(_ typed: String) -> Amount? {
        let parts = typed.split(separator: " ")
        guard parts.count == 2 else { return nil }
        return try? Amount(parsing: "\(parts[0].replacing(",", with: "")) \(parts[1].uppercased())")
    }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        let own: Set<String> =
            switch step {
            case .order: ["side", "order"]
            case .reason: ["reason"]
            case .words: ["statement", "point", "amount", "account"]
            case .check: []
            }
        let ofOrder = draft.order.map { phrases("p_file_of_order", $0) }
        let next = ["p_file_next.2", "p_file_next.3", "p_file_next.4", nil][step.rawValue - 1]
        let progress = phrases("p_file_step", String(step.rawValue)) + (next.map { " " + phrases($0) } ?? "")
        var kept = draft.fields.filter { !own.contains($0.name) }
        if step == .check { kept.append(("once", visit.request["once"] ?? "claim-\(visit.now.milliseconds)")) }
        let reason = draft.reason.map { code in visit.words.claim(code, pack: vocabulary.reasons.first { $0.code == code }?.title) }
        return [
            "progress": .text(progress), "percent": .text(String(step.rawValue * 25)), "heading": .text(phrases("p_file_title.\(step.rawValue)")),
            "lead": step == .order ? .text(phrases("p_file_lead")) : Field(step == .words ? reason.map { phrases("p_file_lead_words", $0) } : ofOrder),
            "problem": Field(problem), "known": step == .order ? .none : order.map { known($0, visit) } ?? .none,
            "kept": .list(kept.map { ["name": .text($0.name), "value": .text($0.value)] }),
            "order_step": step == .order ? .group(orderStep(visit)) : .none, "reason_step": step == .reason ? .group(reasonStep(visit)) : .none,
            "words_step": step == .words
                ? .group([
                    "statement": .text(draft.statement ?? ""), "point": Field(draft.point), "one_sided": .flag(!draft.isTwoSided),
                    "amount": .text(draft.amount ?? ""), "account": .text(draft.account ?? ""),
                ]) : .none,
            "check_step": step == .check ? .group(checkStep(reason, visit)) : .none,
            "go": .text(step == .check ? "send" : String(step.rawValue + 1)),
            "button": .text(phrases(step == .check ? (draft.isTwoSided ? "p_file_send" : "p_file_send_own") : "go_on")),
            "back": step == .order ? .none : .text(String(step.rawValue - 1)), "back_words": .text(phrases("p_file_back")),
            "foot": .text(phrases(step == .check ? "p_file_foot_last" : "p_file_foot")),
        ]
    }

    private func orderStep(_ visit: Visit) -> Fields {
        let used = Set(vocabulary.reasons.map(\.filer))
        return [
            "sides": .list(
                FilingPage.sides.filter(used.contains).map { side in
                    [
                        "value": .text(side.rawValue), "name": .text(visit.phrases("p_file_side.\(side.rawValue)")),
                        "hint": .text(visit.phrases("p_file_side_hint.\(side.rawValue)")), "chosen": .flag(draft.side == side),
                    ]
                }),
            "order": .text(draft.order ?? ""),
        ]
    }

    /// The kinds of thing in the order in which they go wrong most.
    private static let types = [
        "P2P-LIVE", "P2P-POST", "P2P-CONDUCT", "DEP", "WDR", "FIAT", "ATO", "ACCOUNT", "SPT", "DRV", "EARN", "COPY", "FEE", "PAY", "COMPLAINT", "PRIVACY",
    ]

    /// What whoever sits on this side may claim, by the kind of thing it is, one kind open at a time; what both sides may, last.
    private func reasonStep(_ visit: Visit) -> Fields {
        let side = draft.side ?? .buyer
        let fits = order.map { Set($0.reasons) }
        let fitting = vocabulary.reasons.filter { reason in
            (reason.filer == side || reason.filer == .any && draft.isTwoSided) && fits.map { $0.contains(reason.code) } ?? true
        }
        var groups: [(type: CaseTypeCode, reasons: [Vocabulary.ReasonWords])] = []
        for reason in fitting.sorted(by: { ($0.filer == .any ? 1 : 0) < ($1.filer == .any ? 1 : 0) }) {
            if let index = groups.firstIndex(where: { $0.type == reason.type }) {
                groups[index].reasons.append(reason)
            } else {
                groups.append((reason.type, [reason]))
            }
        }
        let rank = { (type: CaseTypeCode) in FilingPage.types.firstIndex(of: type.text) ?? FilingPage.types.count }
        groups.sort { (rank($0.type), $0.type) < (rank($1.type), $1.type) }
        let chosen = groups.firstIndex { $0.reasons.contains { $0.code == draft.reason } }
        // Of an order we know where to begin; of an account, nobody does.
        let open = chosen ?? (draft.isTwoSided || groups.count == 1 ? 0 : nil)
        return [
            "none": .flag(groups.isEmpty),
            "groups": .list(
                groups.enumerated().map { index, group in
                    [
                        "open": .flag(index == open),
                        "name": .text(
                            visit.phrases.known("p_type.\(group.type)") ?? vocabulary.types.first { $0.code == group.type.text }?.title ?? group.type.text),
                        "reasons": .list(
                            group.reasons.map { reason in
                                [
                                    "code": .text(reason.code.text), "words": .text(visit.words.claim(reason.code, pack: reason.title)),
                                    "chosen": .flag(draft.reason == reason.code),
                                ]
                            }),
                    ]
                }),
        ]
    }

    private func checkStep(_ reason: String?, _ visit: Visit) -> Fields {
        let phrases = visit.phrases
        var lines: [Fields] = []
        func line(_ name: String, _ text: String?) { if let text { lines.append(["name": .text(phrases(name)), "text": .text(text)]) } }
        line("p_file_order", draft.order)
        line("p_file_check_reason", reason)
        line("p_file_check_words", draft.statement)
        line("p_file_point", draft.point)
        if !draft.isTwoSided { line("p_file_amount", draft.amount) }
        let words = vocabulary.reasons.first { $0.code == draft.reason }
        let asked = (words?.fromFiler ?? []).map { code in visit.words.evidence(code, pack: vocabulary.evidence.first { $0.code == code }?.title) }
        var then: [String] = draft.isTwoSided ? [phrases("p_file_then_other")] : []
        if words?.type.text == "P2P-LIVE" { then.append(phrases("p_file_then_lock")) }
        then += asked.map { phrases("p_file_then_asked", $0.lowercasedFirst) }
        then.append(phrases("p_file_then_decide"))
        return ["lines": .list(lines), "then": .list(then.map { ["text": .text($0)] })]
    }
}
