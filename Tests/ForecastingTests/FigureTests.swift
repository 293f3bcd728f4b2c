#if canImport(Glibc)
    import Glibc
#endif
import Testing

@testable import Forecasting

private let setsFolder: String? = getenv("RECOURSE_FORECAST_DATA").map { String(cString: $0) }

/// The figures of docs/figures.md on the sets they are told of, in short. The sets may not be copied, so they are read from the folder
/// `RECOURSE_FORECAST_DATA` names; where it is not there, that is said and nothing is claimed. `make bench-forecast` prints the whole.
@Suite("Forecasts of real series", .enabled(if: setsFolder != nil, "RECOURSE_FORECAST_DATA names no folder with the sets"))
struct FigureTests {
    @Test(
        "No worse than the figures promised",
        arguments: [
            ("bank_calls_5min.csv", "30m", 28, 40, 0.80), ("bank_calls_5min.csv", "30m", 140, 20, 0.79), ("anonymous_bank_1999_6min.csv", "1h", 24, 60, 0.60),
            ("taylor_halfhour_demand.csv", "30m", 48, 28, 0.52),
        ] as [(String, String, Int, Int, Double)])
    func promised(file: String, every: String, horizon: Int, origins: Int, most: Double) throws {
        var readings = Readings(every: try #require(Spacing(every)))
        let table = try #require(fopen("\(setsFolder ?? "")/\(file)", "r"))
        defer { fclose(table) }
        var buffer = [CChar](repeating: 0, count: 256)
        var line = 0
        while fgets(&buffer, 256, table) != nil {
            line += 1
            guard line > 1 else { continue }
            let fields = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split { $0 == "," || $0.isNewline }
            try readings.add(time: String(fields[0]), value: String(fields[1]), line: line)
        }
        let test = try Backtest(try readings.series().series, horizon: horizon, origins: origins)
        #expect(try #require(test.choice.mase) <= most)
        #expect(0.75...0.85 ~= test.coverage[0].reached)
    }
}
