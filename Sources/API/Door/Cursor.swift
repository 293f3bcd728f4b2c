import Chronicle
import EventStorage
import Wire

/// Where a page of a list ended, as one word a caller hands back: opaque, so that the order of a list may change.
struct Cursor {
    let values: [RowValue]

    init(_ values: [RowValue]) { self.values = values }

    init?(_ text: String) {
        // The alphabet of RFC 4648 §5, so that it stands in a query as it is.
        let padded = text.replacing("-", with: "+").replacing("_", with: "/") + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let bytes = Base64.decode(padded), let items = try? LedgerJSON.decode([JSONValue].self, from: bytes) else { return nil }
        var values: [RowValue] = []
        for item in items {
            switch item {
            case .null: values.append(.null)
            case .integer(let number): values.append(.integer(number))
            case .text(let text): values.append(.text(text))
            case .boolean, .list, .object: return nil
            }
        }
        self.values = values
    }

    var text: String {
        let items: [JSONValue] = values.map { value in
            switch value {
            case .null, .blob: .null
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            }
        }
        let text = Base64.encode((try? LedgerJSON.encode(items)) ?? [])
        return text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
