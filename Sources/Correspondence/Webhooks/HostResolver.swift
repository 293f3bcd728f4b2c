import Dispatch
import Runtime
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Turns a name into addresses. Tests give names addresses of their own.
public protocol HostResolver: Sendable {
    /// None where the name cannot be resolved.
    func addresses(of name: String) async -> [NetworkAddress]
}

/// The machine's resolver (`getaddrinfo`), asked on a queue of its own: it blocks for as long as it likes, and nobody here waits for it longer than
/// they mean to.
public struct SystemResolver: HostResolver {
    private static let queue = DispatchQueue(label: "recourse.resolver", attributes: .concurrent)

    public init() {}

    public func addresses(of name: String) async -> [NetworkAddress] {
        let answer = Answer()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard answer.await(continuation) else { return }
                SystemResolver.queue.async { answer.give(SystemResolver.resolve(name)) }
            }
        } onCancel: {
            answer.give([])
        }
    }

    /// The first answer counts; the thread that is still asking comes too late.
    private final class Answer: Sendable {
        private enum State {
            case nobodyWaits
            case waited(CheckedContinuation<[NetworkAddress], Never>)
            case given
        }
        private let state = Mutex(State.nobodyWaits)

        /// `false` where it was given before anybody waited.
        func await(_ continuation: CheckedContinuation<[NetworkAddress], Never>) -> Bool {
            let isEarly = state.withLock { state in
                if case .given = state { return false }
                state = .waited(continuation)
                return true
            }
            if !isEarly { continuation.resume(returning: []) }
            return isEarly
        }

        func give(_ addresses: [NetworkAddress]) {
            let waiting: CheckedContinuation<[NetworkAddress], Never>? = state.withLock { state in
                defer { state = .given }
                if case .waited(let continuation) = state { return continuation }
                return nil
            }
            waiting?.resume(returning: addresses)
        }
    }

    private static func resolve(_ name: String) -> [NetworkAddress] {
        var hints = addrinfo()
        (hints.ai_family, hints.ai_socktype, hints.ai_flags) = (AF_UNSPEC, Int32(SOCK_STREAM.rawValue), AI_ADDRCONFIG)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0, let first = list else { return [] }
        defer { freeaddrinfo(first) }
        var found: [NetworkAddress] = []
        for entry in sequence(first: first, next: { $0.pointee.ai_next }) {
            guard let address = address(entry.pointee), !found.contains(address) else { continue }
            found.append(address)
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> NetworkAddress? {
        guard let socket = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            return socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { .v4(UInt32(bigEndian: $0.pointee.sin_addr.s_addr)) }
        case AF_INET6:
            return socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
                withUnsafeBytes(of: pointer.pointee.sin6_addr) { bytes in .v6(bytes.reduce(0) { $0 << 8 | UInt128($1) }) }
            }
        default: return nil
        }
    }
}
