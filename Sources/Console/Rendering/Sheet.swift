import RecourseClient
import Wire

/// A table as pages of facts have it: heads, rows of cells, and a sentence for when there are none.
struct Table: Sendable {
    struct Cell: Sendable {
        var text: String
        var href: String?
        /// `c-wide`, `c-code`, `c-step`, `c-at` …: how it folds on a phone.
        var kind = "c-step wraps"
        var markup: Markup?
        /// Several things, a line each.
        var lines: [String] = []

        init(lines: [String]) { (text, kind, self.lines) = (lines.isEmpty ? "—" : "", "c-step wraps", lines) }
        init(_ text: String, _ kind: String = "c-step wraps", href: String? = nil) { (self.text, self.kind, self.href) = (text, kind, href) }
        init(_ markup: Markup, _ kind: String = "c-at") { (text, self.kind, self.markup) = ("", kind, markup) }
    }

    var caption: String
    var heads: [String]
    var rows: [[Cell]]
    /// What rows are called in an address: `#step-decision`.
    var anchors: [String] = []

    var fields: Fields {
        [
            "caption": .text(caption), "heads": .list(heads.map { ["name": .text($0)] }),
            "rows": .list(
                rows.enumerated().map { index, cells in
                    [
                        "anchor": Field(index < anchors.count ? anchors[index] : nil),
                        "cells": .list(
                            cells.enumerated().map { place, cell in
                                [
                                    "head": .text(place < heads.count ? heads[place] : ""), "lines": .list(cell.lines.map { ["text": .text($0)] }),
                                    "kind": .text(cell.kind), "text": .text(cell.text), "href": Field(cell.href),
                                    "markup": cell.markup.map { .markup($0) } ?? .none,
                                ]
                            }),
                    ]
                }),
        ]
    }
}

/// A page that is facts under headings: what the studio and the lists of administration are made of.
struct Sheet: Page {
    static let template = "sheet"

    struct Section: Sendable {
        var heading: String
        /// What it is called in an address.
        var anchor: String
        var notes: [String] = []
        var table: Table?
        /// Said in the place of an empty table.
        var empty: String?
        var picture: Markup?
        var prose: String?
    }

    var heading: String
    var lead: String?
    var tabs: [Fields] = []
    var sections: [Section]
    /// A choice above all: links of one kind.
    var choices: [Fields] = []
    var choicesName = ""

    func title(_ visit: Visit) -> String { heading }

    func fields(_ visit: Visit) -> Fields {
        [
            "heading": .text(heading), "lead": Field(lead), "anyTabs": .flag(!tabs.isEmpty), "tabs": .list(tabs), "anyChoices": .flag(!choices.isEmpty),
            "choices": .list(choices), "choicesName": .text(choicesName),
            "sections": .list(
                sections.map { section in
                    let hasRows = section.table.map { !$0.rows.isEmpty } ?? false
                    return [
                        "heading": .text(section.heading), "anchor": .text(section.anchor), "notes": .list(section.notes.map { ["text": .text($0)] }),
                        "table": hasRows ? .group(section.table?.fields ?? [:]) : .none, "empty": Field(hasRows ? nil : section.empty),
                        "picture": section.picture.map { .markup($0) } ?? .none, "prose": Field(section.prose),
                    ]
                }),
        ]
    }
}

extension Visit {
    /// A row of links, the one that leads here marked.
    func tabs(_ lines: [(name: String, href: String)], keeping query: String = "") -> [Fields] {
        lines.map { ["name": .text($0.name), "href": .text($0.href + query), "current": .flag(request.path == $0.href)] }
    }

    /// Does it, and goes on; where the desk asks for a code first, to the page that takes one; where it says no, back with its words.
    func doing(_ next: String, said: String, _ act: () async throws -> Void, refused: (Problem) async throws -> PageReply) async throws -> PageReply {
        do {
            try await act()
            return .goOn(to: next + (next.contains("?") ? "&" : "?") + "said=" + said)
        } catch let problem as Problem {
            if problem.code == .codeNeeded { return codeFirst(next) }
            guard problem.status < 500 else { throw problem }
            return try await refused(problem)
        }
    }

    /// To the page that takes a code, and then to this one.
    func codeFirst(_ next: String) -> PageReply { .goOn(to: "/code?next=" + next.map { $0 == "/" ? "%2F" : String($0) }.joined()) }
}
