import Glibc
import Measures

/// The columns as raw files, one an array, and what was answered from them and how fast.
final class ColumnFolder {
    private let path: String
    private var answers = "code\tby\tms\twords\tn\tvalue\tp90\tnet\n"

    init(_ path: String) {
        self.path = path
        var reached = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            reached += (reached.isEmpty || reached == "/" ? "" : "/") + name
            mkdir(reached, 0o700)
        }
    }

    func note(_ code: Indicator.Code, _ by: [Dimension], _ milliseconds: Double, _ answer: Answer) {
        for cell in [answer.whole] + answer.cells {
            let figure = cell.now
            let numbers: [String] = [figure.value.map { "\($0)" }, figure.gross?.p90.map { "\($0)" }, figure.net?.p50.map { "\($0)" }].map { $0 ?? "" }
            let line =
                [code.rawValue, by.map(\.rawValue).joined(separator: ","), "\(milliseconds)", cell.words.joined(separator: "|"), "\(figure.n)"] + numbers
            answers += line.joined(separator: "\t") + "\n"
        }
    }

    func write(_ columns: Columns) throws {
        var columns = columns
        var files = Files(path: path)
        try columns.transfer(through: &files)
        files.put("answers.tsv", Array(answers.utf8))
        files.put("arrays.tsv", Array(files.list.utf8))
    }

    private struct Files: ColumnTransfer {
        let path: String
        var list = ""

        mutating func array<Value: BitwiseCopyable>(_ name: String, _ values: inout [Value]) {
            list += "\(name)\t\(values.count)\t\(MemoryLayout<Value>.stride)\n"
            values.withUnsafeBytes { put(name + ".bin", Array($0)) }
        }

        mutating func words(_ name: String, _ words: inout [String]) { put(name + ".txt", Array((words.joined(separator: "\n") + "\n").utf8)) }

        func put(_ name: String, _ bytes: [UInt8]) {
            guard let file = fopen(path + "/" + name, "w") else { return }
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
    }
}
