import Yams

/// Reads one file's YAML into a `PackNode`; every fault is a located complaint and `nil`.
func parseYAML(_ file: PackFile, _ log: DiagnosticLog) -> PackNode? {
    guard file.bytes.count <= PackFile.bytesMax else {
        log.error(.fileTooLarge, at: PackPlace(file: file.path), "the file has \(file.bytes.count) bytes; at most \(PackFile.bytesMax) are read")
        return nil
    }
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
        log.error(.notUTF8, at: PackPlace(file: file.path), "the file is not UTF-8 text")
        return nil
    }
    guard !refusesTabs(file, log), !refusesAliases(file, log) else { return nil }
    do {
        guard let root = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
            log.error(.yaml, at: PackPlace(file: file.path), "the file is empty")
            return nil
        }
        return convert(root, in: file.path, depth: 0, log)
    } catch let error as YamlError {
        report(error, in: file.path, log)
    } catch {
        log.error(.yaml, at: PackPlace(file: file.path), "the file is not YAML")
    }
    return nil
}

/// YAML forbids tabs for indentation and editors hide them; no rule needs one anywhere.
private func refusesTabs(_ file: PackFile, _ log: DiagnosticLog) -> Bool {
    var (line, column) = (1, 1)
    for byte in file.bytes {
        if byte == UInt8(ascii: "\t") {
            log.error(.tab, at: PackPlace(file: file.path, line: line, column: column), "there is a tab", hint: "use spaces")
            return true
        }
        (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + (byte & 0xC0 == 0x80 ? 0 : 1))
    }
    return false
}

/// Finds an alias before the parser expands it: a dozen lines of aliases of aliases unfold into gigabytes.
///
/// An alias `*name` needs an anchor `&name`, so both marks with one name in one file are refused wherever they stand, even inside quotes:
/// the price is that a letter may not speak of `&x` and `*x`.
private func refusesAliases(_ file: PackFile, _ log: DiagnosticLog) -> Bool {
    var anchors: Set<ArraySlice<UInt8>> = []
    var aliases: [(name: ArraySlice<UInt8>, place: PackPlace)] = []
    var (line, column) = (1, 1)
    let bytes = file.bytes
    for (index, byte) in bytes.enumerated() {
        if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
            let end = bytes[(index + 1)...].firstIndex { !isNameByte($0) } ?? bytes.endIndex
            let name = bytes[(index + 1)..<end]
            if !name.isEmpty {
                if byte == UInt8(ascii: "&") { anchors.insert(name) } else { aliases.append((name, PackPlace(file: file.path, line: line, column: column))) }
            }
        }
        (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + (byte & 0xC0 == 0x80 ? 0 : 1))
    }
    guard let first = aliases.first(where: { anchors.contains($0.name) }) else { return false }
    log.error(.alias, at: first.place, "aliases are not allowed in a pack", hint: "write the value out")
    return true
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): false
    default: true
    }
}

private func report(_ error: YamlError, in file: String, _ log: DiagnosticLog) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
        log.error(.yaml, at: PackPlace(file: file, line: mark.line, column: mark.column), "this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
        let named = keys.sorted().map { "“\($0)”" }.joined(separator: ", ")
        log.error(.duplicateKey, at: PackPlace(file: file, line: context.mark.line, column: context.mark.column), "\(named) is written more than once")
    case .reader(let problem, _, _, _):
        log.error(.yaml, at: PackPlace(file: file), "this is not YAML: \(problem)")
    default:
        log.error(.yaml, at: PackPlace(file: file), "this is not YAML: it is nested too deeply or damaged")
    }
}

private func convert(_ node: Node, in file: String, depth: Int, _ log: DiagnosticLog) -> PackNode? {
    let place = PackPlace(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    guard depth < PackNode.depthMax else {
        log.error(.tooDeep, at: place, "lists and mappings lie more than \(PackNode.depthMax) deep in each other")
        return nil
    }
    switch node {
    case .scalar(let scalar):
        return PackNode(place: place, content: .scalar(scalar.string, isBlock: scalar.style == .literal || scalar.style == .folded))
    case .sequence(let sequence):
        var items: [PackNode] = []
        for item in sequence {
            guard let item = convert(item, in: file, depth: depth + 1, log) else { return nil }
            items.append(item)
        }
        return PackNode(place: place, content: .list(items))
    case .mapping(let mapping):
        var entries: [PackNode.Entry] = []
        for (key, value) in mapping {
            let keyPlace = PackPlace(file: file, line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
            guard case .scalar(let name) = key else {
                log.error(.wrongType, at: keyPlace, "a key must be a plain text")
                return nil
            }
            guard let value = convert(value, in: file, depth: depth + 1, log) else { return nil }
            entries.append(PackNode.Entry(key: name.string, keyPlace: keyPlace, value: value))
        }
        return PackNode(place: place, content: .map(entries))
    case .alias:
        log.error(.alias, at: place, "aliases are not allowed in a pack", hint: "write the value out")
        return nil
    }
}
