import Chronicle
import EventStorage
import Wire

/// Where a page of a list ended, as one word a caller hands back: opaque, so that the order of a list may change.
struct Cursor {
    let values: [RowValue]

    init(_ values: [RowValue]) { self.values = values }

    init?(_ text: String) {
        guard let bytes = Base64.decodeFromAddress(text), let items = try? LedgerJSON.decode([JSONValue].self, from: bytes) else { return nil }
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
        return Base64.encodeForAddress((try? LedgerJSON.encode(items)) ?? [])
    }
}
