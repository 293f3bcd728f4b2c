import Archives
import Intake
import RootCauses

/// A table of leaves in a file. Either all of it is good, or nothing of it is used and each bad row is named.
struct LeafFile {
    let path: String
    /// So many bad rows are named one by one.
    static let namedMax = 20

    func table() throws -> LeafTable {
        let source = try ByteSource(path: path)
        var reader = CSVReader()
        var reading: Reading?
        while let chunk = try source.next() { try take(reader.feed(chunk), &reading) }
        try take(reader.finish(), &reading)
        guard let reading else { throw Failure("\(path) is empty: a header is wanted, and a row for each combination of attribute values") }
        guard reading.bad == 0 else { throw reading.failure(of: path) }
        guard reading.rows > 0 else { throw Failure("\(path) has a header and no rows") }
        return LeafTable(reading.draft)
    }

    private func take(_ rows: [CSVReader.Row], _ reading: inout Reading?) throws {
        for row in rows {
            if reading != nil {
                try reading?.take(row, of: path)
            } else {
                switch row {
                case .success(let header): reading = try Reading(header: header.fields, of: path)
                case .failure(let rejection): throw Failure("\(path): the header cannot be read: \(rejection.reason)")
                }
            }
        }
    }
}

extension LeafFile {
    /// What was read so far.
    private struct Reading {
        var draft: LeafTable.Draft
        let attributes: [Int]
        let numbers: [(column: Int, name: String)]
        var rows = 0
        var bad = 0
        var complaints: [String] = []

        init(header: [String], of path: String) throws {
            let ratio = ["real_a", "real_b", "predict_a", "predict_b"]
            let additive = ["real", "predict"]
            for (column, name) in header.enumerated() where header[..<column].contains(name) {
                throw Failure("\(path): the header names “\(name)” twice")
            }
            let isRatio = ratio.contains { header.contains($0) }
            let wanted = isRatio ? ratio : additive
            if let missing = wanted.first(where: { !header.contains($0) }) {
                throw Failure("\(path): there is no column “\(missing)”; wanted are \(wanted.joined(separator: ", ")) and the attributes")
            }
            numbers = wanted.compactMap { name in header.firstIndex(of: name).map { ($0, name) } }
            attributes = header.indices.filter { !(ratio + additive).contains(header[$0]) }
            do { draft = try LeafTable.Draft(attributes: attributes.map { header[$0] }, columns: isRatio ? .ratio : .additive) } catch {
                throw Failure("\(path): \(error)")
            }
        }

        mutating func take(_ row: CSVReader.Row, of path: String) throws {
            rows += 1
            switch row {
            case .failure(let rejection): complain(rejection.line, "\(rejection.reason)")
            case .success(let record):
                var measured: [Double] = []
                for (column, name) in numbers {
                    let text = record[column]
                    guard let number = Double(text), number.isFinite, abs(number) <= LeafTable.Limit.magnitudeMax else {
                        return complain(record.line, text.isEmpty ? "“\(name)” is empty" : "“\(name)” holds “\(text)”, which is not a number that can be added")
                    }
                    if draft.columns == .ratio, number < 0 { return complain(record.line, "“\(name)” holds “\(text)”: a part of a ratio is not below zero") }
                    measured.append(number)
                }
                do { try draft.add(attributes.map { record[$0] }, measured) } catch { throw Failure("\(path): line \(record.line): \(error)") }
            }
        }

        private mutating func complain(_ line: Int, _ reason: String) {
            bad += 1
            if complaints.count < LeafFile.namedMax { complaints.append("line \(line): \(reason)") }
        }

        func failure(of path: String) -> Failure {
            let more = bad > complaints.count ? ["and \(bad - complaints.count) more"] : []
            let first = bad == 1 ? "one row cannot be read" : "\(bad) rows cannot be read"
            return Failure(harmless(([first + ", so nothing of \(path) was used:"] + complaints + more).joined(separator: "\n")))
        }
    }
}
