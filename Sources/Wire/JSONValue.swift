/// JSON as it was written, for bodies whose shape belongs to somebody else: an event's payload.
public indirect enum JSONValue: WireBody {
    case null
    case boolean(Bool)
    case integer(Int64)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() { self = .null; return }
        if let text = try? value.decode(String.self) { self = .text(text); return }
        if let number = try? value.decode(Int64.self) { self = .integer(number); return }
        if let truth = try? value.decode(Bool.self) { self = .boolean(truth); return }
        if let fields = try? value.decode([String: JSONValue].self) { self = .object(fields); return }
        self = .list(try value.decode([JSONValue].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .boolean(let truth): try value.encode(truth)
        case .integer(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let items): try value.encode(items)
        case .object(let fields): try value.encode(fields)
        }
    }
}
