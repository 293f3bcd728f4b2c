import Glibc

/// A folder of one test, removed with it.
final class Folder: Sendable {
    let path: String

    struct NotMade: Error {}

    init() throws {
        var template = Array("/tmp/recourse-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NotMade() }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func path(_ name: String) -> String { path + "/" + name }

    var names: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    deinit {
        for name in names { unlink(path(name)) }
        rmdir(path)
    }
}
