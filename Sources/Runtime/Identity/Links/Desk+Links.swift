import Chronicle
import Disputes
import EventStorage

extension Desk {
    /// Shortest and longest a link may be good for, and how long it is unless somebody says otherwise.
    public static let linkLasts = (min: Span.minutes(1), max: Span.hours(24), usual: Span.minutes(15))

    /// Makes a link for a party of a case, to be sent to them by whoever asked. Those made before for the same party and case are void.
    /// - Parameter next: where the party goes on to.
    public func makeLink(
        for party: PartyID, in id: CaseID, lasting span: Span, next: LocalPath, by requester: Requester
    ) async throws -> (token: LinkToken, expires: Instant) {
        for _ in 0..<Desk.retriesMax {
            if let made = try await tryToMakeLink(for: party, in: id, lasting: span, next: next, by: requester) { return made }
        }
        throw DeskError.tooBusy(id)
    }

    /// `nil` where another was made or used at the same time.
    private func tryToMakeLink(
        for party: PartyID, in id: CaseID, lasting span: Span, next: LocalPath, by requester: Requester
    ) async throws -> (token: LinkToken, expires: Instant)? {
        let stream = try Desk.links(of: party, id)
        let now = surroundings.now()
        let token = LinkToken(id: LinkID(at: now, randomness: surroundings.random()), secret: surroundings.salt() + surroundings.salt())
        let (version, expires) = (try await version(of: stream), now + span)
        let void = try await store.rows(
            RowQuery(
                IdentityTables.links,
                where: [.compare("case_id", .equal, .text(id.description)), .compare("party", .equal, .text(party.description))], limit: 100))
        let old = try await store.rows(RowQuery(IdentityTables.links, where: [.compare("expires", .less, .integer(now.milliseconds))], limit: 100))
        let row = RowChange.put(
            IdentityTables.links,
            [
                .text(token.id.description), .text(token.digest), .text(id.description), .text(party.description), .integer(Int64(version + 1)),
                .integer(expires.milliseconds), .text(next.text),
            ])
        let event = LinkEvent.made(LinkMade(link: token.id, case: id, party: party, expires: expires))
        do {
            try await write(
                event.type, { try event.payload() }, of: stream, expecting: version == 0 ? .none : .exactly(version),
                rows: (void.rows + old.rows).map { .delete(IdentityTables.links, key: [$0[0]]) } + [row], by: requester.actor)
        } catch {
            guard case .store(.conflict) = error else { throw error }
            return nil
        }
        return (token, expires)
    }

    /// Lets in the party a link was made for, once. A link that was used, that ran out, that another took the place of, or that never was, is
    /// `.wrong`, and is found to be by the same steps.
    public func enter(by token: LinkToken) async throws -> (token: SessionToken, session: Session, next: LocalPath) {
        let now = surroundings.now()
        let series = "link:\(token.id)"
        if let wait = attempts.wait(for: series, at: now) { throw SignInError.throttled(wait) }
        let page = try await store.rows(RowQuery(IdentityTables.links, where: [.compare("id", .equal, .text(token.id.description))], limit: 1))
        let kept = page.rows.first.flatMap(Desk.keptLink)
        let fits = equalInConstantTime(kept?.digest ?? Desk.digestOfNoLink, token.digest)
        guard fits, let kept, now < kept.expires else {
            // Only guesses at a link that is there: names made up by the million must not fill the memory.
            if kept != nil { attempts.failed(series, at: now) }
            throw SignInError.wrong
        }
        let (session, opened) = open(.guest(kept.party, case: kept.dispute), strong: false, at: now, until: now + Session.guestLengthMax)
        do {
            // Two who show it at once, and one who shows it while another is made, are told apart by the log: only one writes after this version.
            try await record(
                .signedIn(SignedIn(by: "link")), of: try Desk.links(of: kept.party, kept.dispute), by: .party(kept.party), expecting: .exactly(kept.version),
                rows: [.delete(IdentityTables.links, key: [.text(token.id.description)]), try row(opened, session)])
        } catch DeskError.store(.conflict) {
            attempts.failed(series, at: now)
            throw SignInError.wrong
        }
        attempts.succeeded(series)
        return (session, opened, kept.next)
    }

    // MARK: Underneath

    private static let digestOfNoLink = Digest(hashing: []).description

    private struct KeptLink {
        let digest: String
        let dispute: CaseID
        let party: PartyID
        let version: Int
        let expires: Instant
        let next: LocalPath
    }

    private static func keptLink(_ row: [RowValue]) -> KeptLink? {
        guard let digest = row[1].text, let dispute = row[2].text.flatMap(CaseID.init), let party = row[3].text.flatMap(PartyID.init),
            let version = row[4].integer, let expires = row[5].integer, let next = row[6].text.flatMap(LocalPath.init)
        else { return nil }
        return KeptLink(
            digest: digest, dispute: dispute, party: party, version: Int(version), expires: Instant(milliseconds: expires), next: next)
    }

    /// All that happens to the links of one party to one case has one order.
    private static func links(of party: PartyID, _ id: CaseID) throws(DeskError) -> StreamID {
        let digest = Digest(hashing: Array("\(id)\n\(party)".utf8)).description
        guard let stream = StreamID("links:" + digest.prefix(32)) else { throw .unknownCase(id.description) }
        return stream
    }

    private func version(of stream: StreamID) async throws -> Int {
        var version = 0
        while true {
            let page = try await store.read(stream, after: version, limit: Desk.pageEvents)
            version = page.last?.envelope.version ?? version
            if page.count < Desk.pageEvents { return version }
        }
    }
}
