import Chronicle

/// The forms in which other tools read an event log.
enum ExportForm: String, CaseIterable {
    case xes, ocel, csv
}

extension ExportedLog {
    func written(as form: ExportForm) -> String {
        switch form {
        case .xes: xes()
        case .ocel: ocel()
        case .csv: csv()
        }
    }

    /// XES (IEEE 1849): one trace a case, its events in the order of the log.
    private func xes() -> String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <log xes.version="2.0" xes.features="" xmlns="http://www.xes-standard.org/">
            <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
            <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
            <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
            <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
            <extension name="ID" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
            <global scope="trace">
            <string key="concept:name" value=""/>
            </global>
            <global scope="event">
            <string key="concept:name" value=""/>
            <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
            </global>
            <classifier name="Activity" keys="concept:name"/>

            """
        var byCase = [[Int]](repeating: [], count: cases.count)
        for (place, event) in events.enumerated() { byCase[event.case].append(place) }
        for (number, one) in cases.enumerated() {
            text += "<trace>\n" + Self.string("concept:name", one.id)
            for attribute in one.attributes {
                text += attribute.name == "simulated" ? Self.tag("boolean", attribute.name, attribute.value) : Self.string(attribute.name, attribute.value)
            }
            for event in byCase[number].map({ events[$0] }) {
                text += "<event>\n" + Self.string("concept:name", event.activity) + Self.tag("date", "time:timestamp", event.at.description)
                text += Self.string("lifecycle:transition", "complete") + Self.string("org:resource", event.resource)
                text += Self.tag("int", "sequence", String(event.sequence))
                if let holder = event.holder { text += Self.string("holder", holder) }
                if let policy = event.policy { text += Self.string("policy", policy) }
                text += "</event>\n"
            }
            text += "</trace>\n"
        }
        return text + "</log>\n"
    }

    private static func string(_ key: String, _ value: String) -> String { tag("string", key, value) }

    private static func tag(_ kind: String, _ key: String, _ value: String) -> String {
        var safe = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case _ where scalar.value < 32: safe += " "
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return "<\(kind) key=\"\(key)\" value=\"\(safe)\"/>\n"
    }

    /// OCEL 2.0 in JSON: cases and members of staff are objects, every event belongs to its case and to who did it.
    private func ocel() -> String {
        let activities = Set(events.map(\.activity)).sorted()
        let staff = Set(events.map(\.resource).filter { $0.hasPrefix("staff_") }).sorted()
        func kind(_ name: String, _ attributes: [String]) -> JSON {
            .object([
                ("name", .text(name)), ("attributes", .list(attributes.map { .object([("name", .text($0)), ("type", .text("string"))]) })),
            ])
        }
        var opened: [Int: Instant] = [:]
        for event in events where opened[event.case] == nil { opened[event.case] = event.at }
        let objects: [JSON] =
            cases.enumerated().map { number, one in
                let attributes = one.attributes.map { attribute in
                    JSON.object([("name", .text(attribute.name)), ("time", .text(opened[number])), ("value", .text(attribute.value))])
                }
                return .object([("id", .text(one.id)), ("type", .text("case")), ("attributes", .list(attributes)), ("relationships", .list([]))])
            } + staff.map { .object([("id", .text($0)), ("type", .text("staff")), ("attributes", .list([])), ("relationships", .list([]))]) }
        let happened: [JSON] = events.map { event in
            var attributes = [("resource", event.resource)]
            if let holder = event.holder { attributes.append(("holder", holder)) }
            if let policy = event.policy { attributes.append(("policy", policy)) }
            var relations = [(cases[event.case].id, "of")]
            if event.resource.hasPrefix("staff_") { relations.append((event.resource, "by")) }
            return .object([
                ("id", .text("event-\(event.sequence)")), ("type", .text(event.activity)), ("time", .text(event.at.description)),
                ("attributes", .list(attributes.map { .object([("name", .text($0.0)), ("value", .text($0.1))]) })),
                ("relationships", .list(relations.map { .object([("objectId", .text($0.0)), ("qualifier", .text($0.1))]) })),
            ])
        }
        return JSON.object([
            ("objectTypes", .list([kind("case", Self.attributeNames), kind("staff", [])])),
            ("eventTypes", .list(activities.map { kind($0, ["resource", "holder", "policy"]) })), ("objects", .list(objects)), ("events", .list(happened)),
        ]).line + "\n"
    }

    /// One row an event, in the order of the log (RFC 4180).
    private func csv() -> String {
        var text = (["case_id", "activity", "timestamp", "resource", "event_id", "holder", "policy"] + Self.attributeNames).joined(separator: ",") + "\r\n"
        for event in events {
            let one = cases[event.case]
            let values = Self.attributeNames.map { name in one.attributes.first { $0.name == name }?.value ?? "" }
            let fields =
                [one.id, event.activity, event.at.description, event.resource, String(event.sequence), event.holder ?? "", event.policy ?? ""] + values
            text += fields.map(Self.field).joined(separator: ",") + "\r\n"
        }
        return text
    }

    private static func field(_ value: String) -> String {
        guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
        return "\"" + value.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
