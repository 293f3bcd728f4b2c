import Foundation
import Yams

@testable import API

/// `openapi.yaml` as the tests read it: its operations, and the schemas that answers are held against.
///
/// Sendable by hand: what the YAML reader gave is never changed.
struct Document: @unchecked Sendable {
    struct Described: @unchecked Sendable {
        let id: String
        let method: String
        let path: String
        let statuses: Set<String>
        let summary: String
        let description: String
        let needsBody: Bool
        fileprivate let node: [String: Any]
    }

    let root: [String: Any]
    let operations: [Described]

    init() throws {
        root = try Yams.load(yaml: String(decoding: PackageResources.openapi_yaml, as: UTF8.self)) as? [String: Any] ?? [:]
        var found: [Described] = []
        for (path, item) in root["paths"] as? [String: Any] ?? [:] {
            for (method, operation) in item as? [String: Any] ?? [:] {
                guard let operation = operation as? [String: Any], let id = operation["operationId"] as? String else { continue }
                found.append(
                    Described(
                        id: id, method: method.uppercased(), path: path, statuses: Set((operation["responses"] as? [String: Any] ?? [:]).keys),
                        summary: operation["summary"] as? String ?? "", description: operation["description"] as? String ?? "",
                        needsBody: operation["requestBody"] != nil, node: operation))
            }
        }
        operations = found.sorted { $0.id < $1.id }
    }

    func operation(_ id: String) -> Described? { operations.first { $0.id == id } }

    /// What is wrong with an answer, held against what the document says of this operation and status; empty for a sound one.
    func complaints(about operation: Described, status: Int, mediaType: String, body: [UInt8]) -> [String] {
        let responses = operation.node["responses"] as? [String: Any] ?? [:]
        guard let response = resolved(responses["\(status)"] ?? responses["default"]) else { return ["\(operation.id): status \(status) is not documented"] }
        let content = response["content"] as? [String: Any] ?? [:]
        let type = mediaType.split(separator: ";").first.map(String.init) ?? ""
        guard let media = content[type] ?? content["*/*"] else {
            return ["\(operation.id): \(status) answers \(type), documented are \(content.keys.sorted())"]
        }
        guard type.hasSuffix("json"), let schema = resolved((media as? [String: Any])?["schema"]) else { return [] }
        guard let value = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) else {
            return ["\(operation.id): the body is not JSON"]
        }
        return complaints(value, schema, at: "\(operation.id) \(status)")
    }

    /// What is wrong with a request's body.
    func complaints(about operation: Described, request body: [UInt8]) -> [String] {
        let content = resolved(operation.node["requestBody"])?["content"] as? [String: Any] ?? [:]
        guard let schema = resolved((content["application/json"] as? [String: Any])?["schema"]) else { return [] }
        guard let value = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) else {
            return ["\(operation.id): the body is not JSON"]
        }
        return complaints(value, schema, at: operation.id)
    }

    private func resolved(_ node: Any?) -> [String: Any]? {
        guard let node = node as? [String: Any] else { return nil }
        guard let reference = node["$ref"] as? String else { return node }
        var found: Any? = root
        for step in reference.split(separator: "/").dropFirst() { found = (found as? [String: Any])?[String(step)] }
        return resolved(found)
    }

    private func complaints(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        if let choices = schema["oneOf"] as? [Any] {
            let fitting = choices.compactMap(resolved).filter { complaints(value, $0, at: place).isEmpty }
            return fitting.count == 1 ? [] : ["\(place): fits \(fitting.count) of the shapes it may have"]
        }
        var found: [String] = []
        switch schema["type"] as? String {
        case "object":
            guard let object = value as? [String: Any] else { return ["\(place) is no object"] }
            let properties = schema["properties"] as? [String: Any] ?? [:]
            for name in schema["required"] as? [String] ?? [] where object[name] == nil { found.append("\(place) has no \(name)") }
            for (name, field) in object {
                if let known = resolved(properties[name] ?? schema["additionalProperties"]) {
                    found += complaints(field, known, at: "\(place).\(name)")
                } else if !properties.isEmpty {
                    found.append("\(place).\(name) is not documented")
                }
            }
        case "array":
            guard let items = value as? [Any] else { return ["\(place) is no array"] }
            guard let schema = resolved(schema["items"]) else { return [] }
            for (index, item) in items.enumerated() { found += complaints(item, schema, at: "\(place)[\(index)]") }
        case "string":
            guard let text = value as? String else { return ["\(place) is no string"] }
            if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil {
                found.append("\(place): “\(text)” is not like \(pattern)")
            }
            if let known = schema["enum"] as? [String], !known.contains(text) { found.append("\(place): “\(text)” is none of \(known)") }
        case "integer":
            guard let number = value as? NSNumber, number.doubleValue.rounded() == number.doubleValue else {
                return ["\(place) is no integer"]
            }
        case "boolean":
            guard value is Bool else { return ["\(place) is no boolean"] }
        default: break
        }
        return found
    }
}

/// Ours, not Foundation's.
typealias Operation = API.Operation
