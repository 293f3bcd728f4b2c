import Chronicle
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import RecourseClient
import Wire

/// The pages of the desk: the console of those who work here and the portal of those who lost money. The first client of the API, and no more than a
/// client: everything a page shows or does goes through the desk's operations, with the session of whoever looks.
public struct DeskPages: Sendable {
    /// Asks the desk as if over the network.
    public typealias Desk = @Sendable (Request) async -> Response

    let templates: Templates
    let languages: [String: Phrases]
    /// Said on every page.
    let isRehearsal: Bool
    let now: @Sendable () -> Instant
    let words = KnownWords()
    let packs = PackShelf()
    let drawings: Drawings
    private let assets: Assets
    /// Told of what only whoever writes the pages can mend: names, never what was filled in.
    private let complain: @Sendable (String) -> Void

    /// - Parameter layout: lays out graphs, given as DOT, as `dot -Tplain` does; without it pages say that they draw none.
    /// - Throws: what is wrong with a template or a file of words.
    public init(
        isRehearsal: Bool, layout: (@Sendable (_ dot: String) async -> String?)? = nil, now: @escaping @Sendable () -> Instant,
        complain: @escaping @Sendable (String) -> Void
    ) throws {
        drawings = Drawings(layout)
        templates = try Templates(Resources.templates)
        languages = try Dictionary(uniqueKeysWithValues: Resources.phrases.map { ($0.key, try Phrases(language: $0.key, text: $0.value)) })
        assets = Assets(Resources.assets)
        (self.isRehearsal, self.now, self.complain) = (isRehearsal, now, complain)
    }

    /// `nil` where there is no such page.
    public func respond(to request: Request, desk: @escaping Desk) async throws -> Response? {
        if let asset = assets.response(to: request) { return asset }
        let page: PageRequest
        let head = PageRequest(headOf: request)
        do {
            // Megabytes are taken from whoever is known, and from a page of this desk.
            if head.bringsFile {
                let known =
                    head.isOwn ? try await session(RecourseClient(InnerTransport(desk: desk, session: head.session)), isShown: head.session != nil) : nil
                guard known != nil else { throw Problem(.unidentified, "Files are taken from whoever is signed in. Come in again, and send it once more.") }
            }
            page = try await PageRequest(request)
        } catch let problem as Problem {
            return try refuse(head, problem)
        }
        if page.method == .get, page.path == Live.path {
            return await Live.response(to: page, after: request.headers[.lastEvent], of: page.query["case"], desk: desk)
        }
        guard let (route, parameters) = Route.find(page) else { return try await notFound(page, desk) }
        let client = RecourseClient(InnerTransport(desk: desk, session: page.session))
        var visit = Visit(
            request: page, parameters: parameters, client: client, session: nil, console: self, phrases: phrases(for: page),
            zone: page.cookies["zone"].flatMap { PercentText.decoded($0) }.flatMap(TimeZone.init(identifier:)) ?? .gmt, now: now())
        do {
            // A browser does not show a strict cookie where another site led it: one step from here to here, and it does.
            if page.session == nil, page.isFromElsewhere, page.method == .get, route.audience != .anyone { return visit.stepAside() }
            if page.method == .post, !page.isOwn { throw Problem(.notPermitted, "this was not sent by a page of this desk") }
            visit.session = try await session(client, isShown: page.session != nil)
            try route.admit(visit.session)
            if visit.session?.kind == .staff { await visit.arrange() }
            return try await route.run(visit).response
        } catch let problem as Problem {
            return try await failed(problem, visit)
        } catch let fault as Templates.Fault {
            complain("\(fault)")
            throw fault
        }
    }

    private func session(_ client: RecourseClient, isShown: Bool) async throws -> SessionView? {
        guard isShown else { return nil }
        do { return try await client.showSession() } catch let problem as Problem where problem.status == 401 { return nil }
    }

    private func phrases(for request: PageRequest) -> Phrases {
        let wanted = [request.cookies["language"]].compactMap(\.self) + request.languages.split(separator: ",").map { String($0.prefix(2)) }
        guard let phrases = wanted.lazy.compactMap({ languages[$0] }).first ?? languages["en"] else { preconditionFailure("there are no English words") }
        return phrases
    }

    private func failed(_ problem: Problem, _ visit: Visit) async throws -> Response {
        if visit.request.wantsJSON { return try PageReply.json(problem, status: problem.status).response }
        if problem.status == 401, visit.request.method == .get {
            let door = visit.request.parts.first == "my" ? "/enter" : "/sign-in"
            return PageReply.goOn(to: RecourseClient.address(door, [("next", visit.request.address)])).response
        }
        return try visit.render(ErrorPage(problem: problem, isStaff: visit.session?.kind == .staff), status: problem.status).response
    }

    private func notFound(_ page: PageRequest, _ desk: Desk) async throws -> Response? {
        guard page.method == .get else { return nil }
        return try refuse(page, Problem(.notFound, phrases(for: page)("no_such_page")))
    }

    /// For what goes no further than the door.
    private func refuse(_ page: PageRequest, _ problem: Problem) throws -> Response {
        let visit = Visit(
            request: page, parameters: [:], client: RecourseClient(InnerTransport(desk: { _ in Response(status: .notFound) }, session: nil)), session: nil,
            console: self, phrases: phrases(for: page), zone: .gmt, now: now())
        return try visit.render(ErrorPage(problem: problem, isStaff: false), status: problem.status).response
    }
}

extension HTTPField.Name {
    fileprivate static let lastEvent: HTTPField.Name = {
        guard let name = HTTPField.Name("Last-Event-ID") else { preconditionFailure("that is the name of a header") }
        return name
    }()
}
