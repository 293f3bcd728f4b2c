import HTTPTypes
import Hummingbird
import NIOCore

/// What is served where the API has nothing: pages. They ask the desk as everybody else does, through `InnerDoor`, and can do no more.
/// `nil` where there is no such page.
public typealias Elsewhere = @Sendable (Request, InnerDoor) async throws -> Response?

/// The door for pages of this process: a request goes in as if it had come from the network, with the same identity, quotas and records.
public struct InnerDoor: Sendable {
    let responder: DeskResponder

    public func ask(_ request: Request) async -> Response { await responder.answerInside(request, id: "") }
}
