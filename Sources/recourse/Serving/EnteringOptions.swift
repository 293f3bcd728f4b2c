import ArgumentParser
import Runtime

/// How people come in who do not come by password: what providers and mail must know of this desk.
struct EnteringOptions: ParsableArguments {
    @Option(
        name: .customLong("address"),
        help: ArgumentHelp(
            "The desk as browsers know it, https://desk.example: providers send staff back to it, links to parties lead to it.", valueName: "url"))
    var written: String?
    @Flag(name: .customLong("http-providers"), help: "Ask identity providers on this machine over plain HTTP, to try things out.") var httpProviders = false

    func validate() throws { if written != nil, read == nil { throw ValidationError(EnteringOptions.complaint) } }

    func address() throws -> WebAddress? {
        guard written == nil || read != nil else { throw Failure(EnteringOptions.complaint) }
        return read
    }

    /// An origin: the cookies are for the whole host, and so is what stands at it.
    private var read: WebAddress? {
        guard let address = written.flatMap(WebAddress.init), [address.origin, address.origin + "/"].contains(address.text) else { return nil }
        return address
    }

    private static let complaint = "--address is https://HOST or https://HOST:PORT, without a path; http only on this machine"
}
