/// The kinds of file the vault takes as evidence: pictures, recordings, receipts, letters and chats.
///
/// A closed list. What can run, unpack or render as a page (HTML, SVG, archives, office documents, programs) is not on it.
public enum MediaType: String, Hashable, Sendable, CaseIterable, Codable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webP = "image/webp"
    case heic = "image/heic"
    case pdf = "application/pdf"
    case mp4 = "video/mp4"
    case quickTime = "video/quicktime"
    case webM = "video/webm"
    case mp3 = "audio/mpeg"
    case m4a = "audio/mp4"
    case wav = "audio/wav"
    case plainText = "text/plain"
    case email = "message/rfc822"

    /// Reads what a browser or a client declares: `image/jpeg`, `Text/Plain; charset=utf-8`. `nil` for a type the vault does not take.
    public init?(declared text: String) {
        let name = text.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        switch name {
        case "image/jpg", "image/pjpeg": self = .jpeg
        case "image/heif": self = .heic
        case "audio/mp3": self = .mp3
        case "audio/x-m4a", "audio/m4a": self = .m4a
        case "audio/x-wav", "audio/wave", "audio/vnd.wave": self = .wav
        default:
            guard let type = MediaType(rawValue: name) else { return nil }
            self = type
        }
    }

    /// As in “declared as *a PNG picture*”.
    public var phrase: String {
        switch self {
        case .png: "a PNG picture"
        case .jpeg: "a JPEG picture"
        case .gif: "a GIF picture"
        case .webP: "a WebP picture"
        case .heic: "a HEIC picture"
        case .pdf: "a PDF document"
        case .mp4: "an MP4 video"
        case .quickTime: "a QuickTime video"
        case .webM: "a WebM video"
        case .mp3: "an MP3 recording"
        case .m4a: "an M4A recording"
        case .wav: "a WAV recording"
        case .plainText: "plain text"
        case .email: "an e-mail message"
        }
    }

    var isPicture: Bool {
        switch self {
        case .png, .jpeg, .gif, .webP, .heic: true
        case .pdf, .mp4, .quickTime, .webM, .mp3, .m4a, .wav, .plainText, .email: false
        }
    }

    /// May a file with such content be handed in under this declaration?
    ///
    /// MP4 and QuickTime are one container with two names that telephones confuse, and an e-mail saved as text is text.
    func agrees(with content: MediaType) -> Bool {
        switch (self, content) {
        case (.mp4, .quickTime), (.quickTime, .mp4), (.plainText, .email): true
        default: self == content
        }
    }
}
