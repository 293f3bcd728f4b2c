import Chronicle
import RecourseClient
import Runtime
import Wire

/// A sandbox exchange that runs by itself, asked by whoever plays its users.
struct SandboxLine: Sendable {
    private let address: String
    private let line: HTTPTransport

    static func use<Value>(_ address: String, _ body: (SandboxLine) async throws -> Value) async throws -> Value {
        let line = HTTPTransport(server: address, key: nil, timeoutSeconds: 30)
        do {
            let value = try await body(SandboxLine(address: address, line: line))
            try await line.close()
            return value
        } catch {
            try? await line.close()
            throw Failure(of: error) ?? Failure("\(address) does not answer: \(error)")
        }
    }

    func perform(_ act: SandboxAct) async throws { _ = try await ask(Call("POST", "/sandbox/acts", body: try act.json())) }

    func balance(_ account: AccountReference, _ asset: String) async throws -> SandboxBalance {
        let query = [("account", account.text), ("asset", asset)]
        return try SandboxBalance(json: try await ask(Call("GET", RecourseClient.address("/sandbox/accounts", query))))
    }

    func order(_ order: OrderReference) async throws -> OrderBody {
        try OrderBody(json: try await ask(Call("GET", RecourseClient.address("/sandbox/orders", [("order", order.text)]))))
    }

    func chat(_ order: OrderReference) async throws -> SandboxChat {
        try SandboxChat(json: try await ask(Call("GET", RecourseClient.address("/sandbox/chats", [("order", order.text)]))))
    }

    /// Its refusals are sentences already.
    private func ask(_ call: Call) async throws -> [UInt8] {
        let reply = try await line.send(call)
        guard reply.status == 200 else { throw Failure(String(String(decoding: reply.body, as: UTF8.self).prefix { $0 != "\n" })) }
        return reply.body
    }
}
