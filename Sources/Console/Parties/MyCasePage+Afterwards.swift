import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// What a party may do besides the case itself: claim something in return, take the case home, and, once it is over, say how it was.
extension MyCasePage {
    func afterwards(_ visit: Visit) -> Fields {
        let subject = subject
        let order = subject.detail.order?.reference ?? ""
        let mayCounter = subject.me.side == .other && !subject.isClosed && subject.allows(.counterclaim)
        return [
            "rate": subject.detail.mayRate == true ? .group(["href": .text("\(subject.address)/how-it-was")]) : .none,
            "new_counter": mayCounter
                ? .group(["href": .text("\(subject.address)/counterclaim"), "text": .text(visit.phrases("p_counter_invite", order))]) : .none,
            "take": .group(["action": .text("\(subject.address)/file"), "short": .text(subject.summary.short)]),
        ]
    }
}

extension Route {
    static let afterwards: [Route] = [
        Route(.get, "/my/cases/{case}/how-it-was", for: .party) { visit in try await visit.howItWas() },
        Route(.post, "/my/cases/{case}/how-it-was", for: .party) { visit in try await visit.sayHowItWas() },
        Route(.get, "/my/cases/{case}/counterclaim", for: .party) { visit in try await visit.counterclaimPage() },
        Route(.post, "/my/cases/{case}/counterclaim", for: .party) { visit in try await visit.claimInReturn() },
        Route(.post, "/my/cases/{case}/file", for: .party) { visit in
            let named = visit.parameter("case")
            let short = try await visit.client.showCase(named).summary.short
            return .download(try await visit.client.takeCaseFile(named), name: "recourse-case-\(short).json", type: "application/json; charset=utf-8")
        },
    ]
}
