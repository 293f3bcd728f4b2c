import Chronicle

/// Sizes a case may not outgrow. Law of the pack, so that an operator can change them and a replay still knows what held then.
public struct CaseLimits: Hashable, Sendable {
    public let exhibitBytesMax: Int64
    public let exhibitsPerPartyMax: Int
    /// Characters of a party's statement or message.
    public let textCharactersMax: Int
    /// Evidence of one type is asked of one party at most this often.
    public let evidenceRequestsPerTypeMax: Int
    public let openOffersPerPartyMax: Int
    /// A default judgement needs this many notices …
    public let noticesBeforeDefault: Int
    /// … each at least this long after the one before.
    public let noticeSpacing: Span
    /// Days after closing within which the same order and reason reopen the old case instead of opening a new one.
    public let reopenWindowDays: Int
    /// A decided case this alike, in points of a hundred, is a precedent …
    public let precedentLikeness: Int
    /// … and so many of them decided otherwise ask for a reason (MiCA complaints RTS Art. 6(1)).
    public let precedentsBeforeDeviation: Int

    /// What holds for a pack that does not say: packs of before there was such a rule still open.
    public static let customaryLikeness = 80
    public static let customaryPrecedents = 3

    public init(
        exhibitBytesMax: Int64, exhibitsPerPartyMax: Int, textCharactersMax: Int, evidenceRequestsPerTypeMax: Int,
        openOffersPerPartyMax: Int, noticesBeforeDefault: Int, noticeSpacing: Span, reopenWindowDays: Int,
        precedentLikeness: Int = CaseLimits.customaryLikeness, precedentsBeforeDeviation: Int = CaseLimits.customaryPrecedents
    ) {
        (self.exhibitBytesMax, self.exhibitsPerPartyMax, self.textCharactersMax) = (exhibitBytesMax, exhibitsPerPartyMax, textCharactersMax)
        (self.evidenceRequestsPerTypeMax, self.openOffersPerPartyMax) = (evidenceRequestsPerTypeMax, openOffersPerPartyMax)
        (self.noticesBeforeDefault, self.noticeSpacing, self.reopenWindowDays) = (noticesBeforeDefault, noticeSpacing, reopenWindowDays)
        (self.precedentLikeness, self.precedentsBeforeDeviation) = (precedentLikeness, precedentsBeforeDeviation)
    }
}
