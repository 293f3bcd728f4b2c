import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

struct RequestEvidence: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Ask a party for evidence, by the pack's deadline.",
        discussion: "Example: recourse case request P2P-1001 --of seller --types EV-BSTMT --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The party.", valueName: "party")) var of: String
    @Option(name: .long, help: ArgumentHelp("Codes of evidence, separated by commas.", valueName: "codes")) var types: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        let codes: [EvidenceCode] = try types.split(separator: ",").map { try Typed.code(String($0)) }
        return [.requestEvidence(of: try desk.party(of, in: dispute).id, types: codes)]
    }
}

/// The request meant: the one named, or the only one open.
private func request(_ typed: String?, on dispute: Case, of side: Side? = nil) throws(Failure) -> RequestID {
    if let typed {
        if let id = RequestID(typed) { return id }
        let found = dispute.requests.filter { $0.id.crockford.hasSuffix(typed.uppercased()) }
        guard found.count == 1 else { throw Failure("“\(typed)” does not name one request of this case") }
        return found[0].id
    }
    let open = dispute.openRequests.filter { side == nil || $0.side == side }
    guard open.count == 1 else {
        throw Failure(
            open.isEmpty
                ? "nothing that was asked is outstanding"
                : "name the request with --request: " + open.map { String($0.id.crockford.suffix(8)) }.joined(separator: ", "))
    }
    return open[0].id
}

struct WaiveRequest: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Do without evidence that was asked for.",
        discussion: "Example: recourse case waive P2P-1001 --because \"the bank's letter says enough\" --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The request; needed when several are open.", valueName: "request")) var request: String?
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        [.waiveRequest(try recourse.request(request, on: dispute), reason: because)]
    }
}

struct AnswerRequest: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "Answer a request for evidence in words.",
        discussion: "Example: recourse case reply P2P-1001 --statement \"My bank gives no statement before Monday.\" --as account:omar")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The request; needed when several are open.", valueName: "request")) var request: String?
    @Option(name: .long, help: ArgumentHelp("The answer.", valueName: "text")) var statement: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        var side: Side?
        if case .party(let id) = try await desk.requester() { side = dispute.party(id)?.side }
        return [.answerRequest(try recourse.request(request, on: dispute, of: side), statement: try await desk.seal(statement, in: dispute))]
    }
}

struct GiveNotice: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Tell a party what happens if it stays silent.",
        discussion: "Two of these, apart as the pack says, allow a ruling by default.\n\nExample: recourse case notice P2P-1001 --to seller --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The party.", valueName: "party")) var to: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.giveNotice(to: try desk.party(to, in: dispute).id)] }
}

struct SubmitExhibit: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "exhibit", abstract: "Put a file on the case as evidence.",
        discussion: """
            The file goes into the vault under its SHA-256; its content must be what its type says.

            Example: recourse case exhibit P2P-1001 payment.mp4 --type EV-VIDEO --as account:maria
            """)
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The file.", valueName: "file")) var file: String
    @Option(name: .long, help: ArgumentHelp("What it is evidence of: a code of the pack.", valueName: "code")) var type: EvidenceCode
    @Option(name: .customLong("media-type"), help: ArgumentHelp("What kind of file it is; by default what its name says.", valueName: "type"))
    var mediaType: String?
    @Option(name: .long, help: ArgumentHelp("The request it answers.", valueName: "request")) var request: String?
    @Option(name: .long, help: ArgumentHelp("For staff and systems: the party it speaks for.", valueName: "party")) var side: String?

    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        let declared = try declaredType()
        let limits = try await desk.policy(of: dispute).limits
        let stored = try await desk.desk.vault.accept(
            try FileChunks(path: file), declared: declared, within: Allowance(fileBytesMax: limits.exhibitBytesMax))
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return [
            .submitExhibit(
                .init(
                    type: type, sha256: stored.sha256, bytes: stored.sizeBytes, mediaType: stored.sniffed.rawValue,
                    request: try request.map { try recourse.request($0, on: dispute) }, method: "upload",
                    fileName: try await desk.seal(name, in: dispute), side: try side.map { try desk.side($0, in: dispute) }))
        ]
    }

    private static let byEnding: [String: MediaType] = [
        "png": .png, "jpg": .jpeg, "jpeg": .jpeg, "gif": .gif, "webp": .webP, "heic": .heic, "pdf": .pdf, "mp4": .mp4, "mov": .quickTime,
        "webm": .webM, "mp3": .mp3, "m4a": .m4a, "wav": .wav, "txt": .plainText, "eml": .email,
    ]

    private func declaredType() throws(Failure) -> MediaType {
        if let mediaType {
            guard let type = MediaType(declared: mediaType) else { throw Failure("the vault takes no files of type “\(mediaType)”") }
            return type
        }
        let ending = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let type = SubmitExhibit.byEnding[ending] else {
            throw Failure("the name “\(file)” does not say what kind of file it is; say it with --media-type")
        }
        return type
    }
}

struct ViewExhibit: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "view", abstract: "Look at a sensitive exhibit: the reason is recorded, the file is written where you say.",
        discussion: "Example: recourse case view P2P-1001 exh_01JD… --because \"name match\" --out /tmp/statement.pdf --as amir")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The exhibit.", valueName: "exhibit")) var exhibit: String
    @Option(name: .long, help: ArgumentHelp("Why it must be seen.", valueName: "text")) var because: String
    @Option(name: .long, help: ArgumentHelp("Where to write it.", valueName: "file")) var out: String

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(act.shared) { desk in
            let dispute = try await desk.dispute(me.act.named)
            let found = dispute.exhibits.filter { $0.id.description == me.exhibit || $0.id.crockford.hasSuffix(me.exhibit.uppercased()) }
            guard found.count == 1 else { throw Failure("“\(me.exhibit)” does not name one exhibit of this case") }
            let exhibit = found[0]
            // The look is on record before anything is seen.
            try await desk.carryOut([.viewSensitive(exhibit.id, purpose: me.because)], on: dispute.id)
            var bytes: [UInt8] = []
            for try await chunk in try desk.desk.vault.read(exhibit.sha256) { bytes += chunk }
            try WholeFile.write(bytes, to: me.out, permissions: 0o600)
        }
    }

    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [] }
}
