import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Route {
    static let cases: [Route] = [
        Route(.get, "/cases/{case}", for: .staff) { visit in try await visit.casePage() },
        Route(.get, "/cases/{case}/history", for: .staff) { visit in try await visit.historyPage() },
        Route(.get, "/cases/{case}/letters", for: .staff) { visit in try await visit.lettersPage() },
        Route(.get, "/cases/{case}/precedents", for: .staff) { visit in try await visit.precedentsPage() },
        Route(.get, "/cases/{case}/exhibits/{exhibit}", for: .staff) { visit in try await visit.exhibitPage() },
        Route(.post, "/cases/{case}/exhibits/{exhibit}", for: .staff) { visit in try await visit.exhibitPage(because: visit.request["because"] ?? "") },
        Route(.post, "/cases/{case}/consequences", for: .staff) { visit in try await visit.consequences() },
        Route(.post, "/cases/{case}/{act}", for: .staff) { visit in try await visit.act() },
    ]
}

extension Visit {
    /// - Parameters:
    ///   - problem: why what was just asked was not done; what was typed is kept.
    ///   - foreseen: what the ruling that is being written would do.
    func casePage(problem: Problem? = nil, foreseen: Consequences? = nil) async throws -> PageReply {
        let name = parameter("case")
        async let frame = StaffFrame(self)
        async let detail = client.showCase(name)
        async let messages = client.listMessages(name)
        async let clocks = client.explainClocks(name)
        async let events = client.listEvents(name)
        async let users = client.listUsers()
        async let attention = client.showAttention(name)
        let (shown, staff) = (try await detail, try await frame)
        var second: Consequences?
        if shown.summary.phase == .approval, let ruling = shown.ruling {
            second = try? await client.foreseeRuling(name, ForeseeBody(ruling: RulingBody(ruling)))
        }
        let isDeciding = [.decision, .approval, .appeal].contains(shown.summary.phase)
        let page = OneCasePage(
            detail: shown, messages: try await messages.messages, clocks: try await clocks.clocks, events: try await events.events, frame: staff,
            handles: Dictionary(try await users.users.map { ($0.id, $0.handle) }) { $1 }, problem: problem, foreseen: foreseen, secondKey: second,
            precedents: isDeciding ? try await client.listPrecedents(name) : nil, attention: try await attention)
        return try render(page, status: problem?.status ?? 200, nav: staff.nav(self))
    }

    fileprivate func historyPage() async throws -> PageReply {
        let name = parameter("case")
        async let frame = StaffFrame(self)
        async let detail = client.showCase(name)
        async let events = client.listEvents(name)
        async let users = client.listUsers()
        let (staff, handles) = (try await frame, Dictionary(try await users.users.map { ($0.id, $0.handle) }) { $1 })
        let names = CaseNames(detail: try await detail, words: staff.words, phrases: phrases)
        let page = HistoryPage(names: names, events: try await events.events, handles: handles)
        return try render(page, nav: staff.nav(self))
    }

    fileprivate func lettersPage() async throws -> PageReply {
        let name = parameter("case")
        async let frame = StaffFrame(self)
        async let detail = client.showCase(name)
        async let sent = client.listLetters(name)
        let staff = try await frame
        let names = CaseNames(detail: try await detail, words: staff.words, phrases: phrases)
        var (preview, problem): (LetterView?, Problem?)
        if let code = request.query["letter"].flatMap(LetterCode.init) {
            let side = request.query["to"].flatMap(Side.init) ?? .filer
            do { preview = try await client.previewLetter(name, code, to: side) } catch let refused as Problem where refused.status < 500 { problem = refused }
        }
        let page = LettersPage(names: names, sent: try await sent.letters, preview: preview, problem: problem)
        return try render(page, status: problem?.status ?? 200, nav: staff.nav(self))
    }

    fileprivate func precedentsPage() async throws -> PageReply {
        let name = parameter("case")
        async let frame = StaffFrame(self)
        async let detail = client.showCase(name)
        async let found = client.listPrecedents(name)
        let staff = try await frame
        let names = CaseNames(detail: try await detail, words: staff.words, phrases: phrases)
        return try render(PrecedentsPage(names: names, found: try await found), nav: staff.nav(self))
    }

    fileprivate func exhibitPage(because: String? = nil) async throws -> PageReply {
        let name = parameter("case")
        let (frame, detail) = (try await StaffFrame(self), try await client.showCase(name))
        guard let id = ExhibitID(parameter("exhibit")), let index = detail.exhibits.firstIndex(where: { $0.id == id }) else {
            throw Problem(.notFound, phrases("no_such_exhibit"))
        }
        var page = ExhibitPage(names: CaseNames(detail: detail, words: frame.words, phrases: phrases), index: index)
        if let because {
            do { page.pass = try await client.viewExhibit(name, id, BecauseBody(because: because)) } catch let problem as Problem where problem.status < 500 {
                page.problem = problem.detail
            }
        }
        return try render(page, status: page.problem == nil ? 200 : 403, nav: frame.nav(self))
    }

    /// What the ruling that is being written would do: for the script as JSON, for whoever has none as the page again.
    fileprivate func consequences() async throws -> PageReply {
        let name = parameter("case")
        do {
            let detail = try await client.showCase(name)
            let body = ForeseeBody(ruling: try RulingForm(request, isForetold: true).body(for: detail), onAppeal: request["appeal"] != nil)
            let foreseen = try await client.foreseeRuling(name, body)
            guard request.wantsJSON else { return try await casePage(foreseen: foreseen) }
            let words = try await vocabulary()
            let button = SigningWords(detail: detail, words: words, phrases: phrases).button(body.ruling.outcome.code)
            return try .json(ForeseenForScript(lines: foreseen.lines, button: button))
        } catch let problem as Problem where problem.status < 500 && !request.wantsJSON {
            return try await casePage(problem: problem)
        }
    }

    fileprivate func act() async throws -> PageReply {
        let name = parameter("case")
        guard let act = StaffAct(rawValue: parameter("act")) else { throw Problem(.notFound, phrases("no_such_page")) }
        do {
            let desk = client.ifStill(at: request["version"].flatMap(Int.init))
            let change = try await act.carryOut(self, desk, name)
            let sent = RecourseClient.encoded("\(change.short)/\(act.draft)")
            return .goOn(to: "/cases/\(change.short)?said=\(act.rawValue)&sent=\(sent)")
        } catch let problem as Problem where problem.code == .codeNeeded {
            return .goOn(to: RecourseClient.address("/code", [("next", "/cases/\(name)")]))
        } catch let problem as Problem where problem.status < 500 {
            return try await casePage(problem: problem)
        }
    }
}

/// As `recourse.js` reads it.
struct ForeseenForScript: WireBody {
    let lines: [String]
    let button: String
}

/// What staff do on a case's page.
enum StaffAct: String, CaseIterable {
    case take, release, acknowledge, admit, conclude, approve, hold
    case refuse, `return`, close, reopen, escalate, uphold, vote
    case message, ask, notice, rule, decide

    /// Whose drafts are done with once it is done.
    var draft: String { self == .rule || self == .decide ? "ruling" : rawValue }

    func carryOut(_ visit: Visit, _ desk: RecourseClient, _ name: String) async throws -> CaseChange {
        let request = visit.request
        func because() throws(Problem) -> BecauseBody {
            guard let text = request["because"] else { throw Problem(.refused, visit.phrases("because_missing"), field: "because") }
            return BecauseBody(because: text)
        }
        switch self {
        case .take: return try await desk.assignCase(name)
        case .release: return try await desk.releaseCase(name)
        case .acknowledge: return try await desk.acknowledge(name)
        case .admit: return try await desk.admitClaim(name)
        case .conclude: return try await desk.concludeInvestigation(name)
        case .approve: return try await desk.approveRuling(name)
        case .hold: return try await desk.placeHold(name)
        case .refuse: return try await desk.refuseClaim(name, RefusalBody(ground: request["choice"] ?? "other", because: try because().because))
        case .return: return try await desk.returnRuling(name, try because())
        case .close: return try await desk.closeCase(name, try because())
        case .reopen: return try await desk.reopenCase(name, try because())
        case .escalate: return try await desk.escalateAppeal(name, try because())
        case .uphold: return try await desk.decideAppeal(name, AppealDecisionBody(result: .upheld, because: try because().because))
        case .vote: return try await desk.voteOnAppeal(name, VoteBody(change: request["choice"].flatMap(OutcomeCode.init)))
        case .message:
            guard let text = request["text"] else { throw Problem(.refused, visit.phrases("text_missing"), field: "text") }
            return try await visit.client.sendMessage(name, MessageBody(text: text, to: request["to"].flatMap(Audience.init)))
        case .ask:
            guard let type = request["type"].flatMap(EvidenceCode.init), let of = request["of"] else {
                throw Problem(.refused, visit.phrases("choose_missing"))
            }
            return try await desk.requestEvidence(name, EvidenceRequestBody(of: of, types: [type]))
        case .notice: return try await desk.giveNotice(name, NoticeBody(to: request["choice"] ?? "other"))
        case .rule: return try await desk.rule(name, try RulingForm(request).body(for: try await visit.client.showCase(name)))
        case .decide:
            let ruling = try RulingForm(request).body(for: try await visit.client.showCase(name))
            return try await desk.decideAppeal(
                name,
                AppealDecisionBody(
                    result: .overturned, cause: request["cause"].flatMap(OverturnCode.init), because: ruling.outcome.because ?? "", ruling: ruling))
        }
    }
}

/// The ruling as its form has it, in its five parts.
struct RulingForm {
    let request: PageRequest
    /// What it would do is asked while it is being written: reasons that are still to come stand as a dash. Nothing is signed so.
    private let isForetold: Bool

    init(_ request: PageRequest, isForetold: Bool = false) { (self.request, self.isForetold) = (request, isForetold) }

    private func reason(_ field: String) -> String? { request[field] ?? (isForetold ? "–" : nil) }

    func body(for detail: CaseDetail) throws -> RulingBody {
        guard let outcome = request["outcome"].flatMap(OutcomeCode.init) else { throw Problem(.refused, "say what happens to the money", field: "outcome") }
        guard let fault = request["fault"].flatMap(FaultCode.init) else { throw Problem(.refused, "say whose fault it was", field: "fault") }
        let asset = detail.summary.amount?.asset ?? detail.order?.amount.asset
        func amount(_ field: String) throws -> Amount? {
            guard let text = request[field] else { return nil }
            let bare = text.filter { $0 != "," && $0 != " " }
            guard let asset else { return try Amount(parsing: text) }
            do { return bare.contains(where: \.isLetter) ? try Amount(parsing: text) : try Amount(number: bare, of: asset) } catch {
                throw Problem(.refused, "“\(text)” is not an amount of \(asset.code)", field: field)
            }
        }
        var ruling = RulingBody(
            outcome: .init(code: outcome, because: reason("because"), toBuyer: try amount("to_buyer")),
            fault: .init(code: fault, because: reason("fault_because")))
        if let penalty = request["penalty"].flatMap(PenaltyCode.init) {
            ruling.penalty = .init(codes: [penalty], against: request["against"], because: request["penalty_because"] ?? reason("fault_because"))
        }
        if let compensation = try amount("compensation") {
            ruling.compensation = .init(
                amount: compensation, to: request["compensation_to"],
                from: request["compensation_from"].flatMap(Ruling.CompensationPart.Source.init) ?? .platform, because: reason("compensation_because"))
        }
        if let cost = try amount("cost") {
            let bearer = request["cost_bearer"].flatMap(Ruling.CostPart.Bearer.init) ?? .nobody
            ruling.cost = .init(amount: cost, bearer: bearer, because: reason("cost_because"))
        }
        ruling.deviation = request["deviation"]
        ruling.answers = detail.points.map { point in
            .init(
                point: point.number, accepted: request["point_\(point.number)"] == "yes",
                because: request["point_\(point.number)_because"] ?? reason("because") ?? "")
        }
        return ruling
    }
}

extension RulingBody {
    /// A ruling that was made, as one would write it again: to be told what it will do.
    init(_ made: RulingView) {
        func said(_ part: String) -> String { made.reasons[part]?.text ?? "-" }
        self.init(
            outcome: .init(code: made.outcome, because: said("outcome"), toBuyer: made.terms?.toBuyer), fault: .init(code: made.fault, because: said("fault")),
            penalty: made.penalty.map { .init(codes: [$0], against: made.penaltyAgainst?.description, because: said("penalty")) },
            compensation: made.compensation.map {
                .init(amount: $0, to: made.compensationTo?.description, from: made.compensationFrom, because: said("compensation"))
            },
            answers: made.answers.map { .init(point: $0.point, accepted: $0.accepted, because: said("point \($0.point)")) })
    }
}
