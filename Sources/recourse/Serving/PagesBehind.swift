import API
import Console
import Hummingbird
import Runtime

/// The pages of a served desk, on the inner side of its API.
enum PagesBehind {
    static func elsewhere(isRehearsal: Bool) throws -> Elsewhere {
        let pages = try DeskPages(isRehearsal: isRehearsal, layout: Graphviz.layout) {
            RealSurroundings().now()
        } complain: {
            Console.complain("recourse: \($0)")
        }
        return { request, door in try await pages.respond(to: request) { await door.ask($0) } }
    }
}
