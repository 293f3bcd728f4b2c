import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Route {
    /// What the forms of a case do. Done: back to the case, with a line that says so. Refused: the case as it stands, with the reason at the form and
    /// everything that was typed.
    static let acting: [Route] = [
        act("messages") { visit in
            try await visit.act("say", said: "p_said", drafts: "say") { client, named in
                let to: Policies.Audience = visit.request["to"] == "staff" ? .staff : .parties
                return try await client.sendMessage(named, MessageBody(text: visit.request["text"] ?? "", to: to))
            }
        },
        act("answer") { visit in
            let disputes = visit.request["claim"] != "right"
            return try await visit.act("answer", said: disputes ? "p_disagreed" : "p_agreed", drafts: "answer") { client, named in
                // What gives up money is done only to the case as it was read.
                let client = disputes ? client : client.ifStill(at: visit.request["version"].flatMap { Int($0) })
                return try await client.answerClaim(named, AnswerBody(disputes: disputes, statement: visit.request["text"]))
            }
        },
        act("points") { visit in
            try await visit.act("point", said: "p_point_raised", drafts: "point") { client, named in
                try await client.raisePoint(named, TextBody(text: visit.request["text"] ?? ""))
            }
        },
        act("staff") { visit in try await visit.act("staff", said: "p_staff_called") { client, named in try await client.callStaff(named) } },
        act("withdrawal") { visit in
            try await visit.act("withdraw", said: "p_withdrawn") { client, named in
                try await client.ifStill(at: visit.request["version"].flatMap { Int($0) }).withdrawClaim(named)
            }
        },
        act("appeals") { visit in
            try await visit.act("appeal", said: "p_appealed", drafts: "appeal") { client, named in
                try await client.fileAppeal(named, AppealBody(grounds: visit.request["text"] ?? "", newEvidence: visit.request["new"] == "yes"))
            }
        },
        act("requests/{request}/answer") { visit in
            let request = RequestID(visit.parameter("request"))
            return try await visit.act("cannot-\(visit.parameter("request"))", said: "p_request_answered", drafts: "cannot") { client, named in
                guard let request else { throw Problem(.notFound, "there is no such request") }
                return try await client.answerRequest(named, request, StatementBody(statement: visit.request["text"] ?? ""))
            }
        },
        act("offers") { visit in try await visit.makeOffer() },
        act("offers/{offer}") { visit in
            guard let offer = OfferID(visit.parameter("offer")) else { throw Problem(.notFound, "there is no such offer") }
            let answer = visit.request["answer"] ?? ""
            let said = ["accept": "p_offer_accepted", "decline": "p_offer_declined", "take-back": "p_offer_taken_back"][answer] ?? ""
            return try await visit.act("offer-\(offer)", said: said, key: answer) { client, named in
                switch answer {
                case "accept": try await client.ifStill(at: visit.request["version"].flatMap { Int($0) }).acceptOffer(named, offer)
                case "decline": try await client.declineOffer(named, offer)
                case "take-back": try await client.withdrawOffer(named, offer)
                default: throw Problem(.malformed, "say yes or no")
                }
            }
        },
        act("exhibits") { visit in try await visit.giveExhibit() },
    ]

    private static func act(_ path: String, run: @escaping @Sendable (Visit) async throws -> PageReply) -> Route {
        Route(.post, "/my/cases/{case}/" + path, for: .party, run: run)
    }
}

extension Visit {
    /// Does something to the case of the path, once.
    /// - Parameters:
    ///   - form: which form it was.
    ///   - said: what is said of it on the page that follows.
    ///   - drafts: what was being written and has now been sent.
    ///   - key: which of several buttons of the form.
    func act(
        _ form: String, said: String, drafts: String? = nil, key: String = "", _ body: (RecourseClient, String) async throws -> CaseChange
    ) async throws -> PageReply {
        do {
            let once = request["once"].map { $0 + key }
            let change = try await body(client.once(once), parameter("case"))
            var query = [("said", said)]
            if let drafts { query.append(("sent", "\(change.short)/\(drafts)")) }
            return .goOn(to: RecourseClient.address("/my/cases/\(change.short)", query))
        } catch let problem as Problem where problem.status < 500 && problem.status != 401 && problem.status != 404 {
            let typed = request.form.mapValues { $0.last ?? "" }
            return try await myCase(failure: MyCasePage.Failure(form: form, problem: problem, typed: typed), status: problem.status)
        }
    }

    /// A file, or what was typed in its place.
    fileprivate func giveExhibit() async throws -> PageReply {
        let (type, request) = (self.request["type"] ?? "", self.request["request"] ?? "")
        return try await act("exhibit-\(request)-\(type)", said: "p_uploaded", drafts: "exhibit-\(type)") { client, named in
            guard let code = EvidenceCode(type) else { throw Problem(.malformed, "say what it is evidence of") }
            let file = try exhibit()
            let pieces = AsyncThrowingStream<[UInt8], any Error> {
                $0.yield(file.bytes)
                $0.finish()
            }
            return try await client.submitExhibit(
                named, Upload(pieces: pieces, bytes: Int64(file.bytes.count)), mediaType: file.mediaType, type: code, name: file.name,
                request: RequestID(request))
        }
    }

    private func exhibit() throws(Problem) -> Multipart.File {
        if let file = request.files["file"] {
            guard !file.bytes.isEmpty else { throw Problem(.refused, phrases("p_file_empty")) }
            return file
        }
        guard let text = request["text"] else { throw Problem(.refused, phrases("p_file_none")) }
        return Multipart.File(name: "typed.txt", mediaType: "text/plain", bytes: Array(text.utf8))
    }
}
