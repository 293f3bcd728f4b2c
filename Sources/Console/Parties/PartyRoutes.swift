import RecourseClient
import Wire

extension Route {
    /// The pages of buyers, sellers and merchants. They may do what the desk's operations let a party do, and nothing else.
    static let parties: [Route] = comingIn + ownCases + acting + filing + afterwards + merchants + languages

    private static let ownCases: [Route] = [
        Route(.get, "/my", for: .party) { visit in try await visit.myCases() },
        Route(.get, "/my/cases/{case}", for: .party) { visit in try await visit.myCase() },
        Route(.get, "/my/cases/{case}/offer", for: .party) { visit in try await visit.offerPage() },
    ]

    private static let filing: [Route] = [
        Route(.get, "/my/file", for: .party) { visit in try await visit.file(at: .order) },
        Route(.post, "/my/file", for: .party) { visit in try await visit.fileOn() },
    ]
}
