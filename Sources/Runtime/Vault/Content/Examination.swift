/// What the vault asks of a file's bytes while they arrive: that they are what was declared, and nothing else besides.
///
/// A value without I/O. The answer does not depend on how the bytes were cut into chunks. The head is judged as soon as it is there, so a
/// bomb or a program is refused before the rest of it is taken.
struct Examination {
    let declared: MediaType
    private var head: [UInt8] = []
    private var content: MediaType?
    private var jpeg = JPEGFrame()
    private var text = UTF8Check()
    private var stowaway = Stowaway()

    init(declared: MediaType) { self.declared = declared }

    mutating func read(_ chunk: ArraySlice<UInt8>) throws(VaultError) {
        if content == nil {
            head += chunk
            guard head.count >= Sniffing.headBytes else { return }
            try judgeHead(whole: false)
        } else {
            try judge(chunk)
        }
    }

    /// What the file is. Throws when even now it is not what was declared.
    mutating func conclude() throws(VaultError) -> MediaType {
        if content == nil {
            guard !head.isEmpty else { throw .empty }
            try judgeHead(whole: true)
        }
        guard let content else { throw .empty }
        if declared == .plainText, !text.isComplete { throw .contentDenies(declared: declared, found: .unknown) }
        if content == .jpeg, jpeg.size == nil { throw .broken(content) }
        stowaway.conclude()
        if looksForStowaway, let found = stowaway.found { throw .carries(declared: declared, hidden: found) }
        return content
    }

    private mutating func judgeHead(whole: Bool) throws(VaultError) {
        let window = head.prefix(Sniffing.headBytes)
        let found = Sniffing.content(of: window, whole: whole)
        guard case .evidence(let type) = found, declared.agrees(with: type) else { throw .contentDenies(declared: declared, found: found) }
        if declared == .plainText, let markup = TextSniffing.markup(in: window) {
            throw .contentDenies(declared: declared, found: .foreign(markup))
        }
        content = type
        if type.isPicture, type != .jpeg {
            guard let size = PictureSize.claimed(by: window, of: type) else { throw .broken(type) }
            try limit(size)
        }
        let arrived = head
        head = []
        try judge(arrived[...])
    }

    private mutating func judge(_ chunk: ArraySlice<UInt8>) throws(VaultError) {
        if declared == .plainText {
            guard text.read(chunk) else { throw .contentDenies(declared: declared, found: .unknown) }
        }
        if content == .jpeg, jpeg.size == nil {
            jpeg.read(chunk)
            if jpeg.isLost { throw .broken(.jpeg) }
            if let size = jpeg.size { try limit(size) }
        }
        if looksForStowaway {
            stowaway.read(chunk)
            if let found = stowaway.found { throw .carries(declared: declared, hidden: found) }
        }
    }

    private func limit(_ size: PictureSize) throws(VaultError) {
        guard size.pixels <= PictureSize.pixelsMax else { throw .tooManyPixels(size, pixelsMax: PictureSize.pixelsMax) }
    }

    // Text and e-mail may speak of scripts; the objects of a PDF may hold any bytes, and its readers do not look for pages in it.
    private var looksForStowaway: Bool {
        switch content {
        case .plainText, .email, .pdf, nil: false
        case .png, .jpeg, .gif, .webP, .heic, .mp4, .quickTime, .webM, .mp3, .m4a, .wav: true
        }
    }
}
