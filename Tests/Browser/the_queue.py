"""The queue as a place people work in: views, columns, several cases at once, put aside, called in, followed, who else looks.

Usage: .build/browser-tools/bin/python3 Tests/Browser/the_queue.py RECOURSE [FOLDER FOR SCREENSHOTS]       (Scripts/browser-tools.sh installs what it needs)
"""
import os
import sys
import time

from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.dirname(__file__))
from desk import Desk  # noqa: E402
from staff import Staff, clean, done, step  # noqa: E402

CASES = 6


def rows(person):
    return person.page.query_selector_all("table.cases tbody tr:not(.ledger-group)")


def tab(person, name):
    """What a view's tab counts."""
    return person.page.inner_text(f".tabs a:has-text('{name}') .count")


def views(lee, amir, address):
    """The house's views count all there is; one's own is kept, ordered, opened by its address, deleted."""
    lee.open("/queue")
    assert (tab(lee, "Everything open"), tab(lee, "No owner"), tab(lee, "Mine")) == (str(CASES), str(CASES), "0"), lee.page.inner_text(".tabs")
    assert f"{CASES} open cases" in lee.text() and f"{CASES} of {CASES} shown" in lee.text()
    lee.page.click("summary:has-text('Narrow down')")
    lee.page.select_option("#phase", "intake")
    lee.page.select_option("#owner", "none")
    lee.page.locator("form[role=search] > button").click()
    assert "phase=intake" in lee.page.url and "owner=none" in lee.page.url, lee.page.url
    lee.page.fill("#view-name", "At the <door>")
    lee.press("Keep it")
    lee.told("Kept among your views")
    assert tab(lee, "At the <door>") == str(CASES - 1), lee.page.inner_text(".tabs")
    assert lee.page.inner_text("h1") == "At the <door>" and lee.page.query_selector("#view-name") is None
    shared = lee.page.url.split(address)[1].split("&said")[0]
    amir.open(shared)
    assert len(rows(amir)) == CASES - 1 and "At the" not in amir.page.inner_text(".tabs"), "its address opens for others, its name is one's own"
    lee.open("/queue?phase=investigation")
    lee.page.fill("#view-name", "Under way")
    lee.press("Keep it")
    lee.open("/settings")
    lee.page.get_by_role("button", name="Up: Under way").click()
    lee.open("/queue")
    assert [link.split("\n")[0].strip() for link in lee.page.locator(".tabs a").all_inner_texts()][-2].startswith("Under way")
    lee.open("/settings")
    lee.page.get_by_role("button", name="Delete: Under way").click()
    assert "Under way" not in lee.text()
    step("views count all there is; one's own are kept, ordered, opened by others, deleted")


def columns(lee):
    lee.open("/settings")
    for name in ["tier", "code", "owner"]:
        lee.page.uncheck(f"#show-{name}")
    lee.page.check("#show-language")
    lee.page.fill("#place-language", "1")
    lee.press("Keep it so")
    lee.open("/queue")
    heads = [text.strip() for text in lee.page.locator("table.cases thead th").all_inner_texts()][1:]
    assert "Owner" not in heads and "Language" in heads and "What it is about" in heads, heads
    lee.open("/settings")
    lee.press("The usual columns again")
    lee.open("/queue")
    assert "Owner" in lee.page.inner_text("table.cases thead")
    step("columns are chosen by whoever reads")


def several(lee, amir, desk, shots):
    """By the keyboard alone: chosen, looked at before, done, and taken back."""
    keys = lee.page.keyboard
    lee.open("/queue?owner=none&phase=intake")
    shorts = []
    for _ in range(3):
        keys.press("j")
        keys.press("x")
        shorts.append(lee.page.evaluate("document.activeElement.closest('tr').querySelector('.c-pick input').value").split(":")[0])
        # The box has the focus now; back to the row's link.
        lee.page.evaluate("document.activeElement.closest('tr').querySelector('.c-what a').focus()")
    assert lee.page.inner_text("[data-picked]") == "3"
    lee.page.select_option("#bulk-act", "assign")
    lee.page.get_by_role("button", name="Show what applies").click()
    lee.page.select_option("#to", "amir")
    lee.page.get_by_role("button", name="Show what applies").click()
    assert lee.page.inner_text("h1") == "3 cases would change hands", lee.text()[:300]
    clean(lee.page, "several cases, foreseen")
    if shots:
        lee.page.screenshot(path=f"{shots}/several-foreseen.png", full_page=True)
    desk.run("case", "message", shorts[0], "Is anybody there?", who="account:maria")
    lee.press("Give 3 cases")
    assert lee.page.inner_text("h1") == "2 cases have a new owner", lee.text()[:300]
    assert "already" in lee.text(), "what changed meanwhile is left alone, and says so"
    clean(lee.page, "several cases, done")
    if shots:
        lee.page.screenshot(path=f"{shots}/several-done.png", full_page=True)
    amir.open("/queue?owner=me")
    assert len(rows(amir)) == 2
    keys.press("u")
    lee.page.wait_for_url("**/undo")
    assert lee.page.inner_text("h1") == "Taken back in 2 cases", lee.text()[:300]
    amir.open("/queue?owner=me")
    assert len(rows(amir)) == 0
    amir.open(f"/cases/{shorts[1]}/history")
    assert "Assigned" in amir.text() and "Given back" in amir.text(), "both stay in the history"
    step("several cases at once by the keyboard: foreseen, done each by itself, taken back, both in the history")

    # What a trainee may not take is refused case by case, with the reason.
    ula = Staff(lee.context.browser, lee.address, "ines")
    ula.open("/queue?owner=none&phase=intake")
    for box in ula.page.query_selector_all("[name=case]")[:2]:
        box.check()
    ula.page.select_option("#bulk-act", "assign")
    ula.page.get_by_role("button", name="Show what applies").click()
    ula.page.select_option("#to", "amir")
    ula.page.get_by_role("button", name="Show what applies").click()
    assert "0 cases would change hands" in ula.text() and "your role does not include" in ula.text().lower(), ula.text()[:400]
    assert ula.page.get_by_role("button", name="Give ").count() == 0
    ula.close()
    step("what does not apply says why, and nothing is offered to press")
    return shorts


def aside(amir, desk, short, shots):
    """A case put aside leaves one's lists and nobody else's; no clock stands still; the other side brings it back."""
    amir.open(f"/cases/{short}")
    amir.press("Take this case")
    before = amir.page.inner_text(".ribbon .value button >> nth=0")
    amir.page.keyboard.press("z")
    amir.page.locator(".aside select").select_option(index=2)
    if shots:
        amir.page.screenshot(path=f"{shots}/aside.png")
    amir.page.locator(".aside button").click()
    amir.told("Every clock runs on")
    assert amir.page.inner_text(".ribbon .value button >> nth=0")[:4] == before[:4]
    amir.open("/queue?owner=me")
    assert len(rows(amir)) == 0 and "1 more is put aside" in amir.text()
    amir.page.click("text=1 more is put aside")
    assert len(rows(amir)) == 1
    desk.run("case", "message", short, "Here is what my bank says.", who="account:omar")
    amir.open("/queue?owner=me")
    assert len(rows(amir)) == 1, "it is back as soon as the other side acts"
    step("put aside: out of one's own lists, every clock runs on, back as soon as the other side acts")


def called(lee, amir, short, shots):
    lee.open(f"/cases/{short}")
    lee.page.keyboard.press("r")
    lee.page.check("input[name=to][value=staff]")
    lee.page.fill("#reply-text", "@amir have you seen the second receipt? Not mail@bea.example.")
    lee.press("Send")
    amir.open("/queue")
    assert amir.page.inner_text(".menu a[href='/mentioned'] .count") == "1"
    amir.page.keyboard.press("g")
    amir.page.keyboard.press("m")
    amir.page.wait_for_url("**/mentioned")
    if shots:
        amir.page.screenshot(path=f"{shots}/called.png", full_page=True)
    assert "lee called you in" in amir.text() and short in amir.text(), amir.text()
    clean(amir.page, "mentions")
    amir.page.click(f"a[href='/cases/{short}']")
    amir.page.wait_for_selector("[data-seen] button", state="hidden")
    amir.open("/queue")
    assert amir.page.inner_text(".menu a[href='/mentioned']").strip() == "Mentioned", "read is read"
    step("a mention calls a colleague, counts until it is read, and an address of mail calls nobody")


def followed(lee, desk, other, shots):
    lee.open(f"/cases/{other}")
    lee.page.keyboard.press("f")
    lee.page.wait_for_load_state()
    lee.told("You follow this case")
    lee.open("/followed")
    assert "Nothing new since you last saw it" in lee.text()
    desk.run("case", "message", other, "Any news?", who="account:maria")
    lee.open("/followed")
    if shots:
        lee.page.screenshot(path=f"{shots}/news.png", full_page=True)
    assert "Message sent" in lee.text() and lee.page.inner_text(".menu a[href='/followed'] .count") == "1", lee.text()
    clean(lee.page, "followed")
    lee.press("I have read it")
    assert "Nothing new since you last saw it" in lee.text()
    lee.press("Follow no longer")
    lee.open("/followed")
    assert "You follow no case" in lee.text()
    step("a followed case tells what others did since it was last seen")


def presence(lee, amir, short):
    """Who has the same case open is told live, on its page and in the queue, and is gone within seconds of closing."""
    lee.open(f"/cases/{short}")
    lee.page.wait_for_selector(".looking", state="hidden")
    queue = lee.context.new_page()
    queue.goto(lee.address + "/queue")
    began = time.monotonic()
    amir.open(f"/cases/{short}")
    lee.page.wait_for_selector(".attention .looking:has-text('Also looking: amir')", timeout=5000)
    queue.wait_for_selector(".c-what .looking:has-text('Also looking: amir')", timeout=5000)
    seen = time.monotonic() - began
    assert "amir" in amir.page.inner_text(".menu-foot") and "Also looking: lee" in amir.page.inner_text(".attention")
    began = time.monotonic()
    amir.open("/wallboard")
    lee.page.wait_for_selector(".attention .looking", state="hidden", timeout=9000)
    queue.wait_for_selector(".c-what .looking:has-text('Also looking: amir')", state="hidden", timeout=9000)
    print(f"    seen after {seen:.1f} s, gone after {time.monotonic() - began:.1f} s", flush=True)
    queue.close()
    step("who else looks is shown live on the case and in the queue, and is gone within seconds of closing")


def reading(lee):
    lee.open("/queue")
    lee.page.locator(".menu-foot button[value=es]").click()
    lee.page.wait_for_load_state()
    assert lee.page.evaluate("document.documentElement.lang") == "es" and lee.page.inner_text("h1") == "Todo lo abierto"
    lee.open("/settings")
    lee.page.select_option("#zone", "Asia/Tokyo")
    lee.press("Guardar así")
    again = Staff(lee.context.browser, lee.address, "lee", locale="en-GB")
    assert again.page.evaluate("document.documentElement.lang") == "es", "on whatever device"
    again.open("/settings")
    assert again.page.input_value("#zone") == "Asia/Tokyo"
    again.page.select_option("#language", "en")
    again.page.select_option("#zone", "")
    again.press("Guardar así")
    again.close()
    step("language and zone are the person's, not the device's")


def without_script(browser, address):
    bea = Staff(browser, address, "bea", java_script_enabled=False)
    bea.open("/queue?owner=none&phase=intake")
    for box in bea.page.query_selector_all("[name=case]")[:2]:
        box.check()
    bea.page.select_option("#bulk-act", "take")
    bea.page.get_by_role("button", name="Show what applies").click()
    assert bea.page.inner_text("h1") == "2 cases would be yours", bea.text()[:300]
    bea.press("Take 2 cases")
    assert bea.page.inner_text("h1") == "2 cases are yours", bea.text()[:300]
    bea.press("Take it back")
    assert bea.page.inner_text("h1") == "Taken back in 2 cases", bea.text()[:300]
    bea.page.click("text=Back to the queue")
    bea.page.get_by_role("button", name="Show what applies").click()
    bea.told("Choose cases first")
    bea.page.click("summary:has-text('Narrow down')") if not bea.page.query_selector("details.narrow[open]") else None
    bea.page.select_option("#due", "today")
    bea.page.locator("form[role=search] > button").click()
    assert "due=today" in bea.page.url
    step("without script: filtered, chosen, foreseen, done, taken back")
    bea.close()


def looks(lee, short, shots):
    for path in ["/queue", "/queue?snoozed=yes", "/settings", "/followed", "/mentioned", f"/cases/{short}"]:
        for width, scheme in [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]:
            lee.page.set_viewport_size({"width": width, "height": 900})
            lee.page.emulate_media(color_scheme=scheme)
            assert lee.open(path) == 200, path
            assert lee.page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width}"
            clean(lee.page, f"{path} at {width}, {scheme}")
            if shots:
                name = path.strip("/").replace("/", "-").replace("?", "-").replace(short, "case")
                lee.page.screenshot(path=f"{shots}/{name}-{width}-{scheme}.png", full_page=True)
    lee.page.set_viewport_size({"width": 1440, "height": 900})
    step("no page scrolls sideways at 390 px, and axe finds nothing in the light or in the dark")


def main(recourse, shots=None):
    if shots:
        os.makedirs(shots, exist_ok=True)
    with Desk(recourse) as desk, sync_playwright() as play:
        for number in range(1, CASES + 1):
            desk.claim(f"P2P-{number}")
        desk.run("case", "admit", "P2P-1", who="ines")
        desk.run("case", "call-staff", "P2P-1", who="account:maria")
        address = desk.serve()
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        lee, amir = (Staff(browser, address, handle) for handle in ["lee", "amir"])
        views(lee, amir, address)
        columns(lee)
        shorts = several(lee, amir, desk, shots)
        without_script(browser, address)
        amir.open("/queue?phase=investigation")
        mine = amir.page.inner_text("table.cases td.c-code >> nth=0").strip()
        aside(amir, desk, mine, shots)
        called(lee, amir, mine, shots)
        followed(lee, desk, shorts[1], shots)
        presence(lee, amir, mine)
        reading(lee)
        looks(lee, mine, shots)
        for person in [lee, amir]:
            person.close()
        browser.close()
        assert not desk.complaints(), desk.complaints()
    print(f"{len(done)} steps held")


if __name__ == "__main__":
    main(*sys.argv[1:])
