import Chronicle
import Disputes

extension Dossier {
    /// What is wrong with a file, and where: everything that was found, not the first thing.
    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        public enum Part: Hashable, Sendable {
            /// It cannot be read, or is not written the one way it is written.
            case file
            case key
            /// The log's signature over its size and root.
            case treeHead
            /// What the desk said this file holds.
            case statement
            /// Whose it is, of which case, and when it was taken.
            case head(String)
            case section(String)
            case event(sequence: Int64, type: String)
            /// The list as a whole: something was added, left out or moved.
            case events
        }
        public let part: Part
        public let why: String

        public var description: String { "\(part): \(why)" }
    }

    /// What a file that holds proves.
    public struct Proven: Sendable {
        public let checkpoint: Checkpoint
        public let key: VerifierKey
        public let events: [VerifiedEvent]
    }

    /// Reads a file. Throws the fault that it is not one.
    public init(parsing bytes: [UInt8]) throws(DossierFaults) {
        let file: Dossier
        do {
            file = try Dossier(json: bytes)
        } catch {
            throw DossierFaults([Fault(part: .file, why: "it cannot be read as a case file: \(error)")])
        }
        guard file.format == Dossier.format else { throw DossierFaults([Fault(part: .file, why: "its format is “\(file.format)”")]) }
        self = file
        // Told only where nothing else says where it is: what was changed inside is named by its own check.
        guard (try? json()) != bytes else { return }
        var faults = check().faults
        if faults.isEmpty { faults = [Fault(part: .file, why: "it is not written in the one way case files are written")] }
        throw DossierFaults(faults)
    }

    /// Checks every part with nothing but the file. With `trusted`, also that it was signed with that key.
    public func check(trusting trusted: VerifierKey? = nil) -> (proven: Proven?, faults: [Fault]) {
        let key: VerifierKey
        do { key = try VerifierKey(parsing: self.key) } catch { return (nil, [Fault(part: .key, why: "\(error)")]) }
        var faults: [Fault] = []
        if let trusted, trusted != key { faults.append(Fault(part: .key, why: "the file was signed with the key \(key), which is not the one you trust")) }
        let head = treeHead(key, &faults)
        let proven = events.compactMap { prove($0, under: head, &faults) }
        checkStatement(key, &faults)
        guard faults.isEmpty, let head else { return (nil, faults) }
        return (Proven(checkpoint: head, key: key, events: proven), [])
    }

    private func treeHead(_ key: VerifierKey, _ faults: inout [Fault]) -> Checkpoint? {
        do {
            let note = try Dossier.signedBy(key, checkpoint)
            let head = try Checkpoint(parsing: note)
            guard head.origin == key.name else { throw ProofError.otherLog(origin: head.origin, key: key.name) }
            return head
        } catch {
            faults.append(Fault(part: .treeHead, why: "\(error)"))
            return nil
        }
    }

    private static func signedBy(_ key: VerifierKey, _ note: String) throws(NoteError) -> String {
        let note = try SignedNote(parsing: note)
        // Signatures nobody checks could be changed unseen.
        guard note.signatures.count == 1 else { throw .tooManySignatures(note.signatures.count) }
        try note.verify(by: [key])
        return note.text
    }

    private func prove(_ event: Happening, under head: Checkpoint?, _ faults: inout [Fault]) -> VerifiedEvent? {
        // A tree head that does not hold proves nothing, and says so once.
        guard let head else { return nil }
        let part = Fault.Part.event(sequence: event.sequence, type: event.type)
        do throws(ProofError) {
            let bundle = try event.bundle(of: dispute, checkpoint: checkpoint, key: key)
            return try bundle.verify(at: head)
        } catch {
            faults.append(Fault(part: part, why: "\(error)"))
            return nil
        }
    }

    /// The signed statement against what the file holds, line by line.
    private func checkStatement(_ key: VerifierKey, _ faults: inout [Fault]) {
        let signed: String
        let here: String
        do {
            signed = try Dossier.signedBy(key, statement)
            here = try Dossier.statement(dispute, party, taken, checkpoint: checkpoint, sections, events)
        } catch {
            return faults.append(Fault(part: .statement, why: "\(error)"))
        }
        guard signed != here else { return }
        let (said, found) = (Dossier.lines(signed), Dossier.lines(here))
        let named = Set(faults.map(\.part))
        for name in Set(said.keys).union(found.keys).sorted() where said[name] != found[name] {
            let part = Dossier.part(name)
            let why =
                if said[name] == nil { "it was added after the file was signed" } else if found[name] == nil {
                    "it was taken out after the file was signed"
                } else {
                    "it is not what the desk signed"
                }
            // An event that was found to be changed explains why the list is another.
            let isExplained =
                part == .events && named.contains { if case .event = $0 { true } else { false } } || part == .treeHead && named.contains(.treeHead)
            if !isExplained { faults.append(Fault(part: part, why: why)) }
        }
        if faults.isEmpty { faults.append(Fault(part: .statement, why: "it is not what the desk signs")) }
    }

    /// By what each line is about.
    private static func lines(_ text: String) -> [String: String] {
        var lines: [String: String] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let words = line.split(separator: " ", maxSplits: line.hasPrefix("section ") ? 2 : 1).map(String.init)
            lines[words.dropLast().joined(separator: " ")] = words.last
        }
        return lines
    }

    private static func part(_ line: String) -> Fault.Part {
        if line.hasPrefix("section ") { return .section(String(line.dropFirst("section ".count))) }
        return switch line {
        case "events": .events
        case "checkpoint": .treeHead
        case "case", "party", "taken": .head(line)
        default: .statement
        }
    }
}

/// Why a file is not what it says.
public struct DossierFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public let faults: [Dossier.Fault]

    public init(_ faults: [Dossier.Fault]) { self.faults = faults }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension Dossier.Fault.Part: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file: "the file"
        case .key: "the key"
        case .treeHead: "the log's signed tree head"
        case .statement: "the desk's signed statement"
        case .head("case"): "the case's name"
        case .head("party"): "whose file it is"
        case .head: "when it was taken"
        case .section(let name): "the section “\(name)”"
        case .event(let sequence, let type): "event \(sequence) (\(type))"
        case .events: "the list of events"
        }
    }
}

extension Dossier.Happening {
    /// The event as a proof of its own.
    func bundle(of dispute: CaseID, checkpoint: String, key: String) throws(ProofError) -> ProofBundle {
        guard let type = EventType(description: type) else { throw .unreadable("“\(self.type)” is not a type of event") }
        var hashes: [Digest] = []
        for step in path {
            guard let hash = Base64.decode(step).flatMap({ Digest(bytes: $0) }) else { throw .unreadable("“\(step)” is not a hash") }
            hashes.append(hash)
        }
        let envelope = Envelope(
            stream: StreamID(dispute), version: version, sequence: sequence, occurred: occurred, recorded: recorded, actor: actor, policy: policy,
            causation: causation, correlation: correlation)
        return ProofBundle(
            envelope: envelope, type: type, commitment: commitment, body: try body(), path: hashes, checkpoint: checkpoint, key: key)
    }

    private func body() throws(ProofError) -> ProofBundle.Body? {
        guard let salt, let payload else {
            guard salt == nil, payload == nil else { throw .saltAlone }
            return nil
        }
        guard let salt = Base64.decode(salt), let payload = Base64.decode(payload) else { throw .unreadable("the body is not base 64") }
        return ProofBundle.Body(salt: salt, payload: payload)
    }
}
