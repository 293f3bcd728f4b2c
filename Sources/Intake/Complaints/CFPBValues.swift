/// What the company answered, as the CFPB classes it. Raw values are the published texts.
///
/// Source: CFPB “Company response” categories; those without a kind of relief were used until June 2012.
public enum CFPBResponse: String, CaseIterable, Hashable, Sendable {
    case inProgress = "In progress"
    case closedWithExplanation = "Closed with explanation"
    case closedWithMonetaryRelief = "Closed with monetary relief"
    case closedWithNonMonetaryRelief = "Closed with non-monetary relief"
    case closed = "Closed"
    case closedWithRelief = "Closed with relief"
    case closedWithoutRelief = "Closed without relief"
    case untimely = "Untimely response"
}

/// How the complaint reached the bureau.
public enum CFPBChannel: String, CaseIterable, Hashable, Sendable {
    case web = "Web"
    case webReferral = "Web Referral"
    /// From another authority, a member of Congress or the White House.
    case referral = "Referral"
    case phone = "Phone"
    case postalMail = "Postal mail"
    case fax = "Fax"
    case email = "Email"
}

/// Whether the consumer let the narrative be published.
public enum CFPBConsent: String, CaseIterable, Hashable, Sendable {
    case provided = "Consent provided"
    case notProvided = "Consent not provided"
    case withdrawn = "Consent withdrawn"
    case notApplicable = "N/A"
    case other = "Other"
}

/// What the consumer said of himself that calls for more care.
public enum CFPBTag: String, CaseIterable, Hashable, Sendable {
    /// 62 years or older.
    case olderAmerican = "Older American"
    /// In the armed forces, a veteran, or family of one.
    case servicemember = "Servicemember"
}
