extension ShiftBenchmark {
    /// The instance that stands in a benchmark file; every fault of the file, each with its line, if it is none.
    public init(reading text: String) throws(FileFaults) {
        var reading = BenchmarkReading()
        reading.read(text)
        self = try reading.finished()
    }
}

/// A benchmark file being read, line by line; faults are collected, not thrown at the first.
private struct BenchmarkReading {
    enum Section: String, CaseIterable {
        case horizon = "SECTION_HORIZON"
        case shifts = "SECTION_SHIFTS"
        case staff = "SECTION_STAFF"
        case daysOff = "SECTION_DAYS_OFF"
        case onRequests = "SECTION_SHIFT_ON_REQUESTS"
        case offRequests = "SECTION_SHIFT_OFF_REQUESTS"
        case cover = "SECTION_COVER"
    }

    private var benchmark = ShiftBenchmark()
    private var section: Section?
    private var met: Set<Section> = []
    private var line = 0
    private var faults: [FileFault] = []
    private var employeeIndex: [String: Int] = [:]
    private var shiftIDs: Set<String> = []
    /// Shifts named as followers before all shifts are known, with the line that named them.
    private var followers: [(line: Int, id: String)] = []
    private var covered: Set<[String]> = []

    mutating func read(_ text: String) {
        guard text.utf8.count <= ShiftBenchmark.bytesMax else { return fault("the file has more than \(ShiftBenchmark.bytesMax) bytes") }
        for row in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            line += 1
            let row = row.trimmingSpaces
            if row.isEmpty || row.first == "#" { continue }
            if row.hasPrefix("SECTION_") { open(row) } else { take(row.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingSpaces)) }
            if faults.count >= FileFaults.kept { return }
        }
        for follower in followers where !shiftIDs.contains(follower.id) {
            faults.append(FileFault(line: follower.line, sentence: "no shift is called “\(follower.id)”"))
        }
        line = 0
        for section in Section.allCases.prefix(3) where !met.contains(section) { fault("the file has no \(section.rawValue)") }
        if met.contains(.horizon), benchmark.days == 0 { fault("the horizon is not given") }
        if met.contains(.shifts), benchmark.shifts.isEmpty { fault("there are no shifts") }
        if met.contains(.staff), benchmark.employees.isEmpty { fault("there are no employees") }
    }

    func finished() throws(FileFaults) -> ShiftBenchmark {
        guard faults.isEmpty else { throw FileFaults(faults: faults) }
        return benchmark
    }

    private mutating func fault(_ sentence: String) { faults.append(FileFault(line: line, sentence: sentence)) }

    private mutating func open(_ name: String) {
        guard let named = Section(rawValue: name) else {
            section = nil
            return fault("“\(name)” is no section of this format")
        }
        if !met.insert(named).inserted { fault("\(name) stands here a second time") }
        section = named
    }

    private mutating func take(_ fields: [String]) {
        switch section {
        case nil: if met.isEmpty { fault("this line stands before any section") }
        case .horizon: takeHorizon(fields)
        case .shifts: takeShift(fields)
        case .staff: takeEmployee(fields)
        case .daysOff: takeDaysOff(fields)
        case .onRequests: if let request = request(fields) { benchmark.onRequests.append(request) }
        case .offRequests: if let request = request(fields) { benchmark.offRequests.append(request) }
        case .cover: takeCover(fields)
        }
    }

    private mutating func takeHorizon(_ fields: [String]) {
        guard benchmark.days == 0 else { return fault("the horizon is given twice") }
        guard counted(fields, 1), let days = number(fields[0], "the horizon in days") else { return }
        guard (1...ShiftBenchmark.daysMax).contains(days) else { return fault("the horizon must be 1 to \(ShiftBenchmark.daysMax) days, not \(days)") }
        benchmark.days = days
    }

    private mutating func takeShift(_ fields: [String]) {
        guard counted(fields, 3), let minutes = number(fields[1], "the length in minutes") else { return }
        let id = fields[0]
        guard !id.isEmpty, id != "-" else { return fault("a shift needs a name, and “-” is a day off") }
        guard (1...1_440).contains(minutes) else { return fault("a shift is 1 to 1440 minutes long, not \(minutes)") }
        guard shiftIDs.insert(id).inserted else { return fault("shift “\(id)” is given twice") }
        guard benchmark.shifts.count < ShiftBenchmark.shiftsMax else { return fault("more than \(ShiftBenchmark.shiftsMax) shifts") }
        let after = fields[2].split(separator: "|").map(\.trimmingSpaces)
        followers += after.map { (line, $0) }
        benchmark.shifts.append(ShiftBenchmark.Shift(id: id, minutes: minutes, mayNotBeFollowedBy: after))
    }

    private mutating func takeEmployee(_ fields: [String]) {
        guard counted(fields, 8) else { return }
        let id = fields[0]
        guard !id.isEmpty else { return fault("an employee needs a name") }
        guard employeeIndex[id] == nil else { return fault("employee “\(id)” is given twice") }
        guard benchmark.employees.count < ShiftBenchmark.employeesMax else { return fault("more than \(ShiftBenchmark.employeesMax) employees") }
        var most: [String: Int] = [:]
        for limit in fields[1].split(separator: "|") {
            let sides = limit.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmingSpaces)
            guard sides.count == 2, shiftIDs.contains(sides[0]) else { fault("“\(limit)” is not SHIFT=COUNT"); continue }
            guard let count = number(sides[1], "the most of shift \(sides[0])") else { continue }
            if most.updateValue(count, forKey: sides[0]) != nil { fault("the most of shift \(sides[0]) is given twice") }
        }
        let names = [
            "the most minutes", "the fewest minutes", "the most consecutive shifts", "the fewest consecutive shifts",
            "the fewest consecutive days off", "the most weekends",
        ]
        let numbers = zip(fields[2...], names).compactMap { number($0, $1) }
        guard numbers.count == names.count else { return }
        if numbers[1] > numbers[0] { fault("\(id) must work at least \(numbers[1]) minutes and at most \(numbers[0])") }
        if numbers[3] > max(numbers[2], 1) { fault("\(id) must work at least \(numbers[3]) days in a row and at most \(numbers[2])") }
        employeeIndex[id] = benchmark.employees.count
        benchmark.employees.append(
            ShiftBenchmark.Employee(
                id: id, shiftsMax: most, minutesMax: numbers[0], minutesMin: numbers[1], consecutiveShiftsMax: numbers[2],
                consecutiveShiftsMin: numbers[3], consecutiveDaysOffMin: numbers[4], weekendsMax: numbers[5]))
    }

    private mutating func takeDaysOff(_ fields: [String]) {
        guard let index = employeeIndex[fields[0]] else { return fault("no employee is called “\(fields[0])”") }
        for field in fields.dropFirst() where !field.isEmpty {
            if let day = day(field) { benchmark.employees[index].daysOff.insert(day) }
        }
    }

    private mutating func request(_ fields: [String]) -> ShiftBenchmark.Request? {
        guard counted(fields, 4) else { return nil }
        guard employeeIndex[fields[0]] != nil else {
            fault("no employee is called “\(fields[0])”")
            return nil
        }
        guard let day = day(fields[1]), let shift = shift(fields[2]), let weight = number(fields[3], "the weight") else { return nil }
        return ShiftBenchmark.Request(employee: fields[0], day: day, shift: shift, weight: weight)
    }

    private mutating func takeCover(_ fields: [String]) {
        guard counted(fields, 5), let day = day(fields[0]), let shift = shift(fields[1]) else { return }
        guard let need = number(fields[2], "the requirement"), let under = number(fields[3], "the weight for under"),
            let over = number(fields[4], "the weight for over")
        else { return }
        guard covered.insert([String(day), shift]).inserted else { return fault("the cover of shift \(shift) on day \(day) is given twice") }
        benchmark.cover.append(ShiftBenchmark.Cover(day: day, shift: shift, need: need, underWeight: under, overWeight: over))
    }

    private mutating func counted(_ fields: [String], _ wanted: Int) -> Bool {
        if fields.count != wanted { fault("\(wanted) fields are wanted here, not \(fields.count)") }
        return fields.count == wanted
    }

    private mutating func number(_ field: String, _ name: String) -> Int? {
        guard let value = Int(field), (0...ShiftBenchmark.numberMax).contains(value) else {
            fault("\(name) must be a whole number from 0 to \(ShiftBenchmark.numberMax), not “\(field)”")
            return nil
        }
        return value
    }

    private mutating func day(_ field: String) -> Int? {
        guard let day = number(field, "the day") else { return nil }
        guard day < benchmark.days else {
            fault("day \(day) is outside the horizon of \(benchmark.days) days")
            return nil
        }
        return day
    }

    private mutating func shift(_ field: String) -> String? {
        if shiftIDs.contains(field) { return field }
        fault("no shift is called “\(field)”")
        return nil
    }
}

extension StringProtocol {
    /// Without blanks and byte-order mark at its ends.
    var trimmingSpaces: String {
        func blank(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else { return "" }
        return String(self[first...last])
    }
}
