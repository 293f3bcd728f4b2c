extension Catalogue {
    static let time: [Indicator] = [
        Indicator(
            code: .firstReply, short: "FRT", title: "First human reply",
            formula: "first message, ruling or response of a person to that side − opening; letters and acknowledgements by machine never count",
            unit: .minutes, better: .less, cohort: "cases opened in the period, each side by itself; those without a reply count as at least so long",
            source: "case-opened, message-sent, ruling-made, ruling-approved, response-sent", counter: .firstContact, delayed: .reopenRate,
            computation: .observed(.survival) { $0.firstReplies() }),
        Indicator(
            code: .acknowledgement, short: "ACK", title: "Acknowledgement latency", formula: "acknowledgement sent − claim received", unit: .minutes,
            better: .less, cohort: "cases opened in the period; those not acknowledged count as at least so long",
            source: "case-opened, acknowledgement-sent", counter: .firstReply, delayed: nil, computation: .observed(.survival) { $0.acknowledgements() }),
        Indicator(
            code: .firstResolution, short: "FRsT", title: "First resolution",
            formula: "first signed ruling, agreement, refusal, final response or closing − opening; closing by timeout is no resolution", unit: .hours,
            better: .less, cohort: "cases first resolved in the period; read beside time-to-resolve, which knows the open ones",
            source: "case-opened, ruling-made, ruling-approved, agreement-reached, claim-refused, response-sent, case-closed", counter: .reopenRate,
            delayed: .overturnRate, computation: .observed(.spread) { $0.firstResolutions() }),
        Indicator(
            code: .fullResolution, short: "FuRT", title: "Full resolution",
            formula: "last closing − opening, reopenings included; closed by timeout is told apart", unit: .hours, better: .less,
            cohort: "cases closed in the period; read beside time-to-resolve, which knows the open ones", source: "case-opened, case-closed, case-reopened",
            counter: .overturnRate, delayed: .reopenRate, computation: .observed(.spread) { $0.fullResolutions() }),
        Indicator(
            code: .requesterWait, short: "RWT", title: "Requester wait", formula: "sum of the intervals held by staff, system or third parties", unit: .hours,
            better: .less, cohort: "cases closed in the period", source: "step-entered, evidence-requested, legal-hold-placed, case-closed",
            counter: .partyWait, delayed: .overturnRate, computation: .observed(.spread) { $0.heldTimes(by: [.staff, .system, .third]) }),
        Indicator(
            code: .accountableTime, short: "ACT", title: "Accountable time", formula: "sum of the intervals held by staff", unit: .hours, better: .less,
            cohort: "cases closed in the period", source: "step-entered, evidence-requested, case-closed", counter: .requesterWait, delayed: .overturnRate,
            computation: .observed(.spread) { $0.heldTimes(by: [.staff]) }),
        Indicator(
            code: .partyWait, short: "PWT", title: "Party wait", formula: "sum of the intervals held by a party, each side by itself", unit: .hours,
            better: .less, cohort: "cases closed in the period", source: "step-entered, evidence-requested, case-closed", counter: .evidenceSufficiency,
            delayed: .appealRate, computation: .observed(.spread) { $0.partyWaits() }),
        Indicator(
            code: .escrowLock, short: "ELT", title: "Escrow lock", formula: "coins released, returned or let go − coins frozen by the dispute", unit: .hours,
            better: .less, cohort: "cases whose coins were frozen in the period; those still frozen count as at least so long",
            source: "hold-placed, settlement-confirmed, escrow-moved, hold-lifted", counter: .overturnRate, delayed: .overturnRate,
            computation: .observed(.survival) { $0.escrowLocks() }),
        Indicator(
            code: .executionLag, short: "EXL", title: "Execution lag", formula: "confirmed by the ledger − decided or agreed", unit: .minutes, better: .less,
            cohort: "instructions decided in the period; those not confirmed count as at least so long",
            source: "ruling-made, ruling-approved, agreement-reached, settlement-instructed, settlement-confirmed", counter: .escrowLock,
            delayed: .reopenRate, computation: .observed(.survival) { $0.executionLags() }),
        Indicator(
            code: .handlingTime, short: "AHT", title: "Handling time per touch", formula: "(focus + wrap-up) / touches", unit: .minutes, better: .neither,
            cohort: "touches ended in the period", source: "–", counter: .overturnRate, delayed: .reopenRate,
            computation: .notRecorded(needs: "focus time: signs of life on a case's page, with touches and wrap-up")),
        Indicator(
            code: .effort, short: "EPC", title: "Effort per case", formula: "all staff focus time on cases / cases closed; for capacity, not handling time",
            unit: .minutes, better: .neither, cohort: "cases closed in the period", source: "–", counter: .overturnRate, delayed: .reopenRate,
            computation: .notRecorded(needs: "focus time: signs of life on a case's page")),
        Indicator(
            code: .afterWork, short: "ACW", title: "Wrap-up per contact", formula: "wrap-up after a contact / contacts", unit: .minutes, better: .neither,
            cohort: "contacts ended in the period", source: "–", counter: .qualityScore, delayed: .reopenRate,
            computation: .notRecorded(needs: "the end of each contact and the wrap-up after it")),
    ]

    static let clocksAndStock: [Indicator] = [
        Indicator(
            code: .slaAttainment, short: "SLA", title: "Promises kept",
            formula: "met in time / (met in time + met late + open past due); net lets a clock stand still for a concrete request, gross never",
            unit: .percent, better: .more, cohort: "clocks of staff, law and scheme due in the period",
            source: "clock-started, clock-paused, clock-resumed, clock-extended, clock-met, clock-cancelled",
            counter: .timeToResolve, delayed: .reopenRate, computation: .observed(.share) { $0.promisesDue() }),
        Indicator(
            code: .slaByStart, short: "SLA (start)", title: "Promises kept, by when they were given",
            formula: "Kaplan–Meier estimate of being met within the limit", unit: .percent, better: .more,
            cohort: "clocks of staff, law and scheme started in the period; those not due yet count for as long as they have run",
            source: "clock-started, clock-met, clock-cancelled", counter: .slaAttainment, delayed: .reopenRate,
            computation: .observed(.survivalShare(limit: Observing.wholeLimit - 1)) { $0.promisesStarted() }),
        Indicator(
            code: .timeToResolve, short: "TTR", title: "Time to resolve, open cases included",
            formula: "Kaplan–Meier quantiles of the time from opening to the last closing; a timeout is not a resolution", unit: .hours, better: .less,
            cohort: "cases opened in the period; open ones count as at least so long", source: "case-opened, case-closed, case-reopened",
            counter: .overturnRate, delayed: .reopenRate, computation: .observed(.survival) { $0.timesToResolve() }),
        Indicator(
            code: .backlog, short: "Backlog", title: "Backlog", formula: "cases open at the end of the period, by who holds them", unit: .count, better: .less,
            cohort: "cases open at the end of the period", source: "case-opened, case-closed, case-reopened, step-entered", counter: .overturnRate,
            delayed: .reopenRate, computation: .observed(.count) { $0.backlog() }),
        Indicator(
            code: .backlogAge, short: "Backlog age", title: "Age of the backlog",
            formula: "end of the period − opening, of the open; with those past a due promise told apart", unit: .hours, better: .less,
            cohort: "cases open at the end of the period", source: "case-opened, case-closed, case-reopened, clock-started", counter: .clearance,
            delayed: .reopenRate, computation: .observed(.spread) { $0.backlogAges() }),
        Indicator(
            code: .clearance, short: "Clearance", title: "Clearance", formula: "closed / opened or reopened; closed by timeout is told apart", unit: .ratio,
            better: .more, cohort: "openings and closings in the period", source: "case-opened, case-closed, case-reopened", counter: .reopenRate,
            delayed: .overturnRate, computation: .observed(.ratio) { $0.clearance() }),
    ]
}
