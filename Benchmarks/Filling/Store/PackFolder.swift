import Policies

#if canImport(Glibc)
    import Glibc
#endif

/// A pack's files as they lie in a folder, sorted by path.
public enum PackFolder {
    public static func files(in folder: String) throws(FillingError) -> [PackFile] {
        var found: [PackFile] = []
        for path in names(below: folder, prefix: "").sorted() where path.hasSuffix(".yaml") {
            found.append(PackFile(path: path, bytes: try read(folder + "/" + path)))
        }
        guard !found.isEmpty else { throw .disk(path: folder, reason: "there is no policy pack") }
        return found
    }

    public static func policy(in folder: String) throws(FillingError) -> Policy {
        let loaded = PolicyLoader.load(try files(in: folder))
        guard let policy = loaded.policy else { throw .packHasErrors(loaded.diagnostics.map { "\($0)" }) }
        return policy
    }

    private static func names(below folder: String, prefix: String) -> [String] {
        guard let directory = opendir(folder + "/" + prefix) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
            guard !name.hasPrefix(".") else { continue }
            let path = prefix.isEmpty ? name : prefix + "/" + name
            if Int32(entry.pointee.d_type) == Int32(DT_DIR) { names += self.names(below: folder, prefix: path) } else { names.append(path) }
        }
        return names
    }

    private static func read(_ path: String) throws(FillingError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .disk(path: path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { throw .disk(path: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
