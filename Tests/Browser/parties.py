#!/usr/bin/env python3
"""The pages of buyers, sellers and merchants, in a real browser, with a desk and a sandbox exchange of their own.

    python3 Tests/Browser/parties.py .build/debug/recourse [NAME…]       makes, fills and serves a desk, and takes it away again
    python3 Tests/Browser/parties.py [NAME…]                             against one that is served: DESK, EXCHANGE, STORE from the environment

DESK and EXCHANGE are addresses; STORE is the store's folder, where the operator's key lies; PASSWORD is that of the demo staff; SHOTS a folder where
every page that was looked at is kept as a picture. Needs playwright, axe-core-python, pyjwt, cryptography (Scripts/browser-tools.sh). Each test has
people and orders of its own.
"""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import traceback
import urllib.error
import urllib.request

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

DESK = os.environ.get("DESK", "http://127.0.0.1:8080")
EXCHANGE = os.environ.get("EXCHANGE", "http://127.0.0.1:8090")
STORE = pathlib.Path(os.environ.get("STORE", "Data/desk"))
PASSWORD = os.environ.get("PASSWORD", "blue-lantern-over-harbour")
SHOTS = os.environ.get("SHOTS")
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HERE = pathlib.Path(__file__).resolve().parents[2]
FILES = pathlib.Path(os.environ.get("TMPDIR", "/tmp"))


# The desk and the exchange, as their own people use them.

def ask(address: str, body=None, key: str | None = None, method: str | None = None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(address, data=data, headers=headers, method=method or ("POST" if body is not None else "GET"))
    try:
        return json.loads(urllib.request.urlopen(request).read() or b"{}")
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{request.method} {address}: {error.code} {error.read().decode()}") from error


def at_exchange(**act):
    ask(f"{EXCHANGE}/sandbox/acts", act)


_sessions: dict[str, str] = {}


def staff(handle: str, method: str, path: str, body=None):
    if handle not in _sessions:
        _sessions[handle] = ask(f"{DESK}/v1/sessions", {"handle": handle, "password": PASSWORD})["session"]
    return ask(f"{DESK}/v1/cases/{path}", body, _sessions[handle], method)


def operator(method: str, path: str, body=None):
    return ask(f"{DESK}/v1/{path}", body, (STORE / "operator.key").read_text().strip(), method)


_orders = iter(range(int(time.time()) % 10_000_000, 99_999_999))


# Browsers.

class Browsers:
    def __init__(self, chromium):
        self.chromium, self.complaints, self.shots, self.run = chromium, [], 0, next(_orders)

    def account(self, name: str) -> str:
        """Each test has people of its own: what one asks of the desk in a minute is counted."""
        return f"{name}-{self.run}"

    def order(self, amount: str = "1200 USDT") -> str:
        order, maria, omar = f"P2P-{next(_orders)}", self.account("maria"), self.account("omar")
        for account in [maria, omar]:
            at_exchange(act="open-account", account=account, if_new=True)
        at_exchange(act="deposit", account=omar, amount=amount)
        at_exchange(act="place-order", order=order, amount=amount, fiat="1104 EUR", rail="SEPA-INSTANT", buyer=maria, seller=omar)
        at_exchange(act="mark-paid", order=order)
        return order

    def person(self, name: str | None, **options) -> Page:
        options = {"viewport": {"width": 390, "height": 844}, "timezone_id": "Asia/Kuala_Lumpur"} | options
        page = self.chromium.new_context(**options).new_page()
        page.runs_scripts = options.get("java_script_enabled", True)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" and "status of 4" not in line.text else None)
        if name:
            script = [sys.executable, str(HERE / "Scripts/party-token"), str(STORE), self.account(name), "--desk", DESK]
            address = subprocess.check_output(script, text=True).strip()
            if options.get("java_script_enabled", True):
                page.goto(address)
            else:
                page.goto(f"{DESK}/enter")
                page.fill("#token", address.split("#")[1])
            press(page, "Show my cases")
            assert page.url == f"{DESK}/my", page.url
        return page

    def look(self, page: Page, name: str):
        """Nothing is wider than the page, every field has a name, no two things have one id; and a picture, where pictures are wanted."""
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
        twice = page.evaluate("[...document.querySelectorAll('[id]')].map(n => n.id).filter((id, at, all) => all.indexOf(id) !== at)")
        assert not twice, f"{name} has several of {twice}"
        nameless = page.evaluate("[...document.querySelectorAll('input:not([type=hidden]), textarea, select')].filter(n => !n.labels?.length).map(n => n.outerHTML)")
        assert not nameless, f"{name} has fields without a name: {nameless}"
        assert "[p_" not in page.inner_text("body"), f"{name} lacks words"
        if page.context.browser and getattr(page, "runs_scripts", True):
            found = [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in Axe().run(page, options=AXE)["violations"]]
            assert not found, f"{name}: {found}"
        if SHOTS:
            self.shots += 1
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=f"{SHOTS}/{self.shots:02}-{name}.png", full_page=True)


def press(page: Page, words: str, within: str = "body", exact: bool = False):
    """Presses the button (or the link that looks like one) with these words, and waits for the page that follows."""
    button = page.locator(within).locator("button, a, summary").filter(has_text=words).filter(visible=True).first
    is_form = button.evaluate("n => n.tagName !== 'SUMMARY' && !(n.tagName === 'A' && n.getAttribute('href').startsWith('#'))")
    if is_form:
        with page.expect_navigation():
            button.click()
    else:
        button.click()


def said(page: Page, words: str):
    assert words in page.inner_text(".toasts"), f"“{words}” was not said, but “{page.inner_text('.toasts')}” at {page.url}"


def file_claim(page: Page, order: str, statement: str = "I paid at 13:19; nothing was released.", look=lambda name: None) -> str:
    page.goto(f"{DESK}/my/file")
    look("file-1")
    page.check("input[value=buyer]")
    page.fill("#order", order)
    press(page, "Go on")
    look("file-2")
    page.check("input[value='P2P-B01']")
    press(page, "Go on")
    look("file-3")
    page.fill("#statement", statement)
    press(page, "Go on")
    look("file-4")
    press(page, "File this claim")
    said(page, "Your case is open")
    return page.url.split("?")[0]


def video(megabytes: int = 3) -> str:
    file = FILES / f"recording-{time.time_ns()}.mp4"
    file.write_bytes(b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41\0\0\0\x10mdat" + os.urandom(megabytes << 20))
    return str(file)


def text_file(text: str) -> str:
    file = FILES / f"receipt-{time.time_ns()}.txt"
    file.write_text(text)
    return str(file)


def send_file(page: Page, kind: str, file: str):
    form = page.locator(f"form[data-type='{kind}']")
    form.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        form.locator("button").click()


# What is tried.

def a_whole_dispute(browsers: Browsers, **options):
    """Two parties in two browsers, from the claim to the appeal."""
    order = browsers.order()
    maria, omar = browsers.person("maria", **options), browsers.person("omar", **options)
    look = lambda page, name: browsers.look(page, name)
    case = file_claim(maria, order, "Omar reads my messages\nand <b>says</b> \"nothing\" <script>alert(1)</script>", lambda name: look(maria, name))
    look(maria, "filed")
    assert maria.locator("main b", has_text="says").count() == 0, "what somebody typed is text"
    staff("ines", "POST", f"{order}/admission")
    omar.goto(f"{DESK}/my")
    look(omar, "home")
    assert "wait" in omar.inner_text(".lead")
    omar.goto(case)
    look(omar, "to-answer")
    assert "It is your turn" in omar.inner_text(".next")
    omar.fill("#say-text", "I look into it.")
    press(omar, "Send my message")
    said(omar, "Your message was sent")
    press(omar, "Make an offer")
    omar.fill("#amount", "1,300")
    press(omar, "Show what each of us would get")
    look(omar, "offer-refused")
    assert "1,200.00" in omar.inner_text(".problem")
    omar.fill("#amount", "50,5")
    press(omar, "Show what each of us would get")
    look(omar, "offer")
    press(omar, "Offer this: 50.50\u00a0USDT to me, the buyer gets 1,149.50\u00a0USDT")
    said(omar, "Your offer is made")
    maria.goto(case)
    look(maria, "offered")
    press(maria, "No, thank you")
    said(maria, "You declined")
    omar.goto(case)
    omar.fill("#answer-text", "Nothing arrived on my account.")
    press(omar, "No, this is not right")
    said(omar, "We have your side")
    staff("amir", "POST", f"{order}/assignment", {})
    staff("amir", "POST", f"{order}/messages", {"text": "I have asked both of you for a recording."})
    maria.goto(case)
    look(maria, "asked")
    assert "We need 2 things from you" in maria.inner_text(".next")
    send_file(maria, "EV-VIDEO", video())
    said(maria, "It is on your case")
    send_file(maria, "EV-BRCPT", text_file("SEPA Instant 1104.00 EUR, executed"))
    look(maria, "given")
    assert maria.locator(".paper a").count() == 2
    omar.goto(case)
    press(omar, "I cannot bring this")
    omar.fill("details[id^=cannot] textarea", "My bank's app does not allow recordings.")
    press(omar, "Answer without it")
    said(omar, "We have your answer")
    look(omar, "deciding")
    staff("amir", "POST", f"{order}/ruling", {
        "outcome": {"code": "OUT-REL", "because": "Your recording shows the payment in one take."},
        "fault": {"code": "FLT-SEL", "because": "He gave no recording."},
        "answers": [{"point": 1, "accepted": True, "because": "Shown in full."}]})
    for _ in range(40):
        maria.goto(case)
        if "ask for a second look" in maria.inner_text(".next"):
            break
        time.sleep(0.25)
    look(maria, "decided-buyer")
    assert "Nothing arrived on my account." in maria.inner_text("main") and "does not allow recordings" in maria.inner_text("main"), "what the other side said"
    assert "are yours" in maria.inner_text("h1") and "Receipt" in maria.inner_text("main")
    omar.goto(case)
    look(omar, "decided-seller")
    assert "go to the buyer" in omar.inner_text("h1")
    press(omar, "Appeal this decision")
    omar.fill("#appeal-text", "The recording is of another day.")
    press(omar, "Ask for a second look")
    said(omar, "Somebody else will look")
    look(omar, "appealed")


def without_script(browsers: Browsers):
    """The same forms with nothing but HTML."""
    order = browsers.order()
    maria = browsers.person("maria", java_script_enabled=False)
    omar = browsers.person("omar", java_script_enabled=False)
    case = file_claim(maria, order)
    staff("ines", "POST", f"{order}/admission")
    omar.goto(case)
    press(omar, "Ask the desk to step in")
    maria.goto(case)
    send_file(maria, "EV-BRCPT", str(HERE / "Package.swift"))
    assert "cannot be read here" in maria.inner_text(".thing .problem"), maria.inner_text("main")
    browsers.look(maria, "no-script-refused")
    send_file(maria, "EV-BRCPT", text_file("SEPA Instant 1104.00 EUR, executed"))
    send_file(maria, "EV-VIDEO", video())
    assert maria.locator(".paper a").count() == 2
    maria.fill("#say-text", "   ")
    press(maria, "Send my message")
    assert maria.locator("#say .problem").count() == 1, "an empty message says nothing"
    maria.check("#say input[value=staff]")
    maria.fill("#say-text", "For the desk only.")
    press(maria, "Send my message")
    assert "For the desk only." in maria.inner_text("#talk"), "what one wrote to the desk alone one can read again"
    omar.goto(case)
    assert "For the desk only." not in omar.inner_text("main"), "and nobody else can"
    browsers.look(maria, "no-script")


def settling(browsers: Browsers):
    """An offer is accepted, and not twice, and not as it was before it changed; two in secret meet in the middle; a claim is agreed to; one is taken back."""
    maria, omar = browsers.person("maria"), browsers.person("omar")

    def opened():
        order = browsers.order()
        case = file_claim(maria, order)
        staff("ines", "POST", f"{order}/admission")
        return order, case

    def offer(page: Page, case: str, amount: str, secretly: bool = False):
        page.goto(f"{case}/offer")
        page.fill("#amount", amount)
        page.check(f"input[name=blind][value={'yes' if secretly else 'no'}]")
        press(page, "Show what each of us would get")
        press(page, "Say in secret" if secretly else "Offer this")

    order, case = opened()
    offer(omar, case, "200")
    maria.goto(case)
    omar.fill("#say-text", "One more word.")
    press(omar, "Send my message")
    press(maria, "Accept 1,000.00")
    assert "Something changed while you were reading" in maria.inner_text("main"), maria.inner_text("main")
    browsers.look(maria, "overtaken")
    press(maria, "Accept 1,000.00")
    said(maria, "You settled it")
    browsers.look(maria, "settled")
    assert "You get 1,000.00" in maria.inner_text("main")

    order, case = opened()
    offer(omar, case, "400", secretly=True)
    browsers.look(omar, "offered-in-secret")
    maria.goto(case)
    assert "800.00" not in maria.inner_text("main") and "400.00" not in maria.inner_text("main"), "what is secret is not shown"
    offer(maria, case, "700", secretly=True)
    said(maria, "Your offers met")
    assert "You get 750.00" in maria.inner_text("main")

    order, case = opened()
    omar.goto(case)
    press(omar, "Yes, the claim is right")
    browsers.look(omar, "agreeing")
    press(omar, "Agree: release 1,200.00")
    said(omar, "You agreed")

    order, case = opened()
    offer(maria, case, "900")
    press(maria, "Take my offer back")
    said(maria, "taken back")
    press(maria, "Raise another point")
    maria.fill("#point-text", "The order's number was in the remark.")
    press(maria, "Raise this point")
    said(maria, "Your point")
    press(maria, "Take my case back")
    press(maria, "Take my case back now")
    said(maria, "Your case was taken back")
    browsers.look(maria, "withdrawn")


def a_line_that_breaks(browsers: Browsers):
    """A file goes on where it stopped: when the line comes back, and when the page was closed in between."""
    order = browsers.order()
    maria = browsers.person("maria")
    case = file_claim(maria, order)
    staff("ines", "POST", f"{order}/admission")
    maria.goto(case)
    press(maria, "Ask the desk to step in")
    parts, broken = [], []

    def sometimes(route):
        parts.append(int(route.request.headers["upload-offset"]))
        if len(parts) in (2, 4):
            broken.append(route.request.url)
            return route.abort()
        return route.continue_()

    maria.route("**/v1/uploads/*", lambda route: sometimes(route) if route.request.method == "PATCH" else route.continue_())
    file = video(4)
    form = maria.locator("form[data-type='EV-VIDEO']")
    form.locator("input[type=file]").set_input_files(file)
    form.locator("button").click()
    maria.wait_for_url("**said=p_uploaded**", timeout=30_000)
    assert len(broken) == 2 and parts.count(0) == 1 and parts == sorted(parts), parts
    # Refused for what is in it: a sentence, and the form is there again.
    form = maria.locator("form[data-type='EV-BRCPT']")
    (FILES / "not-a-picture.png").write_bytes(b"MZ" + b"\0" * 500)
    form.locator("input[type=file]").set_input_files(str(FILES / "not-a-picture.png"))
    form.locator("button").click()
    expect(form.locator("output.problem")).not_to_be_empty()
    expect(form.locator("button")).to_be_enabled()
    browsers.look(maria, "upload-refused")
    send_file(maria, "EV-BRCPT", text_file("SEPA Instant 1104.00 EUR, executed"))
    said(maria, "It is on your case")
    browsers.complaints = [line for line in browsers.complaints if "ERR_FAILED" not in line]


def a_guest(browsers: Browsers):
    """Whoever comes by a link reads, writes and brings evidence, and moves no money."""
    order = browsers.order()
    maria = browsers.person("maria")
    case = file_claim(maria, order)
    staff("ines", "POST", f"{order}/admission")
    link = operator("POST", f"cases/{order}/links", {"party": "seller"})["url"]
    guest = browsers.person(None)
    guest.goto(DESK + link[link.index("/v1/"):])
    press(guest, "Open my case")
    assert "/my/cases/" in guest.url, guest.url
    browsers.look(guest, "guest")
    assert guest.locator("text=Make an offer").count() == 0 and guest.locator("text=Yes, the claim is right").count() == 0
    guest.fill("#say-text", "I am here.")
    press(guest, "Send my message")
    said(guest, "Your message was sent")
    guest.goto(f"{DESK}/my")
    browsers.look(guest, "guest-home")
    assert "by a link" in guest.inner_text("main")


def own_account(browsers: Browsers):
    """A deposit that did not arrive: nobody on the other side, and what is asked for is typed."""
    deposit = f"DEP-{next(_orders)}"
    at_exchange(act="open-account", account=browsers.account("maria"), if_new=True)
    at_exchange(act="record-deposit", account=browsers.account("maria"), amount="500 USDT", order=deposit)
    maria = browsers.person("maria")
    maria.goto(f"{DESK}/my/file")
    maria.check("input[value=user]")
    maria.fill("#order", deposit)
    press(maria, "Go on")
    browsers.look(maria, "file-own-2")
    press(maria, "Go on")
    assert "Choose what went wrong" in maria.inner_text(".problem")
    # Of a deposit only deposits' reasons fit, so that one kind is open already.
    maria.check("input[value='DEP-01']")
    press(maria, "Go on")
    assert maria.input_value("#account") == browsers.account("maria"), "the exchange has said whose account it is"
    maria.fill("#amount", "five hundred")
    maria.fill("#statement", "The chain shows it since yesterday.")
    press(maria, "Go on")
    assert "number and a coin" in maria.inner_text(".problem")
    assert maria.input_value("#statement") == "The chain shows it since yesterday."
    browsers.look(maria, "file-own-wrong")
    maria.fill("#amount", "500 USDT")
    press(maria, "Go on")
    browsers.look(maria, "file-own-4")
    press(maria, "File this claim")
    said(maria, "Your case is open")
    browsers.look(maria, "own-filed")
    staff("ines", "POST", f"{deposit}/admission")
    maria.reload()
    browsers.look(maria, "own-asked")
    maria.fill(".thing textarea", "0x5f1c77d0aa3b")
    press(maria, "Send what I typed")
    said(maria, "It is on your case")
    browsers.look(maria, "own-given")


def the_door(browsers: Browsers):
    """Nobody is let in by what is not theirs; and nobody is lost."""
    page = browsers.person(None)
    page.goto(f"{DESK}/my/cases/P2P-1009")
    assert page.url.startswith(f"{DESK}/enter?next="), page.url
    page.fill("#token", "not.a.token")
    press(page, "Show my cases")
    assert "Go back to your exchange" in page.inner_text(".problem")
    browsers.look(page, "door-refused")
    maria = browsers.person("maria")
    answer = maria.goto(f"{DESK}/my/cases/P2P-1009")
    assert answer.status == 404, "to whoever is none of its parties there is no such case"
    browsers.look(maria, "not-there")
    answer = maria.goto(f"{DESK}/queue")
    assert answer.status == 403
    maria.goto(f"{DESK}/my")
    press(maria, "Sign out")
    assert maria.url.startswith(f"{DESK}/enter"), maria.url
    browsers.look(maria, "left")
    stranger = browsers.person("nobody-yet")
    browsers.look(stranger, "home-empty")
    press(stranger, "Tell us what went wrong")
    stranger.check("input[value=buyer]")
    stranger.fill("#order", "P2P-1009")
    press(stranger, "Go on")
    browsers.look(stranger, "not-your-order")
    assert "no order" in stranger.inner_text(".problem"), stranger.inner_text("main")


def by_keyboard(browsers: Browsers):
    """Everything is reached by Tab and done by Enter and Space; what has the focus is seen."""
    order = browsers.order()
    maria = browsers.person("maria")
    maria.goto(f"{DESK}/my/file")

    def tab_to(selector: str):
        for _ in range(120):
            maria.keyboard.press("Tab")
            if maria.evaluate("s => document.activeElement.matches(s)", selector):
                outline = maria.evaluate("(() => { const n = document.activeElement, p = n.closest('.choice') ?? n; return getComputedStyle(p).outlineStyle })()")
                assert outline != "none", f"{selector} does not show that it has the focus"
                return
        raise AssertionError(f"Tab never comes to {selector}")

    tab_to("input[value=buyer]")
    maria.keyboard.press("Space")
    tab_to("#order")
    maria.keyboard.type(order)
    with maria.expect_navigation():
        maria.keyboard.press("Enter")
    tab_to("input[name=reason]")
    maria.keyboard.press("Space")
    tab_to("button.primary")
    with maria.expect_navigation():
        maria.keyboard.press("Enter")
    tab_to("#statement")
    maria.keyboard.type("I paid; nothing came.")
    tab_to("button.primary")
    with maria.expect_navigation():
        maria.keyboard.press("Enter")
    tab_to("button.primary")
    with maria.expect_navigation():
        maria.keyboard.press("Enter")
    said(maria, "Your case is open")
    tab_to("button.due")
    maria.keyboard.press("Enter")
    expect(maria.locator("#why")).to_be_visible()
    browsers.look(maria, "why")
    maria.keyboard.press("Escape")
    tab_to("#say-text")
    maria.keyboard.type("Is anybody there?")
    tab_to("#say button")
    with maria.expect_navigation():
        maria.keyboard.press("Enter")
    said(maria, "Your message was sent")


def wide_and_dark(browsers: Browsers):
    a_whole_dispute(browsers, viewport={"width": 1440, "height": 900}, color_scheme="dark")


def narrow(browsers: Browsers):
    a_whole_dispute(browsers, viewport={"width": 320, "height": 640})


TESTS = [a_whole_dispute, without_script, settling, a_line_that_breaks, a_guest, own_account, the_door, by_keyboard, wide_and_dark, narrow]

@contextlib.contextmanager
def a_desk_of_our_own(recourse: str):
    """A rehearsal desk and a sandbox exchange beside it, at free ports."""
    global DESK, EXCHANGE, STORE
    import desk as made

    def free_port() -> int:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            return door.getsockname()[1]

    ports = free_port(), free_port()
    DESK, EXCHANGE = (f"http://127.0.0.1:{port}" for port in ports)
    secret = {**os.environ, "RECOURSE_EXCHANGE_SECRET": "whsec_" + "c2FuZGJveC1vZi1hLXRlc3Qtb25seS1ub3QtYS1zZWNyZXQ="}
    with made.Desk(recourse) as desk:
        STORE = pathlib.Path(desk.store)
        desk.order("P2P-1009")
        programs = [
            [str(pathlib.Path(recourse).parent / "sandbox-exchange"), "--journal", str(STORE / "exchange/journal"), "--port", str(ports[1])],
            [desk.recourse, "serve", "--store", desk.store, "--port", str(ports[0]), "--address", DESK, "--exchange", EXCHANGE + "/"],
        ]
        running = []
        try:
            for words in programs:
                program = subprocess.Popen(words, env=secret, stdout=subprocess.PIPE, stderr=desk.log, text=True)
                running.append(program)
                while "listening on" not in (line := program.stdout.readline()):
                    assert line or program.poll() is None, f"{words[0]} did not start"
            yield desk
            assert not desk.complaints(), desk.complaints()
        finally:
            for program in reversed(running):
                program.terminate()
                program.wait(30)


def main(names: list[str]) -> int:
    failed = []
    wanted = [test for test in TESTS if not names or test.__name__ in names]
    with sync_playwright() as play:
        for test in wanted:
            chromium = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
            browsers = Browsers(chromium)
            browsers.shots = 100 * TESTS.index(test)
            try:
                test(browsers)
                assert not browsers.complaints, browsers.complaints
                print(f"held    {test.__name__}", flush=True)
            except Exception:
                failed.append(test.__name__)
                print(f"FAILED  {test.__name__}\n{traceback.format_exc()}", flush=True)
                with contextlib.suppress(Exception):
                    if SHOTS:
                        for at, context in enumerate(chromium.contexts):
                            context.pages[0].screenshot(path=f"{SHOTS}/failed-{test.__name__}-{at}.png", full_page=True)
            chromium.close()
    print(f"{len(wanted) - len(failed)} steps held" + (f", {len(failed)} failed" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE / "Tests/Browser"))
    if len(sys.argv) > 1 and os.path.isfile(sys.argv[1]):
        with a_desk_of_our_own(sys.argv[1]):
            sys.exit(main(sys.argv[2:]))
    sys.exit(main(sys.argv[1:]))
