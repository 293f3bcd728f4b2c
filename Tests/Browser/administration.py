"""The desk is administered, its rules are read and the next are proposed, and somebody looks after their own access, in a real browser.

Usage: .build/browser-tools/bin/python3 Tests/Browser/administration.py RECOURSE [FOLDER FOR SCREENSHOTS]
"""
import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.dirname(__file__))
from desk import PASSWORD, Desk  # noqa: E402

NEW_PASSWORD = "quiet walnut ferry 71"
done = []


def step(text):
    done.append(text)
    print("  " + text, flush=True)


class Person:
    """Somebody in a browser of their own."""

    def __init__(self, browser, address, handle=None, password=PASSWORD, **how):
        self.context = browser.new_context(viewport={"width": 1440, "height": 900}, **how)
        self.page = self.context.new_page()
        self.address, self.broken = address, []
        self.page.on("console", lambda said: self.broken.append(said.text) if said.type == "error" and "status of 4" not in said.text else None)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        if handle:
            self.open("/queue")
            self.page.fill("#handle", handle)
            self.page.fill("#password", password)
            self.page.click("button.primary")
            assert self.page.url == address + "/queue", (self.page.url, self.text()[:300])

    def open(self, path):
        return self.page.goto(self.address + path).status

    def text(self):
        return self.page.inner_text("main").replace("\u00a0", " ")

    def press(self, name, exact=False):
        # Every button of these pages sends a form, and a busy machine takes its time.
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=exact).first.click()

    def told(self, what):
        toasts = self.page.inner_text(".toasts")
        assert what in toasts, (toasts, self.text()[:500])

    def close(self):
        assert not self.broken, self.broken
        self.context.close()


class Receiver:
    """A system of the operator's: says what it is told to say, and counts what came."""

    def __init__(self):
        self.answer, self.came = 500, 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("content-length", 0)))
                receiver.came += 1
                self.send_response(receiver.answer)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/in"


def clean(page, where):
    """Nothing axe-core finds (WCAG 2.2 A and AA)."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})["violations"]
    assert not found, (where, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])


def ask(address, path, key):
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, headers={"Authorization": "Bearer " + key})) as answer:
            return answer.status
    except urllib.error.HTTPError as problem:
        return problem.code


def named(kind, milliseconds):
    """An id as the desk makes them, of that moment."""
    bits, text = milliseconds << 80, ""
    for _ in range(26):
        bits, text = bits >> 5, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits & 31] + text
    return f"{kind}_{text}"


def serve(desk):
    """On a port of its own and told its address, so that invitations lead somewhere; local webhooks allowed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    desk.address = f"http://localhost:{port}"
    desk.process = subprocess.Popen(
        [desk.recourse, "serve", "--store", desk.store, "--host", "localhost", "--port", str(port), "--address", desk.address, "--allow-local-webhooks"],
        stdout=subprocess.PIPE, stderr=desk.log, text=True)
    said = desk.process.stdout.readline()
    assert said.startswith("listening on "), (said, open(desk.log.name).read())
    return desk.address


def people(browser, desk, address):
    ada = Person(browser, address, "ada")
    ada.open("/people")
    ada.page.get_by_role("link", name="Add a person").click()
    ada.page.fill("#handle", "vera")
    ada.page.get_by_label("Case agent").check()
    ada.page.select_option("#level", "L2")
    ada.page.fill("#languages", "en, es")
    clean(ada.page, "adding a person")
    ada.press("Add and invite")
    link = ada.page.inner_text(".secret").strip()
    assert link.startswith(address + "/join#ri_"), link
    step("a person is added, and their invitation is shown once")

    vera = Person(browser, address)
    vera.page.goto(link)
    assert "#" not in vera.page.url, "the word is taken out of the address"
    clean(vera.page, "joining")
    vera.page.fill("#password", "short")
    vera.page.eval_on_selector("form", "form => form.noValidate = true")
    vera.press("Choose it and go on")
    assert vera.page.query_selector("[role=alert]"), "a short password is refused with words"
    vera.page.fill("#password", NEW_PASSWORD)
    vera.press("Choose it and go on")
    assert vera.page.url == address + "/queue", vera.page.url
    other = Person(browser, address)
    other.page.goto(link)
    other.page.fill("#password", NEW_PASSWORD)
    other.press("Choose it and go on")
    assert "lets nobody in" in other.text()
    other.close()
    step("whoever is invited chooses their password, and the invitation is spent")

    ada.open("/people/vera")
    ada.page.get_by_label("Team lead").check()
    ada.page.select_option("#level", "L3")
    ada.press("Change standing")
    ada.told("Changed")
    ada.open("/people")
    row = ada.page.locator("tr", has_text="vera").inner_text()
    assert "Team lead" in row and "L3" in row and "Spanish" in row, row
    ada.open("/people/ada")
    assert "Another administrator" in ada.text() and not ada.page.query_selector("form[action='/people/ada']")
    answer = ada.context.request.post(address + "/people/ada", form={"role": "R7", "level": "L5"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status == 403, answer.status
    step("standing is changed by another, never one's own")

    vera.open("/administration/keys")
    assert "does not include administer" in vera.text(), vera.text()
    vera.open("/people")
    assert not vera.page.query_selector("a[href='/people/new']") and not vera.page.query_selector("a[href='/administration/keys']")
    step("who does not administer is offered nothing of it, and refused what they ask for all the same")

    ada.open("/people/vera")
    ada.page.get_by_label("I mean it").check()
    ada.press("End this account")
    ada.told("The account has ended")
    vera.open("/queue")
    assert "/sign-in" in vera.page.url, "an account that ended is out"
    step("an account ends, and with it what its owner is signed in with")
    vera.close()
    ada.close()


def keys(browser, desk, address):
    ada = Person(browser, address, "ada")
    ada.open("/administration/keys")
    ada.page.fill("#label", "nightly <b>export</b>")
    ada.page.fill("#holder", "machine:exporter")
    ada.page.get_by_label("read read cases").check()
    ada.press("Make a key")
    key = ada.page.inner_text(".secret").strip()
    assert key.startswith("rk_") and ask(address, "/v1/cases", key) == 200
    ada.open("/administration/keys")
    text = ada.text()
    assert key not in text and "nightly <b>export</b>" in text
    row = ada.page.locator("tr", has_text="machine:exporter")
    assert row.locator("time").count() == 1, "when it was last shown is on record"
    row.get_by_label("Why").fill("the exporter is gone")
    with ada.page.expect_navigation():
        row.get_by_role("button", name="Take back").click()
    ada.told("opens nothing")
    assert ask(address, "/v1/cases", key) == 401
    ada.page.fill("#label", "too much")
    ada.page.fill("#holder", "amir")
    ada.press("Make a key")
    assert "by themselves" in ada.page.inner_text("[role=alert]"), "nobody makes a key that is somebody else"
    step("a key is made, shown once, used, seen to be used, and taken back")
    ada.close()


def exchange_and_webhooks(browser, desk, address, receiver):
    ada = Person(browser, address, "ada")
    ada.open("/administration/webhooks")
    ada.page.fill("#label", "the ledger")
    ada.page.fill("#url", receiver.address)
    ada.press("Make a webhook")
    assert ada.page.inner_text(".secret").startswith("whsec_")
    ada.open("/administration/webhooks")
    ada.page.get_by_role("link", name="the ledger").click()
    ada.press("Send a test")
    assert "refused there" in ada.text() and "HTTP 500" in ada.text(), ada.text()[:400]
    desk.run("case", "message", "P2P-1", "Still nothing.", who="account:maria")
    here = None
    for _ in range(100):
        ada.open("/administration/webhooks")
        ada.page.get_by_role("link", name="the ledger").click()
        here = ada.page.url.split("?")[0].removeprefix(address)
        if "HTTP 500" in ada.text():
            break
        time.sleep(0.1)
    assert "on the way" in ada.text() and "HTTP 500" in ada.text(), ada.text()[:600]
    step("a webhook is made and tested, and what is on its way says what was answered")

    # What takes days to be given up, and an instruction the exchange never answered, are put so in the rehearsal's own tables, while nobody serves it.
    desk.process.terminate()
    desk.process.wait(30)
    rows = sqlite3.connect(os.path.join(desk.store, "desk.sqlite"))
    now = int(time.time() * 1000)
    assert rows.execute("update row_webhook_delivery set state = 'failed', due = null, ended = ?", [now]).rowcount > 0
    case = rows.execute("select id from row_case_row limit 1").fetchone()[0]
    rows.execute("insert into row_outbox (id, case_id, kind, state, due, attempts, error) values (?, ?, 'lift', 'aside', 0, 12, 'no answer')", [named("ins", now), case])
    rows.commit()
    rows.close()
    receiver.answer = 204
    address = serve(desk)
    ada.close()
    ada = Person(browser, address, "ada")
    ada.open(here + "?state=failed")
    assert "given up" in ada.text()
    clean(ada.page, "dead letters")
    came = receiver.came
    ada.press("Send all of these again")
    ada.told("On its way again")
    for _ in range(100):
        ada.open(here + "?state=delivered")
        if "HTTP 204" in ada.text():
            break
        time.sleep(0.1)
    assert "HTTP 204" in ada.text() and receiver.came > came, ada.text()
    ada.press("Pause")
    ada.told("Paused")
    assert "paused" in ada.page.inner_text("h1")
    ada.press("Start again")
    ada.told("Started")
    step("dead letters are sent again and arrive; a webhook is paused and started")

    ada.open("/administration/exchange")
    assert "put aside" in ada.text() and "a person must look" in ada.text()
    clean(ada.page, "an instruction put aside")
    ada.press("Send again")
    ada.told("On its way again")
    for _ in range(100):
        if "The outbox is empty" in ada.text():
            break
        time.sleep(0.1)
        ada.open("/administration/exchange")
    assert "The outbox is empty" in ada.text(), ada.text()
    amir = Person(browser, address, "amir")
    amir.open("/administration/exchange")
    assert "Last answer" in amir.text()
    step("what was put aside is sent again; the line to the exchange is seen by everybody on staff")
    amir.close()
    ada.close()
    return address


def proofs(browser, desk, address):
    amir = Person(browser, address, "amir")
    amir.open("/log?case=P2P-1")
    assert "Events of P2P-1" in amir.text()

    def keep(button, name):
        with amir.page.expect_download() as download:
            button.click()
        path = os.path.join(desk.folder, name)
        download.value.save_as(path)
        return path

    head = keep(amir.page.get_by_role("button", name="Sign and download the head"), "head.note")
    event = keep(amir.page.get_by_role("button", name="Download the proof of event").first, "event.proof")
    published = amir.page.locator("dd .hash").nth(1).inner_text()
    amir.open("/log")
    grown = keep(amir.page.get_by_role("button", name="Prove that the log only grew").last, "grown.proof")

    def verify(path, key=published):
        return subprocess.run([desk.recourse, "verify", path, "--key", key], text=True, capture_output=True)

    assert "event" in verify(event).stdout and verify(event).returncode == 0, verify(event)
    assert "only grew" in verify(grown).stdout and verify(grown).returncode == 0, verify(grown)
    assert open(head).read().count("\n") > 3
    broken = json.loads(open(grown).read())
    lines = broken["old"].split("\n")
    lines[1] = str(int(lines[1]) - 1)
    broken["old"] = "\n".join(lines)
    bad = os.path.join(desk.folder, "bad.proof")
    open(bad, "w").write(json.dumps(broken, separators=(",", ":"), ensure_ascii=False))
    assert verify(bad).returncode != 0
    step("the head, an event's proof and that the log only grew are downloaded and hold offline; a changed one does not")
    amir.close()


def studio(browser, desk, address):
    petra = Person(browser, address, "petra")
    petra.open("/policy")
    petra.page.get_by_role("link", name="Workflows").click()
    steps = petra.page.locator(".facts-table tbody tr").count()
    if os.access("/usr/bin/dot", os.X_OK):
        assert petra.page.locator("svg.graph a").count() == steps, "each step of the table is in the graph"
        assert petra.page.locator("svg.graph .graph-line").count() >= steps, "and what leads from one to the next"
        petra.page.locator("svg.graph a").first.focus()
        petra.page.keyboard.press("Enter")
        assert "#step-" in petra.page.url, "a step of the graph leads to its row"
    else:
        assert "Graphviz (dot) is not installed" in petra.text()
    for path, words in [("/policy/reasons", "Asked of the other side"), ("/policy/clocks", "what regulators and laws demand"),
                        ("/policy/authority", "up to 5,000.00 USDT"), ("/policy/letters", "Subject:")]:
        assert petra.open(path) == 200 and words in petra.text(), (path, petra.text()[:300])
    step("the pack is read as pages: workflow, reasons, clocks, authority, letters")

    petra.page.set_viewport_size({"width": 1440, "height": 900})
    petra.open("/policy/propose")
    petra.press("reasons.yaml")
    text = petra.page.input_value("#current")
    wrong = text.replace("outcomes: [OUT-REL", "outcomes: [OUT-RELL", 1)
    assert wrong != text
    line = wrong[:wrong.index("OUT-RELL")].count("\n") + 1
    petra.page.fill("#current", wrong)
    petra.press("Check", exact=True)
    verdict = petra.page.inner_text("#verdict")
    assert f"reasons.yaml:{line}:" in verdict and "OUT-RELL" in verdict and "▲" in verdict, verdict[:600]
    assert not petra.page.query_selector("#because"), "nothing is proposed while there are errors"
    clean(petra.page, "a pack with an error")
    step("a mistake is named at its line, with what was probably meant")

    petra.page.fill("#current", text)
    petra.press("pack.yaml")
    pack = petra.page.input_value("#current")
    changed = pack.replace("notices-before-default: 2", "notices-before-default: 3")
    assert changed != pack, pack
    petra.page.fill("#current", changed)
    petra.press("Check", exact=True)
    verdict = petra.page.inner_text("#verdict")
    assert "It can be proposed" in verdict and "notices before a default 2 → 3" in verdict, verdict
    petra.page.fill("#because", "Two notices were too few.")
    clean(petra.page, "a pack that can be proposed")
    petra.press("Propose this pack")
    petra.told("Proposed")
    petra.press("Approve this pack")
    assert "a second person does" in petra.page.inner_text("[role=alert]"), petra.text()[:300]
    omid = Person(browser, address, "omid")
    omid.open("/policy")
    assert "notices before a default 2 → 3" in omid.text()
    omid.press("Approve this pack")
    omid.told("Done")
    step("what would change is said in words; one proposes, another approves")

    omid.open("/policy/versions")
    omid.page.select_option("#from", index=1)
    omid.page.select_option("#to", index=0)
    omid.press("Compare")
    assert "notices before a default 2 → 3" in omid.text() and "1 change" in omid.text(), omid.text()
    step("any two packs of the log are compared in words")
    omid.close()
    petra.close()


def own_access(browser, address):
    first, second = Person(browser, address, "bea"), Person(browser, address, "bea")
    first.open("/queue")
    first.page.locator(".menu-foot a").click()
    assert first.page.url == address + "/me"
    assert first.page.locator("tbody tr").count() == 2
    clean(first.page, "own access")
    # By the keyboard alone.
    first.page.get_by_role("button", name="End the session").focus()
    with first.page.expect_navigation():
        first.page.keyboard.press("Enter")
    first.told("has ended")
    second.open("/queue")
    assert "/sign-in" in second.page.url, "an ended session is out"
    second.close()
    third = Person(browser, address, "bea")
    first.open("/me")
    first.press("Sign out everywhere")
    assert "/sign-in" in first.page.url
    third.open("/queue")
    assert "/sign-in" in third.page.url
    step("one's sessions are listed; one of them, or all, are ended")
    third.close()
    first.close()


def passkeys(browser, address):
    """With an authenticator of Chromium's own making (Chrome DevTools Protocol, WebAuthn domain): real keys, real signatures."""
    eve = Person(browser, address, "eve")
    line = eve.context.new_cdp_session(eve.page)
    line.send("WebAuthn.enable")
    device = line.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True}})["authenticatorId"]
    eve.open("/me")
    eve.page.fill("#passkey-name", "my laptop")
    eve.page.get_by_role("button", name="Add a passkey").click()
    eve.page.get_by_text("Sign in with it next time").wait_for(timeout=5000)
    assert "my laptop" in eve.text()
    clean(eve.page, "own access with a passkey")
    for _ in range(2):
        eve.press("Sign out", exact=True)
        eve.page.get_by_role("button", name="Sign in with a passkey").click()
        eve.page.wait_for_url(address + "/queue", timeout=5000)
    eve.open("/me")
    assert eve.page.locator("tr", has_text="This one").locator("time").count() == 4, "with it a second factor is shown"
    # The same key without a finger on it is refused, by the browser or by the desk.
    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    eve.press("Sign out", exact=True)
    eve.page.get_by_role("button", name="Sign in with a passkey").click()
    eve.page.wait_for_timeout(1500)
    assert "/sign-in" in eve.page.url
    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    # A copy of a key counts behind: what an authenticator says to have done before is not believed.
    held = line.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"][0]
    line.send("WebAuthn.removeCredential", {"authenticatorId": device, "credentialId": held["credentialId"]})
    line.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": {**held, "signCount": 0}})
    eve.open("/sign-in")
    eve.page.get_by_role("button", name="Sign in with a passkey").click()
    eve.page.get_by_text("lets nobody in").wait_for(timeout=5000)
    step("a passkey is added and signs in; without a finger, or as a copy, it does not")
    eve.close()


def without_script(browser, desk, address):
    ada = Person(browser, address, "ada", java_script_enabled=False)
    ada.open("/people/new")
    ada.page.fill("#handle", "nils")
    ada.page.get_by_label("Intake desk").check()
    ada.press("Add and invite")
    word = ada.page.inner_text(".secret").strip().split("#")[1]
    nils = Person(browser, address, java_script_enabled=False)
    nils.open("/join")
    nils.page.fill("#word", word)
    nils.page.fill("#password", NEW_PASSWORD)
    nils.press("Choose it and go on")
    assert nils.page.url == address + "/queue"
    nils.close()
    ada.open("/administration/keys")
    ada.page.fill("#label", "monitor")
    ada.page.fill("#holder", "machine:monitor")
    ada.page.get_by_label("monitor read metrics").check()
    ada.press("Make a key")
    assert ada.page.inner_text(".secret").startswith("rk_")
    ada.open("/policy/propose?file=pack.yaml")
    ada.page.fill("#current", "title: [")
    ada.press("Check", exact=True)
    assert "pack.yaml:" in ada.page.inner_text("#verdict")
    step("without script: a person is invited and joins, a key is made, a pack is checked")
    ada.close()


def looks(browser, address, shots):
    ada = Person(browser, address, "ada")
    ada.open("/administration/webhooks")
    hook = ada.page.get_by_role("link", name="the ledger").get_attribute("href")
    names = {hook: "webhook"}
    for path in ["/people", "/people/new", "/people/amir", "/administration/keys", "/administration/webhooks", hook, "/administration/exchange", "/log?case=P2P-1",
                 "/me", "/policy", "/policy/workflows/p2p-live", "/policy/reasons", "/policy/clocks", "/policy/authority", "/policy/letters",
                 "/policy/versions", "/policy/propose", "/design"]:
        for width, scheme in [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]:
            ada.page.set_viewport_size({"width": width, "height": 900})
            ada.page.emulate_media(color_scheme=scheme)
            assert ada.open(path) == 200, path
            if shots:
                name = names.get(path, path.strip("/").replace("/", "-").split("?")[0])
                ada.page.screenshot(path=f"{shots}/{name}-{width}-{scheme}.png", full_page=width == 1440 and "clocks" not in path and "reasons" not in path)
            assert ada.page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width}"
            clean(ada.page, f"{path} at {width}, {scheme}")
    step("no page scrolls sideways at 390 px, and axe finds nothing in the light or in the dark")
    spanish = Person(browser, address, "lee", locale="es-ES")
    for path in ["/people", "/log", "/me", "/policy/authority", "/administration/exchange"]:
        assert spanish.open(path) == 200 and "[" not in spanish.page.inner_text("h1")
    assert "Línea con el exchange" in spanish.text()
    step("the same in Spanish")
    spanish.close()
    ada.close()


def main(recourse, shots=None):
    if shots:
        os.makedirs(shots, exist_ok=True)
    receiver = Receiver()
    with Desk(recourse) as desk, sync_playwright() as play:
        desk.run("user", "add", "ada", "--role", "R13", "--level", "L0")
        desk.run("user", "password", "ada", given=PASSWORD)
        desk.claim("P2P-1")
        address = serve(desk)
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        people(browser, desk, address)
        keys(browser, desk, address)
        address = exchange_and_webhooks(browser, desk, address, receiver)
        proofs(browser, desk, address)
        studio(browser, desk, address)
        own_access(browser, address)
        passkeys(browser, address)
        without_script(browser, desk, address)
        looks(browser, address, shots)
        browser.close()
        assert not desk.complaints(), desk.complaints()
    print(f"{len(done)} steps held")


main(*sys.argv[1:])
