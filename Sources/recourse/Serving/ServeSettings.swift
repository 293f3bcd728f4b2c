import Chronicle
import Logging
import Runtime
import Wire
import Yams

#if canImport(Glibc)
    import Glibc
#endif

/// Everything a served desk can be told. Each has one name, whether it is said as a flag, in the environment or in a file.
enum ServeSetting: String, CaseIterable, Sendable {
    case store, host, port
    case certificate = "tls-certificate"
    case privateKey = "tls-key"
    case address, exchange
    case exchangeSecret = "exchange-secret"
    case policy
    case logLevel = "log-level"
    case httpProviders = "http-providers"
    case localWebhooks = "allow-local-webhooks"
    case metricsKey = "metrics-key"

    /// `RECOURSE_TLS_KEY`
    var variable: String { "RECOURSE_" + rawValue.uppercased().replacing("-", with: "_") }

    /// Never printed, and never a flag: everybody on the machine can read those.
    var isSecret: Bool { self == .exchangeSecret || self == .metricsKey }

    var isSwitch: Bool { self == .httpProviders || self == .localWebhooks }

    /// What holds where nobody says anything.
    var usual: String? {
        switch self {
        case .store: "Data/desk"
        case .host: "127.0.0.1"
        case .port: "8080"
        case .policy: "Policy"
        case .logLevel: "notice"
        case .httpProviders, .localWebhooks: "false"
        case .certificate, .privateKey, .address, .exchange, .exchangeSecret, .metricsKey: nil
        }
    }
}

/// What was said: by a flag before the environment, by the environment before the file.
struct ServeSettings: Sendable {
    enum Source: Hashable, Sendable {
        case flag, environment, usual
        case file(String)

        fileprivate var words: String {
            switch self {
            case .flag: "flag"
            case .environment: "environment"
            case .usual: "default"
            case .file(let path): path
            }
        }
    }

    private let said: [ServeSetting: (value: String, by: Source)]

    /// - Parameters:
    ///   - flags: what the command line says.
    ///   - variable: the environment, by name.
    ///   - file: YAML, `name: value` a line.
    init(flags: [ServeSetting: String], variable: (String) -> String?, file: String?) throws(Failure) {
        var filed: [ServeSetting: String] = [:]
        if let file { filed = try ServeSettings.read(file) }
        var said: [ServeSetting: (value: String, by: Source)] = [:]
        for setting in ServeSetting.allCases {
            if let value = flags[setting] {
                said[setting] = (value, .flag)
            } else if let value = variable(setting.variable) {
                said[setting] = (value, .environment)
            } else if let value = filed[setting], let file {
                said[setting] = (value, .file(file))
            } else if let value = setting.usual {
                said[setting] = (value, .usual)
            }
        }
        self.said = said
        try check()
    }

    subscript(_ setting: ServeSetting) -> String? { said[setting]?.value }

    func isOn(_ setting: ServeSetting) -> Bool { self[setting] == "true" }

    var port: Int { self[.port].flatMap(Int.init) ?? 0 }
    var logLevel: Logger.Level { self[.logLevel].flatMap(Logger.Level.init(rawValue:)) ?? .notice }

    /// The new secret before the old one, apart by blanks, while it is being changed.
    func exchangeSecrets() throws(Failure) -> [WebhookSecret] {
        let words = (self[.exchangeSecret] ?? "").split(separator: " ")
        let secrets = words.compactMap { WebhookSecret(String($0)) }
        guard secrets.count == words.count else { throw wrong(.exchangeSecret, "is not whsec_ and 24 to 64 bytes in base64") }
        guard self[.exchange] == nil || !secrets.isEmpty else {
            throw Failure("the exchange is asked with signed questions: set \(ServeSetting.exchangeSecret.variable)")
        }
        return secrets
    }

    /// Each setting, its value, and who said so. Of a secret only that it is there.
    func lines(asJSON: Bool) -> [String] {
        ServeSetting.allCases.map { setting in
            let (value, by) = said[setting].map { (setting.isSecret ? "(hidden)" : $0.value, $0.by.words) } ?? ("", "not set")
            guard asJSON else { return padded(setting.rawValue, to: 22) + padded(value, to: 30) + "  " + by }
            return JSON.object([("name", .text(setting.rawValue)), ("value", value.isEmpty ? .null : .text(value)), ("said_by", .text(by))]).line
        }
    }

    // MARK: Checking

    private func check() throws(Failure) {
        for setting in ServeSetting.allCases where setting.isSwitch {
            if let value = self[setting], !["true", "false"].contains(value) { throw wrong(setting, "is true or false") }
        }
        guard let port = self[.port].flatMap(Int.init), 0...65_535 ~= port else { throw wrong(.port, "is a number from 0 to 65535") }
        guard self[.logLevel].flatMap(Logger.Level.init(rawValue:)) != nil else { throw wrong(.logLevel, "is error, warning, notice, info or debug") }
        guard (self[.certificate] == nil) == (self[.privateKey] == nil) else { throw Failure("tls-certificate and tls-key belong together") }
        _ = try exchangeSecrets()
        if let key = self[.metricsKey], key.utf8.count < ServeSettings.metricsKeyBytesMin {
            throw wrong(.metricsKey, "has at least \(ServeSettings.metricsKeyBytesMin) characters")
        }
    }

    private static let metricsKeyBytesMin = 16

    private func wrong(_ setting: ServeSetting, _ what: String) -> Failure {
        let by = said[setting]?.by
        let place =
            switch by {
            case .flag?: "--\(setting.rawValue)"
            case .environment?: setting.variable
            case .file(let path)?: "“\(setting.rawValue)” in \(path)"
            case .usual?, nil: setting.rawValue
            }
        return Failure("\(place) \(what)")
    }

    // MARK: The file

    private static func read(_ path: String) throws(Failure) -> [ServeSetting: String] {
        let text = String(decoding: try WholeFile.read(path, bytesMax: 1 << 20), as: UTF8.self)
        let node: Node?
        do { node = try compose(yaml: text) } catch { throw Failure("\(path) is not YAML: \(error)") }
        guard let node else { return [:] }
        guard let mapping = node.mapping else { throw Failure("\(path) is not a list of settings: write name: value, one a line") }
        var found: [ServeSetting: String] = [:]
        for (name, value) in mapping {
            guard let text = name.scalar?.string, let setting = ServeSetting(rawValue: text) else {
                let known = ServeSetting.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure("\(path) says “\(name.scalar?.string ?? "?")”, which is no setting; there are: \(known)")
            }
            guard let written = value.scalar?.string else { throw Failure("“\(text)” in \(path) is not one value") }
            guard found.updateValue(written, forKey: setting) == nil else { throw Failure("\(path) says “\(text)” twice") }
        }
        if found.keys.contains(where: \.isSecret), WholeFile.isReadableByOthers(path) {
            throw Failure("\(path) holds a secret, and others can read it: chmod 600 \(path)")
        }
        return found
    }
}
