/// What is built into the program: templates, styles, the script, words.
enum Resources {
    /// By name.
    static let templates: [String: String] = staffTemplates.merging(partyTemplates) { first, _ in first }

    private static let staffTemplates: [String: String] = [
        "head": text(PackageResources.head_mustache), "staff": text(PackageResources.staff_mustache), "portal": text(PackageResources.portal_mustache),
        "error": text(PackageResources.error_mustache), "sign-in": text(PackageResources.sign_in_mustache), "codes": text(PackageResources.codes_mustache),
        "code": text(PackageResources.code_mustache), "queue": text(PackageResources.queue_mustache),
    ]

    /// One sheet, though written as one file a component: in the order in which they build on each other.
    static let assets: [String: [UInt8]] = [
        "recourse.css": [
            PackageResources.base_css, PackageResources.page_css, PackageResources.portal_css, PackageResources.chip_css, PackageResources.ledger_css,
            PackageResources.meter_css, PackageResources.ribbon_css, PackageResources.split_css, PackageResources.sheet_css, PackageResources.form_css,
            PackageResources.timeline_css, PackageResources.empty_css, PackageResources.toast_css, PackageResources.palette_css,
        ].reduce([]) { $0 + $1 + [10] },
        "recourse.js": PackageResources.recourse_js,
    ]

    /// By language.
    static let phrases: [String: String] = ["en": text(PackageResources.en_txt) + "\n" + text(PackageResources.en_parties_txt)]

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
