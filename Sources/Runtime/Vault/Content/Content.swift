/// What the first bytes of a file say it is, whatever its name or its sender says.
public enum Content: Hashable, Sendable {
    case evidence(MediaType)
    case foreign(ForeignContent)
    case unknown

    /// As in “but its content is *a Windows program*”.
    public var phrase: String {
        switch self {
        case .evidence(let type): type.phrase
        case .foreign(let content): content.rawValue
        case .unknown: "of no kind that is taken as evidence"
        }
    }
}

/// What is recognised so that it can be refused by name.
public enum ForeignContent: String, Hashable, Sendable, CaseIterable {
    case webPage = "a web page or a script for one (HTML)"
    case svg = "an SVG drawing, which can run scripts"
    case xml = "an XML document"
    case script = "a script"
    case windowsProgram = "a Windows program"
    case linuxProgram = "a Linux program"
    case macProgram = "a macOS program or Java class"
    case webAssembly = "a WebAssembly program"
    case zip = "a ZIP archive (or an office document or app made of one)"
    case archive = "a compressed archive"
    case oldOffice = "an old office document"
}
