extension Catalogue {
    static let quality: [Indicator] = [
        Indicator(
            code: .firstContact, short: "FCR", title: "First contact resolution",
            formula: "solved cases with no second contact within 7 days (same order, same person and reason, a message or a reopening) / solved cases",
            unit: .percent, better: .more, cohort: "cases first closed in the period and solved, whose 7 days are over",
            source: "case-opened, case-closed, case-reopened, message-sent", counter: .appealRate, delayed: .overturnRate,
            computation: .observed(.share) { $0.firstContacts() }),
        Indicator(
            code: .reopenRate, short: "Reopened", title: "Reopen rate", formula: "cases reopened within 14 days / cases closed; cases, not events",
            unit: .percent, better: .less, cohort: "cases first closed in the period, whose 14 days are over", source: "case-closed, case-reopened",
            counter: .timeToResolve, delayed: .overturnRate, computation: .observed(.share) { $0.reopenings() }),
        Indicator(
            code: .appealRate, short: "Appealed", title: "Appeal rate", formula: "decisions appealed / decisions whose appeal window has closed",
            unit: .percent,
            better: .neither, cohort: "decisions whose window closed in the period, by the appeal itself or by time",
            source: "ruling-made, ruling-approved, step-entered, appeal-filed",
            counter: .overturnRate, delayed: .overturnRate, computation: .observed(.share) { $0.decisionsAppealed() }),
        Indicator(
            code: .overturnRate, short: "Overturned", title: "Overturn rate",
            formula: "appeals that changed the decision, wholly or in part / appeals decided; the handler's errors are told apart", unit: .percent,
            better: .less, cohort: "appeals decided in the period", source: "appeal-filed, appeal-decided", counter: .appealRate, delayed: .errorRate,
            computation: .observed(.share) { $0.appealsOverturned() }),
        Indicator(
            code: .errorRate, short: "Errors", title: "Error rate", formula: "(overturned + found wrong by audit, weighted) / decisions", unit: .percent,
            better: .less, cohort: "decisions signed in the period", source: "–", counter: .timeToResolve, delayed: .overturnRate,
            computation: .notRecorded(needs: "findings of a random audit; appealed cases choose themselves and are no sample")),
        Indicator(
            code: .qualityScore, short: "QA", title: "Quality score", formula: "sum of weight × score / sum of weights that apply; 0 after an auto-fail",
            unit: .percent, better: .more, cohort: "cases audited in the period", source: "–", counter: .timeToResolve, delayed: .overturnRate,
            computation: .notRecorded(needs: "audits with scored and weighted points")),
        Indicator(
            code: .criticalAccuracy, short: "CEA", title: "Critical error accuracy",
            formula: "1 − cases with a critical error / cases audited; for user, business and compliance apart", unit: .percent, better: .more,
            cohort: "cases audited in the period", source: "–", counter: .timeToResolve, delayed: .overturnRate,
            computation: .notRecorded(needs: "audits with critical errors by kind")),
    ]

    static let voice: [Indicator] = [
        Indicator(
            code: .satisfactionTopTwo, short: "CSAT T2B", title: "Satisfaction, top two",
            formula: "answers of 4 or 5 / answers, by ending, with the response rate",
            unit: .percent, better: .more, cohort: "parties asked in the period", source: "–", counter: .overturnRate, delayed: .appealRate,
            computation: .notRecorded(needs: "answers of parties to how the process was, and who was asked")),
        Indicator(
            code: .satisfactionMean, short: "CSAT mean", title: "Satisfaction, mean", formula: "sum of scores / answers; never compared with the top two",
            unit: .score, better: .more, cohort: "parties asked in the period", source: "–", counter: .overturnRate, delayed: .appealRate,
            computation: .notRecorded(needs: "answers of parties to how the process was, and who was asked")),
        Indicator(
            code: .dissatisfaction, short: "DSAT", title: "Dissatisfaction", formula: "answers of 1 or 2 / answers, by ending", unit: .percent, better: .less,
            cohort: "parties asked in the period", source: "–", counter: .overturnRate, delayed: .appealRate,
            computation: .notRecorded(needs: "answers of parties to how the process was, and who was asked")),
        Indicator(
            code: .netPromoter, short: "NPS", title: "Net promoter score", formula: "% of 9–10 − % of 0–6; of the relationship only", unit: .score,
            better: .more,
            cohort: "customers asked in the period", source: "–", counter: .dissatisfaction, delayed: .appealRate,
            computation: .notRecorded(needs: "answers to whether customers would recommend the exchange")),
        Indicator(
            code: .customerEffort, short: "CES", title: "Customer effort", formula: "mean of 1–7, 7 being easy", unit: .score, better: .more,
            cohort: "parties asked in the period", source: "–", counter: .evidenceSufficiency, delayed: .appealRate,
            computation: .notRecorded(needs: "answers of parties to how easy it was")),
    ]

    static let money: [Indicator] = [
        Indicator(
            code: .costPerCase, short: "CPC", title: "Cost per case",
            formula: "(staff cost × effort + tools + translation + payout losses) / closed, with and without losses",
            unit: .money, better: .less, cohort: "cases closed in the period", source: "–", counter: .overturnRate, delayed: .reopenRate,
            computation: .notRecorded(needs: "staff cost, tool and translation cost, and focus time")),
        Indicator(
            code: .recoveryRate, short: "Recovered", title: "Recovery rate",
            formula: "value the claiming side got back / value in dispute, both at the price when the case opened", unit: .percent, better: .neither,
            cohort: "cases closed in the period that were opened with a value", source: "case-opened, settlement-confirmed, case-closed",
            counter: .overturnRate,
            delayed: .overturnRate, computation: .observed(.ratio) { $0.recoveries() }),
    ]

    static let evidence: [Indicator] = [
        Indicator(
            code: .autoResolution, short: "Auto", title: "Closed without staff",
            formula: "closed without any act of staff / closed, by how: the parties, time, a rule", unit: .percent, better: .neither,
            cohort: "cases closed in the period", source: "all events with their actor, case-closed", counter: .overturnRate, delayed: .reopenRate,
            computation: .observed(.share) { $0.autoResolutions() }),
        Indicator(
            code: .deflection, short: "Deflected", title: "Deflection", formula: "intents solved before a case was made / intents; not counted as cases",
            unit: .percent, better: .neither, cohort: "intents begun in the period", source: "–", counter: .disputeRate, delayed: .reopenRate,
            computation: .notRecorded(needs: "what people began to claim and solved before a case was opened")),
        Indicator(
            code: .timeToEvidence, short: "TTE", title: "Time to evidence", formula: "request answered − request made, by kind of evidence and rail",
            unit: .hours,
            better: .less, cohort: "requests made in the period; waived, lapsed and open ones count as at least so long",
            source: "evidence-requested, evidence-request-ended", counter: .evidenceSufficiency, delayed: .overturnRate,
            computation: .observed(.survival) { $0.timesToEvidence() }),
        Indicator(
            code: .evidenceSufficiency, short: "Sufficient", title: "Evidence sufficiency",
            formula: "cases decided without asking the same side again / cases decided",
            unit: .percent, better: .more, cohort: "cases first decided in the period", source: "evidence-requested, ruling-made, ruling-approved",
            counter: .overturnRate, delayed: .overturnRate, computation: .observed(.share) { $0.evidenceSufficiencies() }),
        Indicator(
            code: .maliciousRate, short: "Malicious", title: "Malicious appeal rate", formula: "cases ruled malicious (PEN-MAL) / cases opened", unit: .percent,
            better: .less, cohort: "cases opened in the period", source: "case-opened, ruling-made, ruling-approved", counter: .overturnRate,
            delayed: .overturnRate, computation: .observed(.share) { $0.malicious() }),
        Indicator(
            code: .merchantFault, short: "MFR", title: "Merchant fault rate", formula: "cases with the merchant at fault / 1000 orders", unit: .perMille,
            better: .less, cohort: "orders created in the period", source: "–", counter: .disputeRate, delayed: .overturnRate,
            computation: .notRecorded(needs: "how many orders the exchange made, by day, rail and merchant")),
        Indicator(
            code: .disputeRate, short: "DR", title: "Dispute rate", formula: "disputes / 1000 orders created", unit: .perMille, better: .less,
            cohort: "orders created in the period", source: "–", counter: .deflection, delayed: .reopenRate,
            computation: .notRecorded(needs: "how many orders the exchange made, by day, rail and merchant")),
        Indicator(
            code: .languageParity, short: "Parity", title: "Language parity", formula: "median time to resolve of a language / of all", unit: .ratio,
            better: .neither,
            cohort: "cases opened in the period; open ones count as at least so long", source: "case-opened, case-closed, case-reopened",
            counter: .overturnRate, delayed: .appealRate, computation: .observed(.parity) { $0.timesToResolve() }),
        Indicator(
            code: .handoverLoss, short: "Handover", title: "Handover loss",
            formula: "cases with a silent gap of over 4 h across the seam of two shifts / cases handed over", unit: .percent, better: .less,
            cohort: "handovers in the period", source: "–", counter: .adherence, delayed: .reopenRate,
            computation: .notRecorded(needs: "a roster: which shift ends when, and who hands over to whom")),
    ]
}
