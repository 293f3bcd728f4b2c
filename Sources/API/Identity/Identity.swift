import Chronicle
import Runtime
import Wire

/// Tells who came from what they showed. Everything it does not know is nobody.
public struct Identity: Sendable {
    private let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// What a request shows of its sender.
    struct Shown: Sendable {
        /// The value of `Authorization`.
        var authorization: String?
    }

    /// Throws `.unidentified` for whoever shows nothing, and, in the same words, for whoever shows something that is not good.
    func caller(_ shown: Shown) async throws(Problem) -> Caller {
        guard let authorization = shown.authorization else { throw Identity.unidentified }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", let secret = SecretKey(String(parts[1])) else { throw Identity.unidentified }
        do {
            guard let key = try await desk.key(shown: secret) else { throw Identity.unidentified }
            switch key.holder {
            case .staff(let handle):
                // A key ends with its owner's account, and follows their roles.
                guard let standing = try? await desk.staff(handle) else { throw Identity.unidentified }
                return .staff(StaffContext(handle: handle, standing: standing))
            case .machine(let name, let scopes):
                return .machine(MachineContext(name: name, scopes: Set(scopes.compactMap(Scope.init))))
            }
        } catch {
            throw Problem(of: error)
        }
    }

    private static let unidentified = Problem(.unidentified, "show a key: Authorization: Bearer rk_…")
}
