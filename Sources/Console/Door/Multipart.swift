import Wire

/// A form with a file in it (`multipart/form-data`, RFC 7578), as browsers send it where no script sends the file in parts.
///
/// Read strictly: what could be read in two ways is refused, not guessed at. A browser never sends what is refused here.
struct Multipart: Equatable, Sendable {
    struct File: Equatable, Sendable {
        /// What it is called where it comes from; the last part of a path, at most.
        let name: String
        let mediaType: String
        let bytes: [UInt8]
    }

    private(set) var fields: [String: [String]] = [:]
    /// By the name of their field; a field nobody chose a file for is not among them.
    private(set) var files: [String: File] = [:]

    /// Largest form with a file. What is larger goes in parts.
    static let bytesMax = 32 << 20
    private static let partsMax = 32
    private static let headBytesMax = 4_096
    private static let fieldBytesMax = 1 << 16
    private static let nameCharactersMax = 255

    private static func broken(_ why: String) -> Problem { Problem(.malformed, "the form did not come as a browser sends it: \(why)") }

    /// The words between the parts, out of `multipart/form-data; boundary=…`; `nil` where it is no such type.
    static func boundary(of contentType: String) -> String? {
        let halves = contentType.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, String(halves[0]).trimmed.lowercased() == "multipart/form-data" else { return nil }
        let sign = String(halves[1]).trimmed
        guard sign.lowercased().hasPrefix("boundary=") else { return nil }
        var text = sign.dropFirst("boundary=".count)
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        // RFC 2046 §5.1.1; a blank may stand in one and no browser puts one there.
        let isAllowed: (UInt8) -> Bool = { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || "'()+_,-./:=?".utf8.contains($0) }
        guard 1...70 ~= text.utf8.count, text.utf8.allSatisfy(isAllowed) else { return nil }
        return String(text)
    }

    init(_ bytes: [UInt8], boundary: String) throws(Problem) {
        let opening = Array("--\(boundary)".utf8)
        guard bytes.starts(with: opening) else { throw Multipart.broken("it begins with something else than a part") }
        var place = opening.count
        let delimiter = [13, 10] + opening
        var count = 0
        while true {
            if bytes[place...].starts(with: [45, 45]) {
                let rest = bytes[(place + 2)...]
                guard rest.isEmpty || rest.elementsEqual([13, 10]) else { throw Multipart.broken("something follows its end") }
                return
            }
            guard bytes[place...].starts(with: [13, 10]) else { throw Multipart.broken("a boundary stands where none can be") }
            place += 2
            count += 1
            guard count <= Multipart.partsMax else { throw Problem(.tooLarge, "the form has more than \(Multipart.partsMax) fields") }
            let head = try Multipart.head(bytes, &place)
            guard let end = Multipart.find(delimiter, in: bytes, from: place) else { throw Multipart.broken("it broke off") }
            try take(Array(bytes[place..<end]), head)
            place = end + delimiter.count
        }
    }

    private struct Head {
        var name: String?
        var fileName: String?
        var mediaType: String?
    }

    private mutating func take(_ content: [UInt8], _ head: Head) throws(Problem) {
        guard let name = head.name, !name.isEmpty else { throw Multipart.broken("a part has no name") }
        if let fileName = head.fileName {
            // What a browser sends for a field where no file was chosen.
            if fileName.isEmpty, content.isEmpty { return }
            guard files[name] == nil else { throw Multipart.broken("“\(name)” brings two files") }
            let last = fileName.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
            files[name] = File(name: String(last.prefix(Multipart.nameCharactersMax)), mediaType: head.mediaType ?? "application/octet-stream", bytes: content)
            return
        }
        guard content.count <= Multipart.fieldBytesMax, let text = String(validating: content, as: UTF8.self) else {
            throw Multipart.broken("“\(name)” is not a text, or a very long one")
        }
        fields[name, default: []].append(text)
    }

    /// The lines before a part's content, up to the empty one.
    private static func head(_ bytes: [UInt8], _ place: inout Int) throws(Problem) -> Head {
        var head = Head()
        let limit = min(bytes.count, place + headBytesMax)
        while true {
            guard let end = find([13, 10], in: bytes, from: place), end <= limit else { throw broken("the head of a part has no end") }
            let line = bytes[place..<end]
            place = end + 2
            if line.isEmpty { return head }
            guard let text = String(validating: line, as: UTF8.self), let colon = text.firstIndex(of: ":") else { throw broken("a line of a head is none") }
            let value = String(text[text.index(after: colon)...]).trimmed
            switch text[..<colon].lowercased() {
            case "content-disposition":
                guard head.name == nil else { throw broken("a part is named twice") }
                (head.name, head.fileName) = try disposition(value)
            case "content-type":
                guard head.mediaType == nil else { throw broken("a part is of two kinds") }
                head.mediaType = value
            // Deprecated by RFC 7578 §4.7, and sent by nobody.
            case "content-transfer-encoding": throw broken("a part is encoded")
            default: break
            }
        }
    }

    /// `form-data; name="file"; filename="receipt.pdf"`, with `"` written as `%22` as browsers do.
    private static func disposition(_ value: String) throws(Problem) -> (name: String, fileName: String?) {
        var rest = Substring(value)
        guard rest.lowercased().hasPrefix("form-data") else { throw broken("a part is no form’s") }
        rest = rest.dropFirst("form-data".count)
        var parameters: [String: String] = [:]
        while !rest.isEmpty {
            rest = rest.drop { $0 == " " }
            guard rest.first == ";" else { throw broken("a name is not between quotation marks") }
            rest = rest.dropFirst().drop { $0 == " " }
            guard let sign = rest.firstIndex(of: "="), rest[rest.index(after: sign)...].first == "\"" else {
                throw broken("a name is not between quotation marks")
            }
            let key = rest[..<sign].lowercased()
            let after = rest[rest.index(after: sign)...].dropFirst()
            guard let close = after.firstIndex(of: "\"") else { throw broken("a name has no end") }
            let text = after[..<close].replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
            guard parameters.updateValue(String(text), forKey: key) == nil else { throw broken("a part is named twice") }
            rest = after[after.index(after: close)...]
        }
        guard let name = parameters["name"] else { throw broken("a part has no name") }
        return (name, parameters["filename"])
    }

    /// Where `sought` begins, at `start` or later.
    private static func find(_ sought: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var place = start
            while place + sought.count <= bytes.count {
                if bytes[place] == sought[0], (1..<sought.count).allSatisfy({ bytes[place + $0] == sought[$0] }) { return place }
                place += 1
            }
            return nil
        }
    }
}
