import Policies
import Wire

/// A policy pack on disk, read into the files the loader takes.
enum PackFolder {
    static func read(_ path: String) throws(Failure) -> [PackFile] {
        guard WholeFile.isDirectory(path) else { throw Failure("\(path) is not a folder; a policy pack is a folder of YAML files") }
        var files: [PackFile] = []
        try read(path, inside: "", into: &files)
        guard !files.isEmpty else { throw Failure("\(path) holds no YAML files") }
        return files
    }

    private static func read(_ path: String, inside prefix: String, into files: inout [PackFile]) throws(Failure) {
        for name in WholeFile.names(in: path) {
            let full = path + "/" + name
            if WholeFile.isDirectory(full) {
                try read(full, inside: prefix + name + "/", into: &files)
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                guard files.count <= PackFile.countMax else { throw Failure("the pack has more than \(PackFile.countMax) files") }
                files.append(PackFile(path: prefix + name, bytes: try WholeFile.read(full)))
            }
        }
    }

    /// The compiled pack; its complaints as one failure when it has errors.
    static func policy(_ path: String) throws(Failure) -> Policy {
        let (policy, diagnostics) = PolicyLoader.load(try read(path))
        guard let policy else {
            let errors = diagnostics.filter { $0.severity == .error }
            throw Failure("\(path) has \(errors.count) \(errors.count == 1 ? "error" : "errors"):\n" + errors.map(\.description).joined(separator: "\n"))
        }
        return policy
    }

    /// As it is sent.
    static func body(_ path: String) throws(Failure) -> [PackBody.File] {
        try read(path).map { PackBody.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
    }
}
