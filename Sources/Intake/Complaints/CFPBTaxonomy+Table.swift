extension CFPBMapping {
    /// Rows are tried in order; the narrower stand before the wider. Credit reports, debts, mortgages and loans have no
    /// counterpart at an exchange and stay with their family as topic, but for quarrels over an earlier investigation.
    static let table: [CFPBMapping] = transfers + accounts + cards + investigations

    private static let transfers: [CFPBMapping] = [
        // The consumer paid and was deceived: an authorised payment.
        row("Fraud or scam", [.money, .account, .card], .reason("ATO-04")),
        // The consumer says it was not him.
        row("Unauthorized transactions or other transaction problem", [.money], .reason("ATO-01")),
        row("Unauthorized transactions/trans. issues", [.card], .reason("ATO-01")),
        // Coins that do not leave are a pending withdrawal; money that does not arrive is a fiat one.
        row("Money was not available when promised", [.money], subProduct: "Virtual currency", .reason("WDR-01")),
        row("Money was not available when promised", [.money], .reason("FIA-02")),
        // Own money that cannot be reached.
        row("Trouble accessing funds in your mobile or digital wallet", [.money], .reason("ACC-02")),
        // Money put in that does not show.
        row("Problem adding money", [.money, .card], .reason("FIA-01")),
        // A charge and nothing else.
        row("Unexpected or other fees", [.money, .card], .reason("FEE-01")),
        row("Excessive fees", [.other], .reason("FEE-01")),
        // Charged or received, sender or receiver: only that the amount is wrong is certain.
        row("Wrong amount charged or received", [.money], .topic("amount mismatch")),
        row("Incorrect exchange rate", [.money], .topic("exchange rate")),
        // Many things under one name.
        row("Other transaction problem", [.money], .topic("transaction")),
        row("Other transaction issues", [.money], .topic("transaction")),
        // What was said before buying; our reasons for it belong to one product (earn), so the topic they share.
        row("Confusing or misleading advertising or marketing", [.money], .topic("mis-selling")),
        row("Confusing or missing disclosures", [.money], .topic("mis-selling")),
        row("Incorrect/missing disclosures or info", [.money], .topic("mis-selling")),
        row("Disclosures", [.other], .topic("mis-selling")),
        // Opening, closing and managing under one name.
        row("Managing, opening, or closing your mobile wallet account", [.money], .topic("account")),
        row("Managing, opening, or closing account", [.card], .topic("account")),
        // Slowness and conduct are not told apart.
        row("Problem with customer service", [.money], .topic("service")),
        row("Other service problem", [.money], .topic("service")),
        row("Other service issues", [.money], .topic("service")),
        row("Customer service/Customer relations", [.other], .topic("service")),
        // Features of a wallet or a prepaid card.
        row("Overdraft, savings, or rewards features", [.money], .topic("product")),
        row("Overdraft, savings or rewards features", [.card], .topic("product")),
    ]

    private static let accounts: [CFPBMapping] = [
        // The account holder cannot get in.
        row("Managing an account", [.account], subIssue: "Problem accessing account", .reason("ACC-02")),
        // A payment the holder ordered did not go where it should.
        row("Managing an account", [.account], subIssue: "Funds not handled or disbursed as instructed", .reason("FIA-02")),
        row("Managing an account", [.account], subIssue: "Fee problem", .reason("FEE-01")),
        row("Managing an account", [.account], subIssue: "Problem with fees or penalties", .reason("FEE-01")),
        row("Managing an account", [.account], subIssue: "Problem using a debit or ATM card", .topic("card")),
        // In or out is not said.
        row("Managing an account", [.account], .topic("fiat")),
        row("Deposits and withdrawals", [.account], .topic("fiat")),
        row("Making/receiving payments, sending money", [.account], .topic("fiat")),
        row("Using a debit or ATM card", [.account], .topic("card")),
        // The holder says it was not him.
        row(
            "Problem with a lender or other company charging your account", [.account], subIssue: "Transaction was not authorized",
            .reason("ATO-01")),
        row(
            "Problem with a lender or other company charging your account", [.account],
            subIssue: "Money was taken from your account on the wrong day or for the wrong amount", .topic("amount mismatch")),
        row("Problem with a lender or other company charging your account", [.account], .topic("fiat")),
        // The institution shut the holder out.
        row("Closing an account", [.account], subIssue: "Company closed your account", .reason("ACC-02")),
        // A balance that should have been paid out at the end.
        row("Closing an account", [.account], subIssue: "Funds not received from closed account", .reason("FIA-02")),
        row("Closing an account", [.account], subIssue: "Fees charged for closing account", .reason("FEE-01")),
        row("Closing an account", [.account], .topic("account")),
        // Refused at the door.
        row("Opening an account", [.account], subIssue: "Unable to open an account", .reason("ACC-01")),
        row("Opening an account", [.account], subIssue: "Account opened as a result of fraud", .topic("identity theft")),
        row("Opening an account", [.account], subIssue: "Didn't receive terms that were advertised", .topic("mis-selling")),
        row("Opening an account", [.account], subIssue: "Confusing or missing disclosures", .topic("mis-selling")),
        row("Opening an account", [.account], .topic("account")),
        row("Account opening, closing, or management", [.account], .topic("account")),
        // Overdrafts and what they cost.
        row("Problem caused by your funds being low", [.account], .topic("fees")),
        row("Problems caused by my funds being low", [.account], .topic("fees")),
    ]

    private static let cards: [CFPBMapping] = [
        // “It was not me” on a card is a fraud chargeback (Visa 10.x, Mastercard 4837).
        row(
            "Problem with a purchase shown on your statement", [.card],
            subIssue: "Card was charged for something you did not purchase with the card", .reason("CRD-10")),
        row(
            "Problem with a purchase or transfer", [.card], subIssue: "Charged for a purchase or transfer you did not make with the card",
            .reason("CRD-10")),
        row("Identity theft / Fraud / Embezzlement", [.card], .reason("CRD-10")),
        // The wrong amount is a processing chargeback (Visa 12.x, Mastercard 4834).
        row(
            "Problem with a purchase shown on your statement", [.card],
            subIssue: "Overcharged for something you did purchase with the card", .reason("CRD-12")),
        row(
            "Problem with a purchase or transfer", [.card], subIssue: "Overcharged for a purchase or transfer you did make with the card",
            .reason("CRD-12")),
        // An unresolved dispute says nothing of the kind of dispute.
        row("Problem with a purchase shown on your statement", [.card], .topic("card")),
        row("Problem with a purchase or transfer", [.card], .topic("card")),
        row("Billing disputes", [.card], .topic("card")),
        row("Transaction issue", [.card], .topic("card")),
        row("Trouble using the card", [.card], .topic("card")),
        row("Trouble using your card", [.card], .topic("card")),
        // Prices and the working out of them.
        row("Fees or interest", [.card], .reason("FEE-01")),
        row("Late fee", [.card], .reason("FEE-01")),
        row("Other fee", [.card], .reason("FEE-01")),
        row("Overlimit fee", [.card], .reason("FEE-01")),
        row("Balance transfer fee", [.card], .reason("FEE-01")),
        row("Cash advance fee", [.card], .reason("FEE-01")),
        row("Fees", [.card], .reason("FEE-01")),
        row("APR or interest rate", [.card], .reason("FEE-01")),
        // A promised reward that did not come.
        row("Rewards", [.card], .reason("FEE-01")),
        row("Other features, terms, or problems", [.card], subIssue: "Problem with rewards from credit card", .reason("FEE-01")),
        row("Other features, terms, or problems", [.card], subIssue: "Problem with customer service", .topic("service")),
        row("Other features, terms, or problems", [.card], subIssue: "Privacy issues", .topic("privacy")),
        row("Other features, terms, or problems", [.card], .topic("product")),
        // Refused at the door, shut out, or opened in another's name.
        row("Getting a credit card", [.card], subIssue: "Application denied", .reason("ACC-01")),
        row("Getting a credit card", [.card], subIssue: "Delay in processing application", .reason("ACC-01")),
        row("Getting a credit card", [.card], subIssue: "Card opened as result of identity theft or fraud", .topic("identity theft")),
        row("Getting a credit card", [.card], subIssue: "Card opened without my consent or knowledge", .topic("identity theft")),
        row("Getting a credit card", [.card], .topic("account")),
        row("Unsolicited issuance of credit card", [.card], .topic("account")),
        row("Application processing delay", [.card], .reason("ACC-01")),
        row("Credit determination", [.card], .reason("ACC-01")),
        row("Closing your account", [.card], subIssue: "Company closed your account", .reason("ACC-02")),
        row("Closing your account", [.card], .topic("account")),
        row("Closing/Cancelling account", [.card], .topic("account")),
        row("Problem getting a card or closing an account", [.card], .topic("account")),
        // What was said before buying.
        row("Advertising and marketing", [.card], .topic("mis-selling")),
        row("Advertising and marketing, including promotional offers", [.card], .topic("mis-selling")),
        row("Customer service / Customer relations", [.card], .topic("service")),
        row("Privacy", [.card], .topic("privacy")),
    ]

    private static let investigations: [CFPBMapping] = {
        let names = [
            "Problem with a credit reporting company's investigation into an existing problem",
            "Problem with a company's investigation into an existing problem",
            "Problem with a company's investigation into an existing issue",
            "Credit reporting company's investigation",
        ]
        // An earlier dispute that took too long or was never answered: slow or no answer.
        let silences = [
            "Investigation took more than 30 days", "Investigation took too long", "Was not notified of investigation status or results",
            "No notice of investigation status/result",
        ]
        // Being kept from disputing, or badly helped: conduct, slowness and design are not told apart.
        let obstacles = [
            "Difficulty submitting a dispute or getting information about a dispute over the phone", "Inadequate help over the phone",
        ]
        let everywhere = Set(CFPBProductFamily.allCases)
        return names.flatMap { name in
            silences.map { row(name, everywhere, subIssue: $0, .reason("CMP-01")) }
                + obstacles.map { row(name, everywhere, subIssue: $0, .topic("service")) }
                // An earlier dispute that was answered, to the consumer's displeasure: disagrees with a decision.
                + [row(name, everywhere, .reason("CMP-03"))]
        }
    }()

    private static func row(
        _ issue: String, _ families: Set<CFPBProductFamily>, subProduct: String? = nil, subIssue: String? = nil, _ subject: CFPBSubject
    ) -> CFPBMapping {
        CFPBMapping(issue: issue, families: families, subProduct: subProduct, subIssue: subIssue, subject: subject)
    }
}
