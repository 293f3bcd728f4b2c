/// The few ways in which the engines' SQL differs.
public enum Dialect: Sendable {
    case sqlite
    case postgres

    /// How the `number`-th parameter (from 1) is written.
    func placeholder(_ number: Int) -> String {
        switch self {
        case .sqlite: "?"
        case .postgres: "$\(number)"
        }
    }

    /// Nulls come first ascending and last descending. That is SQLite's own way, and saying so would only distract its planner.
    func direction(descending: Bool, nullable: Bool) -> String {
        switch (self, descending, nullable) {
        case (.sqlite, false, _), (.postgres, false, false): ""
        case (.sqlite, true, _), (.postgres, true, false): " DESC"
        case (.postgres, false, true): " ASC NULLS FIRST"
        case (.postgres, true, true): " DESC NULLS LAST"
        }
    }
}
