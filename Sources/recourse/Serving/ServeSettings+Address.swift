import Runtime

extension ServeSettings {
    /// The desk as browsers know it: providers send staff back to it, links to parties lead to it. An origin: the cookies are for the whole host,
    /// and so is what stands at it.
    func address() throws(Failure) -> WebAddress? {
        guard let written = self[.address] else { return nil }
        guard let address = WebAddress(written), [address.origin, address.origin + "/"].contains(address.text) else {
            throw Failure("address is https://HOST or https://HOST:PORT, without a path; http only on this machine")
        }
        return address
    }
}
