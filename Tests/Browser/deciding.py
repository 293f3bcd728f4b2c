"""Like cases alike, and letters word for word: four disputes with the same facts, the fourth decided in a real browser.

Usage: .build/browser-tools/bin/python3 Tests/Browser/deciding.py RECOURSE [FOLDER FOR SCREENSHOTS]       (Scripts/browser-tools.sh installs what it needs)
"""
import os
import sys

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.dirname(__file__))
from desk import PASSWORD, Desk  # noqa: E402

done = []


def step(text):
    done.append(text)
    print("  " + text, flush=True)


def clean(page, where):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})["violations"]
    assert not found, (where, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])


def until_decision(desk, order):
    """A claim with the buyer's bank statement, ready to be ruled on."""
    desk.claim(order)
    desk.run("case", "admit", order, who="ines")
    desk.run("case", "call-staff", order, who="account:maria")
    statement = os.path.join(desk.folder, order + ".txt")
    open(statement, "w").write(f"1104.00 EUR paid, reference {order}")
    desk.run("case", "exhibit", order, statement, "--type", "EV-BSTMT", who="account:maria")
    desk.run("case", "take", order, who="amir")
    desk.run("case", "conclude", order, who="amir")


def rule(desk, order, *more, may_fail=False):
    return desk.run(
        "case", "rule", order, "--outcome", "OUT-REL", "--because", "Paid, as the statement shows.", "--fault", "FLT-SEL", "--fault-because",
        "He did not release.", "--answer", "1=Paid.", *more, who="amir", may_fail=may_fail)


def main(recourse, shots=None):
    if shots:
        os.makedirs(shots, exist_ok=True)
    with Desk(recourse) as desk, sync_playwright() as play:
        for order in ["P2P-1", "P2P-2", "P2P-3"]:
            until_decision(desk, order)
            rule(desk, order, "--yes")
        until_decision(desk, "P2P-4")
        shown = desk.run("case", "precedents", "P2P-4", who="amir")
        assert "3 of 3 precedents" in shown and "100 %" in shown, shown
        step("the command line lists three precedents that agree")

        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        broken = []
        page.on("console", lambda said: broken.append(said.text) if said.type == "error" and "status of 4" not in said.text else None)
        page.goto(desk.serve() + "/queue")
        page.fill("#handle", "amir")
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        page.goto(desk.address + "/cases/P2P-4")
        panel = page.inner_text("section[aria-labelledby=precedents-h]")
        assert "3 of 3 precedents: Release to the buyer" in panel and panel.count("Precedent") >= 3, panel
        assert "The same in everything that is compared." in panel, panel
        others = page.inner_text(".case-facts")
        assert "Other cases of maria" in others and "Other cases of omar" in others, others
        clean(page, "a case with precedents")
        if shots:
            page.screenshot(path=f"{shots}/deciding.png", full_page=True)
        step("like cases stand beside the case, with what was decided and how each differs")

        page.get_by_label("Return to the seller").check()
        page.select_option("#fault", "FLT-BUY")
        page.locator("[data-lines]", has_text="3 of 3 precedents were decided otherwise").wait_for(timeout=5000)
        page.fill("#because", "The statement is of another account.")
        page.fill("#fault-because", "It shows somebody else’s payment.")
        for answer in page.query_selector_all("fieldset input[value=no]"):
            answer.check()
        page.locator("[data-sign]").click()
        page.wait_for_load_state()
        alert = page.inner_text("[role=alert]")
        assert "like cases were decided differently; say why this one is different" in alert, alert
        assert page.input_value("#because") == "The statement is of another account.", "what was typed is kept"
        step("who decides otherwise is told so before, and asked why; nothing typed is lost")

        page.fill("#deviation", "In those the statement was of the buyer’s own account.")
        page.locator("[data-sign]").click()
        page.wait_for_load_state()
        assert "Ruled." in page.inner_text(".toasts"), page.inner_text("main")[:500]
        step("with the reason it is a ruling like any other")

        page.goto(desk.address + "/cases/P2P-3/precedents")
        text = page.inner_text("main")
        assert "Return to the seller" in text and "Was itself decided unlike others" in text, text
        clean(page, "the page of precedents")
        step("it is a precedent from then on, marked as decided unlike others")

        page.goto(desk.address + "/cases/P2P-4/letters")
        sent = page.inner_text("section[aria-labelledby=sent-h]")
        assert "maria" in sent and "omar" in sent and "The statement is of another account." in sent, sent
        page.select_option("#letter", "claim-notice")
        page.select_option("#to", "other")
        page.get_by_role("button", name="Show it").click()
        page.wait_for_load_state()
        preview = page.inner_text("section[aria-labelledby=preview-h]")
        assert "the other side of order P2P-4 asked us for help" in preview and "Nothing was sent" in preview, preview
        step("letters are read word for word as they went, and any letter of the pack as it would go now")

        for path in ["/cases/P2P-4", "/cases/P2P-3/precedents", "/cases/P2P-4/letters?letter=decision&to=filer"]:
            for width, scheme in [(1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")]:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                assert page.goto(desk.address + path).status == 200, path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width}"
                clean(page, f"{path} at {width}, {scheme}")
                if shots:
                    page.screenshot(path=f"{shots}/{path.split('?')[0].strip('/').replace('/', '-')}-{width}-{scheme}.png", full_page=True)
        page.set_viewport_size({"width": 800, "height": 1000})
        page.goto(desk.address + "/cases/P2P-4")
        page.emulate_media(media="print", color_scheme="dark")
        for hidden in ["nav.rail", ".case-act", ".actbar", ".topbar", "header.top"]:
            found = page.query_selector(hidden)
            assert found is None or not found.is_visible(), f"{hidden} is printed"
        assert page.locator(".case-past").is_visible()
        if shots:
            page.pdf(path=f"{shots}/case.pdf")
            page.screenshot(path=f"{shots}/print.png", full_page=True)
        step("no page is too wide, axe finds nothing, and on paper there are no buttons")
        assert not broken, broken
        browser.close()
        assert not desk.complaints(), desk.complaints()
    print(f"{len(done)} steps held")


main(*sys.argv[1:])
