import Policies
import Testing

/// One small change of the default pack.
struct Edit: Sendable, CustomTestStringConvertible {
    let file: String
    let find: String
    let replacement: String

    init(_ file: String, _ find: String, _ replacement: String) {
        (self.file, self.find, self.replacement) = (file, find, replacement)
    }

    var testDescription: String { "\(file): \(find.prefix(40)) → \(replacement.prefix(40))" }

    /// The files with the first occurrence changed; a text that is not there fails the test instead of testing nothing.
    func apply(to files: [PackFile]) throws -> [PackFile] {
        let index = try #require(files.firstIndex { $0.path == file }, "there is no \(file)")
        let text = String(decoding: files[index].bytes, as: UTF8.self)
        let range = try #require(text.firstRange(of: find), "\(file) does not contain “\(find)”")
        var edited = files
        edited[index] = PackFile(path: file, bytes: Array(text.replacingCharacters(in: range, with: replacement).utf8))
        return edited
    }
}

extension String {
    fileprivate func firstRange(of other: String) -> Range<String.Index>? {
        let (whole, part) = (Array(utf8), Array(other.utf8))
        guard !part.isEmpty, whole.count >= part.count else { return nil }
        guard let start = (0...(whole.count - part.count)).first(where: { whole[$0] == part[0] && whole[$0..<$0 + part.count].elementsEqual(part) })
        else { return nil }
        return utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: start + part.count)
    }

    fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}

extension [PackFile] {
    func edited(_ edits: Edit...) throws -> [PackFile] { try edits.reduce(self) { try $1.apply(to: $0) } }

    /// The line, counted from 1, on which `text` first stands in `file`.
    func line(of text: String, in file: String) throws -> Int {
        let found = try #require(first { $0.path == file })
        let content = String(decoding: found.bytes, as: UTF8.self)
        let range = try #require(content.firstRange(of: text), "\(file) does not contain “\(text)”")
        return content[..<range.lowerBound].utf8.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    }
}
