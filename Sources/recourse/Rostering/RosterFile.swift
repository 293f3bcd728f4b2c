import Foundation
import Rostering

/// A roster in a file: the text form, or JSON, either the roster alone or all that `roster solve --json` prints.
enum RosterFile {
    private struct Solved: Decodable { let roster: [String: [String?]] }

    static func read(_ path: String) throws(Failure) -> BenchmarkRoster {
        let bytes = try WholeFile.read(path)
        if bytes.first(where: { !" \n\r\t".utf8.contains($0) }) == UInt8(ascii: "{") {
            guard let rows = rows(Data(bytes)) else {
                throw Failure("\(path) is JSON, but no roster: wanted is {\"roster\": {\"NAME\": [\"SHIFT\" or null, …]}}")
            }
            return BenchmarkRoster(rows: rows.mapValues { $0.map { $0 == "-" || $0 == "" ? nil : $0 } })
        }
        do {
            return try BenchmarkRoster(reading: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Failure("\(path) is no roster:\n\(error)")
        }
    }

    private static func rows(_ data: Data) -> [String: [String?]]? {
        let decoder = JSONDecoder()
        if let solved = try? decoder.decode(Solved.self, from: data) { return solved.roster }
        return try? decoder.decode([String: [String?]].self, from: data)
    }
}

extension BenchmarkRoster {
    /// Employees in the order of the instance; a day off is null.
    func json(of benchmark: ShiftBenchmark) -> JSON {
        .object(benchmark.employees.map { employee in (employee.id, .list((rows[employee.id] ?? []).map { JSON.text($0) })) })
    }
}
