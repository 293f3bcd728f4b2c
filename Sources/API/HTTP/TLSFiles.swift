import NIOSSL

/// A certificate chain and its key in PEM files; TLS 1.2 and later, with forward secrecy.
struct TLSFiles {
    let certificate: String
    let privateKey: String

    func configuration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: privateKey, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        // Of TLS 1.2 only what keeps past traffic secret when the key is lost, and seals as it encrypts (RFC 9325 §4.2). TLS 1.3 has nothing else.
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        return configuration
    }
}
