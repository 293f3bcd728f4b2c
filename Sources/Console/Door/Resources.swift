/// What is built into the program: templates, styles, the script, words.
enum Resources {
    /// By name.
    static let templates: [String: String] = staffTemplates.merging(partyTemplates) { first, _ in first }.merging(deskTemplates) { first, _ in first }

    private static let staffTemplates: [String: String] = [
        "head": text(PackageResources.head_mustache), "staff": text(PackageResources.staff_mustache), "portal": text(PackageResources.portal_mustache),
        "error": text(PackageResources.error_mustache), "sign-in": text(PackageResources.sign_in_mustache), "codes": text(PackageResources.codes_mustache),
        "code": text(PackageResources.code_mustache), "queue": text(PackageResources.queue_mustache), "case": text(PackageResources.case_mustache),
        "case-acts": text(PackageResources.case_acts_mustache), "precedents": text(PackageResources.precedents_mustache),
        "letters": text(PackageResources.letters_mustache), "letter": text(PackageResources.letter_mustache),
        "precedent-list": text(PackageResources.precedent_list_mustache),
        "history": text(PackageResources.history_mustache), "history-table": text(PackageResources.history_table_mustache),
        "exhibit": text(PackageResources.exhibit_mustache), "wallboard": text(PackageResources.wallboard_mustache),
        "bulk": text(PackageResources.bulk_mustache), "news": text(PackageResources.news_mustache), "my-desk": text(PackageResources.my_desk_mustache),
        "case-attention": text(PackageResources.case_attention_mustache),
        "policy": text(PackageResources.policy_mustache),
    ]

    /// Administration, the policy studio, one's own access, and the page for who extends.
    private static let deskTemplates: [String: String] = [
        "tabs": text(PackageResources.tabs_mustache), "table": text(PackageResources.table_mustache), "sheet": text(PackageResources.sheet_mustache),
        "admin-people": text(PackageResources.admin_people_mustache), "admin-standing": text(PackageResources.admin_standing_mustache),
        "admin-person": text(PackageResources.admin_person_mustache), "admin-person-new": text(PackageResources.admin_person_new_mustache),
        "admin-keys": text(PackageResources.admin_keys_mustache), "admin-webhooks": text(PackageResources.admin_webhooks_mustache),
        "admin-webhook": text(PackageResources.admin_webhook_mustache), "admin-exchange": text(PackageResources.admin_exchange_mustache),
        "admin-log": text(PackageResources.admin_log_mustache), "me": text(PackageResources.me_mustache), "join": text(PackageResources.join_mustache),
        "studio-versions": text(PackageResources.studio_versions_mustache), "studio-propose": text(PackageResources.studio_propose_mustache),
        "design": text(PackageResources.design_mustache),
    ]

    /// One sheet for staff and one for parties, though written as one file a component: in the order in which they build on each other.
    static let assets: [String: [UInt8]] = [
        "staff.css": sheet([PackageResources.page_css]), "parties.css": sheet([PackageResources.portal_css]), "recourse.js": PackageResources.recourse_js,
    ]

    private static func sheet(_ frame: [[UInt8]]) -> [UInt8] {
        ([PackageResources.base_css] + frame + [
            PackageResources.chip_css, PackageResources.ledger_css, PackageResources.meter_css, PackageResources.ribbon_css, PackageResources.split_css,
            PackageResources.sheet_css, PackageResources.form_css, PackageResources.timeline_css, PackageResources.empty_css, PackageResources.toast_css,
            PackageResources.palette_css, PackageResources.attention_css, PackageResources.studio_css,
        ]).reduce([]) { $0 + $1 + [10] }
    }

    /// By language.
    static let phrases: [String: String] = [
        "en": [PackageResources.en_txt, PackageResources.en_queue_txt, PackageResources.en_parties_txt, PackageResources.en_administration_txt].map(text)
            .joined(separator: "\n"),
        "es": [PackageResources.es_txt, PackageResources.es_queue_txt, PackageResources.es_parties_txt, PackageResources.es_administration_txt].map(text)
            .joined(separator: "\n"),
    ]

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
