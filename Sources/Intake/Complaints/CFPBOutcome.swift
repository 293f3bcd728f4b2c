/// What a company's answer means in our terms.
public enum CFPBOutcome: Hashable, Sendable {
    /// No final answer yet.
    case pending
    /// There was an answer, but what it gave was not published.
    case undisclosed
    /// The outcome code it amounts to.
    case ruled(outcome: String)

    /// Total over the bureau's categories; each row says why.
    ///
    /// A category says what the consumer got, never who was at fault: fault, penalty, compensation and cost stay open in an imported
    /// ruling.
    public init(_ response: CFPBResponse) {
        self =
            switch response {
            // The company has 60 days from receipt for the rest.
            case .inProgress: .pending
            // “Explanation tailored to the consumer's complaint”: words, and no finding against the consumer. That is what the
            // code for explanation or apology says; “rejected” would claim a decision on the merits that the bureau does not report.
            case .closedWithExplanation: .ruled(outcome: "OUT-APO")
            // Objective, measurable money to the consumer.
            case .closedWithMonetaryRelief: .ruled(outcome: "OUT-CPN")
            // Something done that is not money (a record corrected, an account reopened). Which, is not published, so no code
            // that names the act; a concession without a finding of fault is goodwill.
            case .closedWithNonMonetaryRelief: .ruled(outcome: "OUT-GWL")
            // Closed “without relief or explanation”: the consumer got nothing.
            case .closed: .ruled(outcome: "OUT-REJ")
            // Until June 2012 the kind of relief was not recorded; the weaker claim is that something was conceded.
            case .closedWithRelief: .ruled(outcome: "OUT-GWL")
            // Until June 2012; no relief, and whether it was explained was not recorded.
            case .closedWithoutRelief: .ruled(outcome: "OUT-REJ")
            // It came after the bureau's term, and only the lateness was published.
            case .untimely: .undisclosed
            }
    }
}
