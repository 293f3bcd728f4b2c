import Chronicle
import Runtime
import Wire

extension Operation {
    /// Whose word is taken for who staff are, and for whom; and a code where that word was not enough.
    static let providers: [Operation] = [
        Operation("list-providers", .get, "/v1/providers", for: [.machine(.administer)]) { visit in
            let desk = visit.counter.desk
            var views: [ProviderView] = []
            for (provider, hasSecret) in try await desk.providers() { views.append(try await visit.view(provider, hasSecret: hasSecret)) }
            let asOf = try await desk.store.head().sequence
            return try .of(ProviderList(providers: views, asOf: asOf), asOf: asOf)
        },
        Operation("trust-provider", .put, "/v1/providers/{provider}", for: [.machine(.administer)], bringing: .json) { visit in
            let body = try visit.arrival.read(ProviderBody.self)
            let named = try visit.arrival.parameter("provider")
            guard let name = ProviderName(named) else { throw ProviderRefusal.notAName(named) }
            guard let issuer = WebAddress(body.issuer) else { throw ProviderRefusal.notAnIssuer(body.issuer) }
            let provider = try IdentityProvider(
                name: name, issuer: issuer, clientID: body.clientID, subjectClaim: body.subjectClaim ?? "sub", emailDomains: body.emailDomains ?? [],
                vouchesForSecondFactor: body.secondFactor ?? false)
            try await visit.counter.desk.trust(provider, secret: body.clientSecret, by: visit.who.requester)
            return try await visit.answer(name)
        },
        Operation("drop-provider", .delete, "/v1/providers/{provider}", for: [.machine(.administer)]) { visit in
            let name = try visit.provider()
            let answer = try await visit.answer(name)
            try await visit.counter.desk.dropProvider(name, because: visit.arrival.query["because"] ?? "taken back", by: visit.who.requester)
            return answer
        },
        Operation("bind-account", .put, "/v1/users/{handle}/providers/{provider}", for: [.machine(.administer)], bringing: .json) { visit in
            let body = try visit.arrival.read(BindingBody.self)
            let (handle, name) = (try visit.arrival.parameter("handle"), try visit.provider())
            try await visit.counter.desk.bind(handle, to: name, subject: body.subject, by: visit.who.requester)
            return try await visit.answer(name)
        },
        Operation("unbind-account", .delete, "/v1/users/{handle}/providers/{provider}", for: [.machine(.administer)]) { visit in
            let (handle, name) = (try visit.arrival.parameter("handle"), try visit.provider())
            try await visit.counter.desk.unbind(handle, from: name, by: visit.who.requester)
            return try await visit.answer(name)
        },
        Operation("show-code", .post, "/v1/me/second-factor", for: [.staff], bringing: .json) { visit in
            let body = try visit.arrival.read(CodeBody.self)
            guard let token = visit.arrival.session else { throw Problem(.notPermitted, "this is for members of staff with a session; a key needs no code") }
            do {
                let (strong, session) = try await visit.counter.desk.showCode(body.code, in: token)
                return try Entrance.answer(strong, session)
            } catch let error as SignInError { throw Problem(error) }
        },
    ]
}

extension Visit<Caller> {
    /// The provider the path names.
    fileprivate func provider() throws -> ProviderName {
        let text = try arrival.parameter("provider")
        guard let name = ProviderName(text) else { throw ProviderRefusal.unknown(text) }
        return name
    }

    fileprivate func answer(_ name: ProviderName) async throws -> Answer {
        guard let (provider, hasSecret) = try await counter.desk.providers().first(where: { $0.provider.name == name }) else {
            throw ProviderRefusal.unknown(name.text)
        }
        return try .of(try await view(provider, hasSecret: hasSecret), asOf: try await counter.desk.store.head().sequence)
    }

    fileprivate func view(_ provider: IdentityProvider, hasSecret: Bool) async throws -> ProviderView {
        ProviderView(
            name: provider.name.text, issuer: provider.issuer.text, clientID: provider.clientID, hasSecret: hasSecret, subjectClaim: provider.subjectClaim,
            emailDomains: provider.emailDomains, secondFactor: provider.vouchesForSecondFactor,
            redirectURI: counter.providers.redirectURI(of: provider.name), handles: try await counter.desk.boundHandles(of: provider.name))
    }
}
