import Foundation
import Testing

@Suite("Forecasts and staffing at the command line")
struct PlanningTests {
    /// Twelve weeks of hourly counts in two languages, with a week's course.
    private func table(in folder: TemporaryFolder) throws -> String {
        var text = "at,count,language\n"
        let formatter = ISO8601DateFormatter()
        for hour in 0..<12 * 168 {
            let day = hour / 24
            let date = Date(timeIntervalSince1970: 1_767_571_200 + Double(hour) * 3_600)
            let stamp = formatter.string(from: date)
            let level = (hour % 24 > 8 ? 30 : 8) + (day % 7 < 5 ? 10 : 0) + hour * 7_919 % 11
            text += "\(stamp),\(level),\(hour % 3 == 0 ? "ms" : "en")\n"
        }
        return try folder.write(text, to: "counts.csv")
    }

    @Test("The back-test prints the leaderboard, the choice and its MASE as JSON, and a table for people")
    func backtest() throws {
        let folder = try TemporaryFolder()
        let words = [
            "forecast", "backtest", try table(in: folder), "--time-column", "at", "--value-column", "count", "--every", "1h", "--horizon", "24", "--origins",
            "10",
        ]
        let answer = try #require(try objects(try Program.run(words + ["--json"])).first)
        #expect(answer["origins"] as? Int == 10)
        #expect(try #require(answer["mase"] as? Double) < 1)
        #expect(try #require(answer["leaderboard"] as? [[String: Any]]).count > 10)
        #expect((answer["choice"] as? [String: Any])?["mase"] as? Double == answer["mase"] as? Double)
        #expect(try #require(answer["fit_ms"] as? Double) > 0)
        let people = try Program.run(words)
        #expect(people.code == 0 && people.out.contains("the choice") && people.out.contains("Intervals meant to hold 80.0 %"))
    }

    @Test("A forecast has as many steps as asked, each inside its interval; a slice is forecast alone")
    func next() throws {
        let folder = try TemporaryFolder()
        let words = ["forecast", try table(in: folder), "--time-column", "at", "--value-column", "count", "--every", "1d", "--horizon", "5", "--json"]
        let whole = try #require(try objects(try Program.run(words)).first)
        let steps = try #require(whole["forecast"] as? [[String: Any]])
        #expect(steps.count == 5)
        for step in steps {
            let (told, low, high) = (step["forecast"] as? Double, step["low80"] as? Double, step["high80"] as? Double)
            #expect(try #require(low) <= #require(told) && #require(told) <= #require(high))
        }
        let slice = try #require(try objects(try Program.run(words + ["--only", "language=ms"])).first?["forecast"] as? [[String: Any]])
        #expect(try #require(slice[0]["forecast"] as? Double) < #require(steps[0]["forecast"] as? Double))
    }

    @Test(
        "What cannot be done is refused in one sentence",
        arguments: [
            ("forecast FILE --time-column when --every 1h --horizon 3", "has no column “when”"),
            ("forecast FILE --time-column at --every 7m --horizon 3", "is no spacing"),
            ("forecast FILE --time-column at --value-column count --every 5m --horizon 3", "the readings are 1h apart"),
            ("staffing live --arrivals 10 --handling 3m", "say what is promised"), ("staffing cases --work 1,x --within 1", "numbers of at least 0"),
        ])
    func refusals(words: String, says: String) throws {
        let folder = try TemporaryFolder()
        let file = try table(in: folder)
        let outcome = try Program.run(words.split(separator: " ").map { $0 == "FILE" ? file : String($0) })
        #expect(outcome.code == 1)
        #expect(outcome.err.contains(says))
    }

    @Test("Staffing answers how many, where, with which skills, and what one fewer misses")
    func cases() throws {
        let folder = try TemporaryFolder()
        let work = try folder.write("arrives,due,work,skill\n0,8,6,ms\n2,10,4,\n12,20,6,es\n", to: "work.csv")
        let shifts = try folder.write(
            "name,site,start,length,utc_offset,skills,cost,productive\nKL day,KL,9,8,8,ms,1,90\nBogotá day,Bogotá,8,8,-5,es,1,90\n", to: "shifts.csv")
        let answer = try #require(try objects(try Program.run(["staffing", "cases", work, "--shifts", shifts, "--repeats", "--json"])).first)
        #expect(answer["people"] as? Int == 3)
        #expect(answer["optimal"] as? Bool == true)
        let rows = try #require(answer["shifts"] as? [[String: Any]])
        #expect(rows.compactMap { $0["site"] as? String } == ["KL", "Bogotá"])
        #expect(rows.allSatisfy { ($0["one_fewer_misses_hours"] as? Double ?? 0) > 0 })
    }
}
