import Archives
import Foundation
import Intake
import RootCauses

/// A folder of tables whose causes are written in its `labels.csv`.
struct LabelledFolder {
    let path: String

    /// Each of `paths` that has labels, or else the folders in it that have.
    static func found(in paths: [String]) throws -> [LabelledFolder] {
        var found: [LabelledFolder] = []
        for path in paths {
            let inside = (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
            let own =
                inside.contains("labels.csv") ? [path] : inside.map { "\(path)/\($0)" }.filter { FileManager.default.fileExists(atPath: $0 + "/labels.csv") }
            guard !own.isEmpty else { throw Failure("\(path) has no labels.csv, nor has a folder in it") }
            found += own.map(LabelledFolder.init)
        }
        return found
    }

    /// A combination as labels write it.
    static func name(_ combination: [Finding.Attribute]) -> String { combination.map { "\($0.name)=\($0.value)" }.joined(separator: "&") }

    func score() throws -> CausesScore {
        var score = CausesScore(folder: path)
        for (file, truth) in try labels() {
            let table = try LeafFile(path: "\(path)/\(file)").table()
            let started = ProcessorTime.now
            let causes = RootCauses(of: table, shuffles: 0)
            score.add(causes.findings.map { Set($0.combination.map { "\($0.name)=\($0.value)" }) }, truth, milliseconds: ProcessorTime.now - started)
        }
        return score
    }

    private func labels() throws -> [(file: String, truth: Set<Set<String>>)] {
        let source = try ByteSource(path: path + "/labels.csv")
        var reader = CSVReader()
        var rows: [CSVReader.Row] = []
        while let chunk = try source.next() { rows += reader.feed(chunk) }
        rows += reader.finish()
        let records = try rows.map { row in
            switch row {
            case .success(let record): record
            case .failure(let rejection): throw Failure("\(path)/labels.csv: \(rejection)")
            }
        }
        guard let header = records.first?.fields, let file = header.firstIndex(of: "file"), let causes = header.firstIndex(of: "root_causes") else {
            throw Failure("\(path)/labels.csv: wanted are the columns file and root_causes")
        }
        return records.dropFirst().map { record in
            (record[file], Set(record[causes].split(separator: ";").map { Set($0.split(separator: "&").map(String.init)) }))
        }
    }
}

/// Micro F1 over the tables of a folder, by exact match of attribute combinations.
struct CausesScore {
    let folder: String
    private(set) var tables = 0
    private(set) var hits = 0
    private(set) var tooMuch = 0
    private(set) var missed = 0
    private(set) var topHits = 0
    private(set) var milliseconds: [Double] = []

    init(folder: String) { self.folder = folder }

    mutating func add(_ found: [Set<String>], _ truth: Set<Set<String>>, milliseconds: Double) {
        tables += 1
        hits += truth.intersection(found).count
        tooMuch += Set(found).subtracting(truth).count
        missed += truth.subtracting(found).count
        if let first = found.first, truth.contains(first) { topHits += 1 }
        self.milliseconds.append(milliseconds)
    }

    var f1: Double { hits + tooMuch + missed == 0 ? 1 : 2 * Double(hits) / Double(2 * hits + tooMuch + missed) }
    var top1: Double { tables == 0 ? 0 : Double(topHits) / Double(tables) }
    private var median: Double { milliseconds.isEmpty ? 0 : milliseconds.sorted()[milliseconds.count / 2] }

    var text: String {
        """
        \(folder): F1 \(Figure.text(f1)) over \(tables) tables: \(hits) found, \(tooMuch) too much, \(missed) missed; first finding right in \
        \(Figure.percent(top1)); \(Figure.text(median, digits: 3)) ms of processor time a table (median), \(Figure.text(milliseconds.max() ?? 0, digits: 3)) at most
        """
    }

    var json: JSON {
        .object([
            ("folder", .text(folder)), ("tables", .integer(tables)), ("f1", Figure.json(f1)), ("tp", .integer(hits)), ("fp", .integer(tooMuch)),
            ("fn", .integer(missed)), ("top1", Figure.json(top1)), ("cpu_ms_median", Figure.json(median)), ("cpu_ms_max", Figure.json(milliseconds.max() ?? 0)),
        ])
    }
}
