import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Runtime
import Timekeeping
import Wire

struct RequestEvidence: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Ask a party for evidence, by the pack's deadline.",
        discussion: "Example: recourse case request P2P-1001 --of seller --types EV-BSTMT --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The party.", valueName: "party")) var of: String
    @Option(name: .long, help: ArgumentHelp("Codes of evidence, separated by commas.", valueName: "codes")) var types: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        let codes: [EvidenceCode] = try types.split(separator: ",").map { try Typed.code(String($0)) }
        return try await desk.client.requestEvidence(act.named, EvidenceRequestBody(of: of, types: codes))
    }
}

extension Connection {
    /// The request meant: the one named, or the only open one.
    /// - Parameter asOwn: of those put to whoever acts.
    fileprivate func request(_ typed: String?, of named: String, asOwn: Bool = false) async throws -> RequestID {
        if let typed, let id = RequestID(typed) { return id }
        let detail = try await client.showCase(named)
        if let typed {
            let found = detail.requests.filter { $0.id.crockford.hasSuffix(typed.uppercased()) }
            guard found.count == 1 else { throw Failure("“\(typed)” does not name one request of this case") }
            return found[0].id
        }
        let side = asOwn ? try await reader(of: detail)?.side : nil
        let open = detail.requests.filter { $0.ending == nil && (side == nil || $0.side == side) }
        guard open.count == 1 else {
            throw Failure(
                open.isEmpty
                    ? "nothing that was asked is outstanding"
                    : "name the request with --request: " + open.map { String($0.id.crockford.suffix(8)) }.joined(separator: ", "))
        }
        return open[0].id
    }
}

struct WaiveRequest: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Do without evidence that was asked for.",
        discussion: "Example: recourse case waive P2P-1001 --because \"the bank's letter says enough\" --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The request; needed when several are open.", valueName: "request")) var request: String?
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.waiveRequest(act.named, try await desk.request(request, of: act.named), BecauseBody(because: because))
    }
}

struct AnswerRequest: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "Answer a request for evidence in words.",
        discussion: "Example: recourse case reply P2P-1001 --statement \"My bank gives no statement before Monday.\" --as account:omar")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The request; needed when several are open.", valueName: "request")) var request: String?
    @Option(name: .long, help: ArgumentHelp("The answer.", valueName: "text")) var statement: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.answerRequest(act.named, try await desk.request(request, of: act.named, asOwn: true), StatementBody(statement: statement))
    }
}

struct GiveNotice: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Tell a party what happens if it stays silent.",
        discussion: "Two of these, apart as the pack says, allow a ruling by default.\n\nExample: recourse case notice P2P-1001 --to seller --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The party.", valueName: "party")) var to: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.giveNotice(act.named, NoticeBody(to: to)) }
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

    func perform(_ desk: Connection) async throws -> CaseChange {
        let declared = try declaredType()
        let chunks = try FileChunks(path: file)
        let bytes = WholeFile.bytes(below: file)
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let meant = if let request { try await desk.request(request, of: act.named) } else { RequestID?.none }
        guard desk.store == nil, bytes > SubmitExhibit.atOnceBytesMax else {
            let upload = Upload(pieces: chunks, bytes: bytes)
            return try await desk.client.submitExhibit(
                act.named, upload, mediaType: declared.rawValue, type: type, name: name, request: meant, side: side)
        }
        let body = UploadBody(type: type, mediaType: declared.rawValue, bytes: bytes, request: meant, side: side, name: name)
        return try await desk.sendInParts(file, body, to: act.named)
    }

    /// What is longer goes to a server in parts, so that a line that breaks costs one of them.
    private static let atOnceBytesMax: Int64 = 8 << 20

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

struct ViewExhibit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view", abstract: "Look at an exhibit: the reason is recorded, the file is written where you say.",
        discussion: "Example: recourse case view P2P-1001 exh_01JD… --because \"name match\" --out /tmp/statement.pdf --as amir")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The exhibit.", valueName: "exhibit")) var exhibit: String
    @Option(name: .long, help: ArgumentHelp("Why it must be seen.", valueName: "text")) var because: String
    @Option(name: .long, help: ArgumentHelp("Where to write it.", valueName: "file")) var out: String

    mutating func run() async throws {
        let me = self
        try await Connection.use(act.shared) { desk in
            try desk.demandActor()
            let detail = try await desk.client.showCase(me.act.named)
            let found = detail.exhibits.filter { $0.id.description == me.exhibit || $0.id.crockford.hasSuffix(me.exhibit.uppercased()) }
            guard found.count == 1 else { throw Failure("“\(me.exhibit)” does not name one exhibit of this case") }
            // The look is on record before anything is seen.
            let pass = try await desk.client.viewExhibit(me.act.named, found[0].id, BecauseBody(because: me.because))
            var bytes: [UInt8] = []
            for try await piece in try await desk.client.readExhibit(pass).pieces { bytes += piece }
            try WholeFile.write(bytes, to: me.out, permissions: 0o600)
            if me.act.shared.json {
                print(JSON.object([("exhibit", .text(found[0].id.description)), ("file", .text(me.out)), ("bytes", .integer(bytes.count))]).line)
            } else {
                print("\(me.out): \(bytes.count) bytes; that you looked, and why, is on record")
            }
        }
    }
}
