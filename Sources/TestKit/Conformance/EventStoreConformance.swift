import Chronicle
import EventStorage

/// What every engine of the store must do, as a list of named cases: run all of them over each engine, none is optional.
///
/// ```swift
/// @Test(arguments: EventStoreConformance.cases)
/// func engineKeepsItsPromises(_ promise: ConformanceCase) async throws { try await promise.check(engine()) }
/// ```
public enum EventStoreConformance {
    public static let cases = appending + concurrency + tree + rows + paging + readModels + lasting + agreement

    /// The tables an engine is opened with in every case.
    public static let tables = [SampleTables.queue, SampleTables.tally]
}

/// An engine and a place for one store of it, new and empty.
public struct EnginePlace: Sendable {
    /// Opens the store that is kept here; the first time, an empty one. Never open twice at once.
    public let open: @Sendable ([RowTable]) async throws -> any EventStore
    public let close: @Sendable (any EventStore) async throws -> Void

    public init(
        open: @escaping @Sendable ([RowTable]) async throws -> any EventStore,
        close: @escaping @Sendable (any EventStore) async throws -> Void
    ) {
        (self.open, self.close) = (open, close)
    }
}

/// One promise of the port, as a sentence, and the check of it.
public struct ConformanceCase: Sendable, CustomStringConvertible {
    public let description: String
    private let body: @Sendable (EnginePlace) async throws -> Void

    init(_ sentence: String, _ body: @escaping @Sendable (EnginePlace) async throws -> Void) {
        (description, self.body) = (sentence, body)
    }

    /// Throws `ConformanceFailure` with what was expected and what came.
    public func check(_ place: EnginePlace) async throws { try await body(place) }

    /// A case over one open store.
    init(_ sentence: String, over body: @escaping @Sendable (any EventStore) async throws -> Void) {
        self.init(sentence) { place in
            let store = try await place.open(EventStoreConformance.tables)
            do { try await body(store) } catch {
                try? await place.close(store)
                throw error
            }
            try await place.close(store)
        }
    }
}

/// A promise that was not kept.
public struct ConformanceFailure: Error, CustomStringConvertible {
    public let description: String
}

func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) throws(ConformanceFailure) {
    guard holds else { throw ConformanceFailure(description: sentence()) }
}

func expectEqual<Value: Equatable>(_ found: Value, _ expected: Value, _ what: @autoclosure () -> String) throws(ConformanceFailure) {
    guard found == expected else { throw ConformanceFailure(description: "\(what()): expected \(expected), found \(found)") }
}

/// The error of the port that `body` throws; a failure when it throws none.
func storeError<Value>(_ what: String, _ body: () async throws(StoreError) -> Value) async throws(ConformanceFailure) -> StoreError {
    do throws(StoreError) {
        _ = try await body()
    } catch {
        return error
    }
    throw ConformanceFailure(description: "\(what) was accepted")
}
