/// What is known of people at work. None of it is in the log yet.
extension Catalogue {
    static let people: [Indicator] = [
        Indicator(
            code: .occupancy, short: "Occupancy", title: "Occupancy",
            formula: "(talk + hold + wrap-up) / time logged in and available (COPC); above 90 % is not good practice", unit: .percent, better: .neither,
            cohort: "the period", source: "–", counter: .attrition, delayed: .absence,
            computation: .notRecorded(needs: "presence states and contact times")),
        Indicator(
            code: .utilisation, short: "Utilisation", title: "Utilisation",
            formula: "(talk + hold + wrap-up + other productive time) / paid hours; ICMI means something else by it", unit: .percent, better: .neither,
            cohort: "the period", source: "–", counter: .attrition, delayed: .absence,
            computation: .notRecorded(needs: "presence states and paid hours")),
        Indicator(
            code: .shrinkage, short: "Shrinkage", title: "Shrinkage", formula: "paid time not available / paid time", unit: .percent, better: .neither,
            cohort: "the period", source: "–", counter: .qualityScore, delayed: .attrition,
            computation: .notRecorded(needs: "presence states and paid hours")),
        Indicator(
            code: .staffNeeded, short: "FTE", title: "Staff needed", formula: "required / (1 − shrinkage), not required × (1 + shrinkage)", unit: .staff,
            better: .neither, cohort: "the period", source: "–", counter: .slaAttainment, delayed: .attrition,
            computation: .notRecorded(needs: "a forecast, effort per case and shrinkage")),
        Indicator(
            code: .adherence, short: "Adherence", title: "Adherence", formula: "minutes in the planned state / planned minutes", unit: .percent, better: .more,
            cohort: "the period", source: "–", counter: .qualityScore, delayed: .attrition,
            computation: .notRecorded(needs: "a roster and presence states")),
        Indicator(
            code: .conformance, short: "Conformance", title: "Conformance", formula: "worked minutes / scheduled minutes; can hide bad adherence",
            unit: .percent, better: .neither, cohort: "the period", source: "–", counter: .adherence, delayed: .attrition,
            computation: .notRecorded(needs: "a roster and presence states")),
        Indicator(
            code: .absence, short: "Absence", title: "Absence", formula: "lost hours / scheduled hours", unit: .percent, better: .less, cohort: "the period",
            source: "–", counter: .occupancy, delayed: .attrition,
            computation: .notRecorded(needs: "a roster and absences")),
        Indicator(
            code: .attrition, short: "Attrition", title: "Attrition, annualised", formula: "leavers / average headcount × 12 / months", unit: .percent,
            better: .less, cohort: "the period", source: "–", counter: .qualityScore, delayed: .rampTime,
            computation: .notRecorded(needs: "who joined and left whose headcount; the desk's accounts are not a personnel file")),
        Indicator(
            code: .rampTime, short: "Ramp", title: "Ramp time", formula: "date of proficiency − start", unit: .days, better: .less, cohort: "the period",
            source: "–", counter: .qualityScore, delayed: .overturnRate,
            computation: .notRecorded(needs: "when a person was found proficient for weeks in a row")),
    ]
}
