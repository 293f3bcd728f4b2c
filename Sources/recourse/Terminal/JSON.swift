import Chronicle

/// One line of JSON for scripts: fields in the order they were given, no floating point.
enum JSON {
    case null
    case boolean(Bool)
    case integer(Int64)
    case text(String)
    case list([JSON])
    case object([(String, JSON)])
    /// JSON already written, such as the payload of an event.
    case written(String)

    static func text(_ value: (some CustomStringConvertible)?) -> JSON { value.map { .text($0.description) } ?? .null }
    static func integer(_ value: Int) -> JSON { .integer(Int64(value)) }

    var line: String {
        var line = ""
        write(to: &line)
        return line
    }

    private func write(to line: inout String) {
        switch self {
        case .null: line += "null"
        case .boolean(let value): line += value ? "true" : "false"
        case .integer(let value): line += String(value)
        case .text(let value): JSON.quote(value, to: &line)
        case .written(let json): line += json
        case .list(let values):
            line += "["
            for (index, value) in values.enumerated() {
                if index > 0 { line += "," }
                value.write(to: &line)
            }
            line += "]"
        case .object(let fields):
            line += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { line += "," }
                JSON.quote(field.0, to: &line)
                line += ":"
                field.1.write(to: &line)
            }
            line += "}"
        }
    }

    private static func quote(_ text: String, to line: inout String) {
        line += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\t": line += "\\t"
            case "\r": line += "\\r"
            case _ where scalar.value < 32 || scalar.value == 127:
                let hex = String(scalar.value, radix: 16)
                line += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: line.unicodeScalars.append(scalar)
            }
        }
        line += "\""
    }
}
