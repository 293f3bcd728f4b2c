/// Groups of the bureau's products that share their issues; the names of products changed in 2017 and 2023, the groups did not.
public enum CFPBProductFamily: String, CaseIterable, Hashable, Sendable {
    /// Transfers, wallets, virtual currency: what an exchange does.
    case money = "money movement"
    /// Bank accounts: the fiat leg.
    case account = "bank account"
    case card = "card"
    case creditReport = "credit reporting"
    case debt = "debt collection"
    case mortgage = "mortgage"
    case loan = "lending"
    case other = "other product"

    /// Total: a product that is not listed is `.other`.
    public init(product: String) { self = families[product] ?? .other }
}

private let families: [String: CFPBProductFamily] = [
    "Money transfer, virtual currency, or money service": .money,
    "Money transfers": .money,
    "Virtual currency": .money,
    "Checking or savings account": .account,
    "Bank account or service": .account,
    "Credit card": .card,
    "Credit card or prepaid card": .card,
    "Prepaid card": .card,
    "Credit reporting": .creditReport,
    "Credit reporting or other personal consumer reports": .creditReport,
    "Credit reporting, credit repair services, or other personal consumer reports": .creditReport,
    "Debt collection": .debt,
    "Mortgage": .mortgage,
    "Consumer Loan": .loan,
    "Payday loan": .loan,
    "Payday loan, title loan, or personal loan": .loan,
    "Payday loan, title loan, personal loan, or advance loan": .loan,
    "Student loan": .loan,
    "Vehicle loan or lease": .loan,
    "Debt or credit management": .other,
    "Other financial service": .other,
]
