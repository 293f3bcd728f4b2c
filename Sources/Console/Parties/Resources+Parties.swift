extension Resources {
    /// Templates of the pages of parties.
    static let partyTemplates: [String: String] = [
        "portal-enter": text(PackageResources.portal_enter_mustache), "portal-home": text(PackageResources.portal_home_mustache),
        "portal-case": text(PackageResources.portal_case_mustache), "portal-asked": text(PackageResources.portal_asked_mustache),
        "portal-upload": text(PackageResources.portal_upload_mustache), "portal-ruling": text(PackageResources.portal_ruling_mustache),
        "portal-talk": text(PackageResources.portal_talk_mustache), "portal-problem": text(PackageResources.portal_problem_mustache),
        "portal-offer": text(PackageResources.portal_offer_mustache), "portal-file": text(PackageResources.portal_file_mustache),
        "portal-foot": text(PackageResources.portal_foot_mustache),
        "portal-survey": text(PackageResources.portal_survey_mustache), "portal-counterclaim": text(PackageResources.portal_counterclaim_mustache),
        "portal-standing": text(PackageResources.portal_standing_mustache), "portal-keys": text(PackageResources.portal_keys_mustache),
        "portal-answers": text(PackageResources.portal_answers_mustache),
    ]
}
