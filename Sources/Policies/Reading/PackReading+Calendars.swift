import Chronicle
import Timekeeping

/// Zones, business calendars, sites, and the head of the pack.
extension PackReading {
    func zone(_ name: ZoneName, _ row: Row) -> Zone? {
        var eras: [ZoneEra] = []
        if row.optionalNode("eras") != nil {
            for node in row.list("eras") {
                guard let line = Row(node, self) else { continue }
                let from = line.optionalValue("from", "an instant like 2026-03-01T00:00:00Z") { Instant($0) }
                let rule = line.node("rule").flatMap(zoneRule)
                line.finish()
                if let rule { eras.append(ZoneEra(from: from, rule: rule)) }
            }
        } else if let rule = row.node("rule").flatMap(zoneRule) {
            eras = [ZoneEra(from: nil, rule: rule)]
        }
        guard row.provenance() != nil, !eras.isEmpty else { return nil }
        do {
            return try Zone(name, eras: eras)
        } catch {
            log.error(.badCalendar, at: place(of: name), error.description)
            return nil
        }
    }

    private func zoneRule(_ node: PackNode) -> ZoneRule? {
        guard let text = text(node) else { return nil }
        do {
            return try ZoneRule(parsing: text)
        } catch {
            log.error(.badCalendar, at: node.place, error.description)
            return nil
        }
    }

    /// A calendar as written, and what its holidays stand on; it is compiled when the zones are known.
    func timetable(_ name: CalendarName, _ row: Row) -> (timetable: Timetable, provenance: Provenance)? {
        let title = row.text("title")
        let zone: ZoneName? = row.reference("zone")
        let from = row.date("from")
        let through = row.date("through")
        mark("calendar \(name) through", row.place(of: "through"))
        let dayStartsAt = row.optionalValue("day-starts-at", "a time of day like 07:00") { TimeOfDay($0) }
        var week: [Weekday: [OpeningHours]] = [:]
        for entry in row.entries("hours") {
            guard let day = PackReading.weekdays[entry.key] else {
                log.error(.badValue, at: entry.keyPlace, "“\(entry.key)” is none of mon, tue, wed, thu, fri, sat, sun")
                continue
            }
            week[day] = list(entry.value).compactMap(openingHours)
        }
        var holidays: [Holiday] = []
        for node in row.list("holidays") {
            guard let line = Row(node, self) else { continue }
            let date = line.date("date")
            let label = line.text("name")
            let confidence = line.optionalChoice("confidence", Provenance.Confidence.self)
            line.finish()
            guard let date, let label else { continue }
            mark("calendar \(name) holiday \(date)", node.place)
            if holidays.contains(where: { $0.date == date }) { log.error(.duplicateRow, at: node.place, "\(date) is listed twice") }
            // The doubt stays in the name, so that every explanation of a due date that skips the day says so.
            holidays.append(Holiday(date, confidence == .unverified ? label + " (date unverified)" : label))
        }
        var exceptions: [ExceptionalDay] = []
        for node in row.optionalList("exceptions") {
            guard let line = Row(node, self) else { continue }
            let date = line.date("date")
            let label = line.text("name")
            let hours = line.list("hours").compactMap(openingHours)
            line.finish()
            guard let date, let label else { continue }
            mark("calendar \(name) holiday \(date)", node.place)
            exceptions.append(ExceptionalDay(date, hours: hours, label))
        }
        guard let title, let zone, let from, let through, let provenance = row.provenance() else { return nil }
        let timetable = Timetable(
            name: name, title: title, zone: zone, week: WeeklyHours(week), holidays: holidays, exceptions: exceptions, from: from, through: through,
            dayStartsAt: dayStartsAt ?? .midnight)
        return (timetable, provenance)
    }

    private static let weekdays: [String: Weekday] = [
        "mon": .monday, "tue": .tuesday, "wed": .wednesday, "thu": .thursday, "fri": .friday, "sat": .saturday, "sun": .sunday,
    ]

    private func openingHours(_ node: PackNode) -> OpeningHours? {
        value(node, "working hours like 09:00-18:00") { OpeningHours($0) }
    }

    /// Compiles every calendar whose zone is known; an unknown zone has its complaint already.
    func calendars(_ zones: [ZoneName: Zone], _ timetables: [CalendarName: (timetable: Timetable, provenance: Provenance)]) -> Calendars {
        var compiled: [BusinessCalendar] = []
        for (name, row) in timetables.sorted(by: { $0.key < $1.key }) {
            guard let zone = zones[row.timetable.zone] else { continue }
            do {
                compiled.append(try BusinessCalendar(row.timetable, in: zone))
            } catch {
                log.error(.badCalendar, at: place(of: name), error.description)
            }
        }
        return Calendars(zones: zones.values.sorted { $0.name < $1.name }, business: compiled)
    }

    func site(_ node: PackNode) -> Site? {
        guard let row = Row(node, self) else { return nil }
        let code = row.text("code")
        let title = row.text("title")
        let calendar: CalendarName? = row.reference("calendar")
        row.finish()
        guard let code, let title, let calendar else { return nil }
        return Site(code: code, title: title, calendar: calendar.text)
    }

    func limits(_ row: Row) -> CaseLimits? {
        guard let node = row.node("limits"), let line = Row(node, self) else { return nil }
        defer { line.finish() }
        let bytes = line.int("exhibit-bytes-max", in: 1...1 << 40)
        let exhibits = line.int("exhibits-per-party-max", in: 1...100_000)
        let characters = line.int("text-characters-max", in: 1...10_000_000)
        let requests = line.int("evidence-requests-per-type-max", in: 1...100)
        let offers = line.int("open-offers-per-party-max", in: 1...100)
        let notices = line.int("notices-before-default", in: 1...100)
        let spacing = line.span("notice-spacing")
        let reopen = line.int("reopen-window-days", in: 0...3_650)
        let likeness = line.optionalInt("precedent-likeness", in: 1...100) ?? CaseLimits.customaryLikeness
        let precedents = line.optionalInt("precedents-before-deviation", in: 1...20) ?? CaseLimits.customaryPrecedents
        guard let bytes, let exhibits, let characters, let requests, let offers, let notices, let spacing, let reopen else { return nil }
        return CaseLimits(
            exhibitBytesMax: Int64(bytes), exhibitsPerPartyMax: exhibits, textCharactersMax: characters, evidenceRequestsPerTypeMax: requests,
            openOffersPerPartyMax: offers, noticesBeforeDefault: notices, noticeSpacing: spacing, reopenWindowDays: reopen,
            precedentLikeness: likeness, precedentsBeforeDeviation: precedents)
    }
}
