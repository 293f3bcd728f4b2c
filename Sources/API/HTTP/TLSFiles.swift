import NIOSSL

/// A certificate chain and its key in PEM files; TLS 1.2 and later.
struct TLSFiles {
    let certificate: String
    let privateKey: String

    func configuration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: privateKey, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
