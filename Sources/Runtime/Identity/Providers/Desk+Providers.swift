import Chronicle
import Disputes
import EventStorage

extension Desk {
    /// Takes a provider's word from now on, or takes it in another way. Which people its word is about stays: another issuer, client or claim is
    /// another provider, and has to be another name or come after the old one was dropped.
    /// - Parameter secret: what the provider gave this desk to prove itself with; sealed here and shown to nobody. `nil` keeps what there was.
    public func trust(_ provider: IdentityProvider, secret: String?, by requester: Requester) async throws {
        let kept = try await keptProvider(provider.name)
        guard kept?.provider.knowsPeople(as: provider) ?? true else { throw ProviderRefusal.isAnother(provider.name) }
        var sealed = kept?.secret
        if let secret {
            guard 1...500 ~= secret.utf8.count, secret.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else { throw ProviderRefusal.notASecret }
            let box = try await sealer.seal(secret, for: provider.name.stream, context: "client-secret")
            sealed = String(decoding: try LedgerJSON.encode(box), as: UTF8.self)
        }
        let event = ProviderEvent.trusted(
            ProviderTrusted(
                issuer: provider.issuer.text, client: provider.clientID, subjectClaim: provider.subjectClaim, emailDomains: provider.emailDomains,
                secondFactor: provider.vouchesForSecondFactor))
        let row = RowChange.put(
            IdentityTables.providers,
            [
                .text(provider.name.text), .text(provider.issuer.text), .text(provider.clientID), .text(sealed), .text(provider.subjectClaim),
                .text(provider.emailDomains.joined(separator: " ")), .integer(provider.vouchesForSecondFactor ? 1 : 0),
            ])
        try await record(event, of: provider.name, [row], requester)
    }

    /// Takes a provider's word no more: nobody is bound to it any longer, and whoever it may have let in has to come in anew.
    public func dropProvider(_ name: ProviderName, because reason: String, by requester: Requester) async throws {
        _ = try await provider(name)
        let bindings = try await rows(IdentityTables.bindings, where: "provider", is: name.text)
        let rows = bindings.map { RowChange.delete(IdentityTables.bindings, key: [$0[0], $0[1]]) }
        let dropped = RowChange.delete(IdentityTables.providers, key: [.text(name.text)])
        try await record(.dropped(ProviderDropped(reason: reason)), of: name, rows + [dropped], requester)
        for handle in Set(bindings.compactMap { $0[2].text }) { try await signOutEverywhere(.staff(handle: handle)) }
    }

    /// Every provider there is, by name, and whether it has a secret of this desk.
    public func providers() async throws(DeskError) -> [(provider: IdentityProvider, hasSecret: Bool)] {
        do {
            let page = try await store.rows(RowQuery(IdentityTables.providers, order: [.init("name")], limit: 1_000))
            return page.rows.compactMap(Desk.provider).map { ($0.provider, $0.secret != nil) }
        } catch {
            throw .store(error)
        }
    }

    public func provider(_ name: ProviderName) async throws -> IdentityProvider {
        guard let kept = try await keptProvider(name) else { throw ProviderRefusal.unknown(name.text) }
        return kept.provider
    }

    /// What the provider gave this desk to prove itself with.
    package func clientSecret(of name: ProviderName) async throws -> String? {
        guard let sealed = try await keptProvider(name)?.secret else { return nil }
        let box = try LedgerJSON.decode(Sealed.self, from: Array(sealed.utf8))
        return try await sealer.open(box, context: "client-secret").content
    }

    /// Lets a member of staff in on the provider's word for this one account of theirs there; for any other no longer.
    /// - Parameter subject: what the provider's claim will say. It tells a person from all others, so only its hash is kept, and no event has it.
    public func bind(_ handle: String, to name: ProviderName, subject: String, by requester: Requester) async throws {
        _ = try await staff(handle)
        let provider = try await provider(name)
        guard 1...255 ~= subject.count, !subject.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw ProviderRefusal.notASubject
        }
        let digest = Desk.digest(of: subject, at: provider)
        let holder = try await rows(IdentityTables.bindings, where: "subject_sha256", is: digest).first { $0[0].text == name.text }?[2].text
        guard holder == nil || holder == handle else { throw ProviderRefusal.boundToAnother }
        let others = try await bindings(of: handle).filter { $0[0].text == name.text && $0[1].text != digest }
        let rows = others.map { RowChange.delete(IdentityTables.bindings, key: [$0[0], $0[1]]) }
        let bound = RowChange.put(IdentityTables.bindings, [.text(name.text), .text(digest), .text(handle)])
        try await record(.bound(AccountBound(handle: handle)), of: name, rows + [bound], requester)
        if !others.isEmpty { try await signOutEverywhere(.staff(handle: handle)) }
    }

    /// Lets a member of staff in on the provider's word no more, and ends what they are signed in with.
    public func unbind(_ handle: String, from name: ProviderName, by requester: Requester) async throws {
        _ = try await provider(name)
        let bindings = try await bindings(of: handle).filter { $0[0].text == name.text }
        guard !bindings.isEmpty else { throw ProviderRefusal.notBound(handle: handle, name) }
        let rows = bindings.map { RowChange.delete(IdentityTables.bindings, key: [$0[0], $0[1]]) }
        try await record(.unbound(AccountUnbound(handle: handle)), of: name, rows, requester)
        try await signOutEverywhere(.staff(handle: handle))
    }

    /// Who may come in on each provider's word.
    public func boundHandles(of name: ProviderName) async throws -> [String] {
        try await rows(IdentityTables.bindings, where: "provider", is: name.text).compactMap { $0[2].text }.sorted()
    }

    /// Whom the provider means by this; whether they are still on staff is asked where they are let in.
    func handle(of subject: String, at provider: IdentityProvider) async throws -> String? {
        let digest = Desk.digest(of: subject, at: provider)
        return try await rows(IdentityTables.bindings, where: "subject_sha256", is: digest).first { $0[0].text == provider.name.text }?[2].text
    }

    // MARK: Underneath

    private static func digest(of subject: String, at provider: IdentityProvider) -> String {
        Digest(hashing: Array("\(provider.issuer.text)\n\(provider.subjectClaim)\n\(subject)".utf8)).description
    }

    private func bindings(of handle: String) async throws -> [[RowValue]] { try await rows(IdentityTables.bindings, where: "handle", is: handle) }

    private func rows(_ table: RowTable, where column: String, is text: String) async throws -> [[RowValue]] {
        try await store.rows(RowQuery(table, where: [.compare(column, .equal, .text(text))], limit: 10_000)).rows
    }

    private func keptProvider(_ name: ProviderName) async throws -> (provider: IdentityProvider, secret: String?)? {
        try await rows(IdentityTables.providers, where: "name", is: name.text).first.flatMap(Desk.provider)
    }

    private static func provider(_ row: [RowValue]) -> (provider: IdentityProvider, secret: String?)? {
        guard let name = row[0].text.flatMap(ProviderName.init), let issuer = row[1].text.flatMap(WebAddress.init), let client = row[2].text,
            let claim = row[4].text, let domains = row[5].text,
            let provider = try? IdentityProvider(
                name: name, issuer: issuer, clientID: client, subjectClaim: claim, emailDomains: domains.split(separator: " ").map(String.init),
                vouchesForSecondFactor: row[6].integer == 1)
        else { return nil }
        return (provider, row[3].text)
    }

    private func record(_ event: ProviderEvent, of name: ProviderName, _ rows: [RowChange], _ requester: Requester) async throws(DeskError) {
        try await write(event.type, { try event.payload() }, of: name.stream, expecting: .any, rows: rows, by: requester.actor)
    }
}
