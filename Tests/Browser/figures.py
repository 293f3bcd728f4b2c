"""What a browser sees of the pages: how far they jump, what they weigh, how soon a change reaches them.

Usage: .build/browser-tools/bin/python3 Tests/Browser/figures.py RECOURSE       (make bench-browser)
"""
import os
import sys
from datetime import datetime

from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.dirname(__file__))
from desk import PASSWORD, Desk  # noqa: E402

CHANGES = 40
# Issue of the pages: a change reaches the page within 250 ms, a page weighs at most 100 kB, nothing shifts.
SOON, HEAVY = 250, 100_000
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value; })
  .observe({type: "layout-shift", buffered: true});
window.arrived = null;
document.addEventListener("DOMContentLoaded", () => {
  const line = document.querySelector("[data-changes]");
  if (line) new MutationObserver(() => { if (!line.hidden && window.arrived === null) window.arrived = Date.now(); })
    .observe(line, {attributes: true, childList: true, characterData: true, subtree: true});
});
"""


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


def main(recourse):
    failed = []
    with Desk(recourse) as desk, sync_playwright() as play:
        desk.claim("P2P-1")
        desk.run("case", "admit", "P2P-1", who="ines")
        desk.run("case", "call-staff", "P2P-1", who="account:maria")
        desk.run("case", "take", "P2P-1", who="amir")
        for number in range(2, 12):
            desk.claim(f"P2P-{number}")
        address = desk.serve()
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(address + "/queue")
        page.fill("#handle", "amir")
        page.fill("#password", PASSWORD)
        page.click("button.primary")

        print("| page | width | shift (CLS) | transferred, bytes |")
        print("|---|--:|--:|--:|")
        for path in ["/queue", "/cases/P2P-1", "/cases/P2P-1/history", "/wallboard", "/policy", "/people"]:
            for width in (1440, 390):
                fresh = browser.new_context(viewport={"width": width, "height": 900}, storage_state=context.storage_state())
                fresh.add_init_script(WATCH)
                look = fresh.new_page()
                look.goto(address + path)
                look.wait_for_timeout(600)
                shift = look.evaluate("window.shifted")
                bytes_ = look.evaluate(
                    "performance.getEntries().filter(one => 'transferSize' in one).reduce((sum, one) => sum + one.transferSize, 0)")
                print(f"| {path} | {width} | {shift:.4f} | {bytes_:,} |")
                if shift > 0:
                    failed.append(f"{path} at {width} shifts by {shift:.4f}")
                if bytes_ > HEAVY:
                    failed.append(f"{path} at {width} weighs {bytes_:,} bytes")
                fresh.close()

        waits = []
        other = context.new_page()
        other.goto(address + "/queue")
        for number in range(CHANGES):
            page.goto(address + "/cases/P2P-1")
            page.wait_for_timeout(1200)
            status = other.evaluate(
                "text => fetch('/cases/P2P-1/message', {method: 'POST', body: new URLSearchParams({to: 'parties', text})}).then(answer => answer.status)",
                f"Change {number}")
            assert status == 200, status
            page.wait_for_selector("[data-changes]:not([hidden])", timeout=5000)
            arrived = page.evaluate("window.arrived")
            events = context.request.get(address + "/v1/cases/P2P-1/events").json()["events"]
            waits.append(arrived - instant(events[-1]["recorded"]))
        waits.sort()
        half, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99) - 1]
        print(f"\nA change reaches an open case page after {half:.0f} ms (median) and {late:.0f} ms (99 of 100) from its commit, {CHANGES} changes.")
        if late > SOON:
            failed.append(f"a change needs {late:.0f} ms to reach the page")
        browser.close()
    for line in failed:
        print("over the target: " + line)
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
