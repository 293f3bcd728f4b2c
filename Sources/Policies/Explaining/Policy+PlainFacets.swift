import Chronicle
import Timekeeping

/// Facets of the tables that hold little more than names, limits and dates.
extension Policy {
    var authorityFacets: [Facet] {
        var list = FacetList(.authority, "Authority")
        list.value("values are counted in", "\(authority.valueAsset.code) with \(authority.valueAsset.decimals) decimals")
        for limit in authority.limits { list.value("limit of \(limit.level.rawValue)", limit.valueMax) }
        list.value("second key above", authority.fourEyesAbove)
        for outcome in authority.fourEyesOutcomes.sorted() {
            list.holds(gained: "Outcome \(outcome) now always needs a second key", lost: "Outcome \(outcome) no longer always needs a second key")
        }
        list.value("second key for a release on appeal", authority.fourEyesOnAppealRelease ? "always" : "by value")
        list.value("large releases stay reversible for", authority.reversibleHold)
        if let provenance = authority.provenance { list.provenance(provenance) }
        return list.facets
    }

    var appealFacets: [Facet] {
        var list = FacetList(.appeals, "Appeals")
        list.value("ladder", appeals.rungs.map(\.level.rawValue).joined(separator: ", "))
        for rung in appeals.rungs {
            let level = rung.level.rawValue
            list.value("title of \(level)", rung.title)
            list.value("role of \(level)", rung.role)
            list.value("certificate of \(level)", rung.certificate.rawValue)
            list.value("panel of \(level)", rung.panelSize)
            list.value("clock of \(level)", rung.clock)
        }
        list.value("straight to the panel above", appeals.panelAbove)
        list.value("possible after a pay-out", appeals.afterPayout.map(\.text).sorted().joined(separator: ", "))
        for penalty in appeals.panelPenalties.sorted() {
            list.holds(gained: "Appeals of \(penalty) now go straight to the panel", lost: "Appeals of \(penalty) no longer go straight to the panel")
        }
        for body in appeals.external {
            list.holds(gained: "Final answers now name \(body)", lost: "Final answers no longer name \(body)")
        }
        return list.facets
    }

    var plainFacets: [Facet] {
        var all: [Facet] = []
        for fault in faults.values.sorted(by: { $0.code < $1.code }) {
            var list = FacetList(.faults, "Fault \(fault.code)")
            list.value("title", fault.title)
            all += list.facets
        }
        for cause in overturnCauses.values.sorted(by: { $0.code < $1.code }) {
            var list = FacetList(.overturnCauses, "Overturn cause \(cause.code)")
            list.value("title", cause.title)
            list.value("counts against the handler", cause.handlerError ? "yes" : "no")
            all += list.facets
        }
        for skill in skills.values.sorted(by: { $0.code < $1.code }) {
            var list = FacetList(.skills, "Skill \(skill.code)")
            list.value("title", skill.title)
            list.value("lowest certificate", skill.level.rawValue)
            all += list.facets
        }
        for tier in tiers.values.sorted(by: { $0.code < $1.code }) {
            var list = FacetList(.tiers, "Tier \(tier.code)")
            list.value("title", tier.title)
            list.value("rank", tier.rank)
            list.value("when the desk is flooded", tier.shedRule)
            list.optional("longest wait in degraded mode", tier.degradedDelayMax)
            all += list.facets
        }
        for site in sites {
            var list = FacetList(.sites, "Site \(site.code)")
            list.value("title", site.title)
            list.value("calendar", site.calendar)
            all += list.facets
        }
        for (code, text) in sources.sorted(by: { $0.key < $1.key }) {
            var list = FacetList(.sources, "Source \(code)")
            list.value("is", text)
            all += list.facets
        }
        return all
    }

    var calendarFacets: [Facet] {
        var all: [Facet] = []
        for (name, calendar) in calendars.business.sorted(by: { $0.key < $1.key }) {
            let timetable = calendar.timetable
            var list = FacetList(.calendars, "Calendar \(name)")
            list.value("title", timetable.title)
            list.value("zone", timetable.zone)
            list.value("known from", timetable.from)
            list.value("known through", timetable.through)
            list.value("day starts at", timetable.dayStartsAt)
            for day in Weekday.allCases {
                let hours = timetable.week[day].map(\.description).joined(separator: ", ")
                list.value(day.description, hours.isEmpty ? "closed" : hours)
            }
            for holiday in timetable.holidays {
                list.holds(
                    gained: "\(holiday.date) is now a holiday of \(name): \(holiday.name)",
                    lost: "\(holiday.date) is no longer a holiday of \(name): \(holiday.name)")
            }
            for day in timetable.exceptions {
                let hours = day.hours.isEmpty ? "closed" : day.hours.map(\.description).joined(separator: ", ")
                list.value("hours on \(day.date), \(day.name)", hours)
            }
            if let provenance = calendarProvenance[name] { list.provenance(provenance) }
            all += list.facets
        }
        for zone in calendars.zones.values.sorted(by: { $0.name < $1.name }) {
            var list = FacetList(.zones, "Zone \(zone.name)")
            list.value("rule", zone.eras.map { era in (era.from.map { "from \($0) " } ?? "") + era.rule.description }.joined(separator: "; "))
            all += list.facets
        }
        return all
    }
}
