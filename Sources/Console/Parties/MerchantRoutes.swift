import Wire

extension Route {
    /// What whoever has many cases needs besides: several answers in one go, how they stand, keys for their own systems.
    static let merchants: [Route] = [
        Route(.get, "/my/standing", for: .party) { visit in
            try visit.render(StandingPage(standing: try await visit.client.showMyStanding()), nav: ["in": true])
        },
        Route(.get, "/my/answers", for: .party) { visit in try await visit.answersPage() },
        Route(.post, "/my/answers", for: .party) { visit in try await visit.answerAll() },
        Route(.get, "/my/keys", for: .party) { visit in try await visit.keysPage() },
        Route(.post, "/my/keys", for: .party) { visit in try await visit.makeKey() },
        Route(.post, "/my/keys/{key}", for: .party) { visit in
            _ = try await visit.client.revokeMyKey(visit.parameter("key"))
            return .goOn(to: "/my/keys?said=p_key_taken")
        },
    ]
}
