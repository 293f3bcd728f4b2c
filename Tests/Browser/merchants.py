#!/usr/bin/env python3
"""What a party may do besides its case: look at the order before claiming, claim in return, take the case home with its proof, say how it was; what a
merchant needs for many cases; and the language. In a real browser, with a desk and a sandbox exchange of their own, as Tests/Browser/parties.py.

    python3 Tests/Browser/merchants.py .build/debug/recourse [NAME…]
"""
import json
import os
import pathlib
import subprocess
import sys
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import parties
from parties import at_exchange, file_claim, press, said, staff

RECOURSE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ".build/debug/recourse"


def merchants_order(browsers: parties.Browsers) -> str:
    order, maria, omar = f"P2P-{next(parties._orders)}", browsers.account("maria"), browsers.account("omar")
    for account in [maria, omar]:
        at_exchange(act="open-account", account=account, if_new=True)
    at_exchange(act="deposit", account=omar, amount="1200 USDT")
    at_exchange(act="place-order", order=order, amount="1200 USDT", fiat="1104 EUR", rail="SEPA-INSTANT", buyer=maria, seller=omar, merchant_tier="DIAMOND")
    at_exchange(act="mark-paid", order=order)
    return order


def before_the_claim(browsers: parties.Browsers, **options):
    """The order is shown before anything is sent, with only the reasons that fit; who sits elsewhere than they said is set right; a second claim is led to
    the first."""
    order = merchants_order(browsers)
    maria = browsers.person("maria", **options)
    maria.goto(f"{parties.DESK}/my/file")
    maria.check("input[value=seller]")
    maria.fill("#order", order)
    press(maria, "Go on")
    browsers.look(maria, "order-known")
    shown = maria.inner_text("main")
    for words in [f"Order {order}", "You buy 1,200.00", "1,104.00", "coins are locked, and it is marked as paid", "The seller is the merchant"]:
        assert words in shown, f"{words}: {shown}"
    assert maria.locator("input[value='P2P-B01']").count() == 1 and maria.locator("input[value='P2P-S01']").count() == 0, "only what a buyer may claim"
    assert maria.locator("input[value='P2P-B04']").count() == 0, "only what fits an order in escrow"
    case = file_claim(maria, order)
    maria.goto(f"{parties.DESK}/my/file")
    maria.check("input[value=buyer]")
    maria.fill("#order", order)
    press(maria, "Go on")
    browsers.look(maria, "order-claimed")
    assert maria.locator("input[value='P2P-B01']").count() == 0
    press(maria, "You have a case about this order")
    assert maria.url == case, maria.url


def in_return(browsers: parties.Browsers, **options):
    """A claim in return by a form; the other side reads it without the account's number."""
    order = merchants_order(browsers)
    maria, omar = browsers.person("maria", **options), browsers.person("omar", **options)
    case = file_claim(maria, order)
    staff("ines", "POST", f"{order}/admission")
    omar.goto(case)
    press(omar, "Claim something in return")
    browsers.look(omar, "counterclaim")
    omar.check("input[value='P2P-S06']")
    omar.fill("#text", "The receipt names DE89 3704 0044 0532 0130 00, which is not mine.")
    press(omar, "Claim this")
    said(omar, "Your claim is part of the case")
    browsers.look(omar, "counterclaimed")
    assert "DE89 3704" in omar.inner_text("main")
    maria.goto(case)
    assert "•••• 3000, which is not mine" in maria.inner_text("main") and "DE89" not in maria.inner_text("main"), maria.inner_text("main")
    browsers.look(maria, "countered")


def taken_home(browsers: parties.Browsers, **options):
    """The case as a file that checks by itself, and no more once a word of it is another."""
    order = merchants_order(browsers)
    maria = browsers.person("maria", **options)
    case = file_claim(maria, order, "I paid at 13:19; nothing was released.")
    browsers.look(maria, "take-home")
    with maria.expect_download() as waiting:
        maria.get_by_role("button", name="Download my case").click()
    download = waiting.value
    assert download.suggested_filename == f"recourse-case-{case.split('/')[-1]}.json", download.suggested_filename
    file = parties.FILES / download.suggested_filename
    download.save_as(file)
    good = subprocess.run([RECOURSE, "verify", str(file)], capture_output=True, text=True)
    assert good.returncode == 0 and good.stdout.startswith("VALID"), good
    file.write_text(file.read_text().replace("nothing was released", "nothing was received"))
    bad = subprocess.run([RECOURSE, "verify", str(file)], capture_output=True, text=True)
    assert bad.returncode == 1 and "CHANGED" in bad.stderr and "the section “case”" in bad.stderr, bad
    file.unlink()


def how_it_was(browsers: parties.Browsers, **options):
    """Asked once the case is over; nothing is chosen beforehand; nothing need be answered; staff see it only added up."""
    order = merchants_order(browsers)
    maria = browsers.person("maria", **options)
    case = file_claim(maria, order)
    assert "How was it" not in maria.inner_text("main"), "not before the end"
    press(maria, "Take my case back")
    press(maria, "Take my case back now")
    if "Something changed while you were reading" in maria.inner_text("main"):
        # The exchange said meanwhile that the coins are held.
        press(maria, "Take my case back now")
    browsers.look(maria, "over")
    press(maria, "Answer five questions")
    browsers.look(maria, "survey")
    assert maria.locator("input:checked").count() == 0
    press(maria, "Send my answers")
    assert "at least one answer" in maria.inner_text(".problem")
    browsers.look(maria, "survey-empty")
    maria.check("#heard-2")
    maria.check("#respected-5")
    maria.fill("#text", "Tell me sooner.")
    press(maria, "Send my answers")
    said(maria, "Thank you")
    assert "How was it" not in maria.inner_text("main"), "once is enough"
    browsers.look(maria, "surveyed")
    events = json.dumps(staff("lee", "GET", f"{order}/events"))
    assert "process-rated" in events and "respected" not in events, "staff do not read it by case"


def many_cases(browsers: parties.Browsers, **options):
    """A merchant: all cases with filters, several answers with a look at all of them first, how one stands, a key for one's own systems."""
    orders = [merchants_order(browsers) for _ in range(3)]
    maria, omar = browsers.person("maria", **options), browsers.person("omar", **options)
    cases = [file_claim(maria, order) for order in orders]
    for order in orders:
        staff("ines", "POST", f"{order}/admission")
    omar.goto(f"{parties.DESK}/my")
    browsers.look(omar, "merchant-home")
    omar.locator(".tabs a", has_text="Your turn").click()
    assert omar.locator("article.card").count() == 3, omar.inner_text("main")
    omar.locator(".tabs a", has_text="Closed").click()
    assert "None of your cases is like that" in omar.inner_text("main")
    browsers.look(omar, "merchant-none")
    omar.fill("#find", orders[1])
    omar.goto(f"{parties.DESK}/my?order={orders[1]}")
    assert omar.locator("article.card").count() == 1
    browsers.look(omar, "merchant-found")

    omar.goto(f"{parties.DESK}/my/answers")
    browsers.look(omar, "answers")
    press(omar, "Read it over")
    assert "at least one case" in omar.inner_text(".problem")
    short = [case.split("/")[-1] for case in cases]
    omar.check(f"input[name='case-{short[0]}'][value=wrong]")
    omar.check(f"input[name='case-{short[1]}'][value=right]")
    omar.fill("#text", "Nothing arrived on my account.")
    press(omar, "Read it over")
    browsers.look(omar, "answers-read-over")
    assert "release 1,200.00" in omar.inner_text(".next").lower() or "Release 1,200.00" in omar.inner_text(".next"), omar.inner_text(".next")
    # What changes meanwhile is not answered as it was read.
    maria.goto(cases[1])
    maria.fill("#say-text", "Please look at my receipt.")
    press(maria, "Send my message")
    press(omar, "Send these 2 answers")
    browsers.look(omar, "answers-done")
    done = omar.inner_text("main")
    assert "You disputed it" in done and "Something changed while you were reading" in done, done
    omar.check(f"input[name='case-{short[1]}'][value=right]")
    press(omar, "Read it over")
    press(omar, "Send this answer")
    assert "You agreed" in omar.inner_text("main")

    omar.goto(f"{parties.DESK}/my/standing")
    browsers.look(omar, "standing")
    standing = omar.inner_text("main")
    assert "Not known here" in standing and "The exchange counts it and has not told us" in standing, standing
    omar.goto(f"{parties.DESK}/my/keys")
    omar.fill("#label", "our shop")
    press(omar, "Make a key")
    browsers.look(omar, "key-made")
    key = omar.inner_text(".secret code")
    own = parties.ask(f"{parties.DESK}/v1/cases", key=key)["cases"]
    assert {case["order"] for case in own} == set(orders), own
    omar.goto(f"{parties.DESK}/my/keys")
    assert key not in omar.content(), "a secret is shown once"
    press(omar, "Take back")
    said(omar, "opens nothing any more")
    try:
        parties.ask(f"{parties.DESK}/v1/cases", key=key)
        raise AssertionError("a key that was taken back opens something")
    except AssertionError as error:
        assert "401" in str(error), error
    # Who is no merchant gets none.
    maria.goto(f"{parties.DESK}/my/keys")
    maria.fill("#label", "mine")
    press(maria, "Make a key")
    assert "keys are for merchants" in maria.inner_text(".problem").lower()


def in_spanish(browsers: parties.Browsers, **options):
    """The language is a choice at the foot of each page; it stays where one was, and is kept."""
    order = merchants_order(browsers)
    maria = browsers.person("maria", **options)
    case = file_claim(maria, order)
    maria.goto(case)
    press(maria, "Español", within=".foot")
    assert maria.url == case and maria.get_attribute("html", "lang") == "es", maria.url
    browsers.look(maria, "spanish")
    for path in ["/my", "/my/file", "/my/standing", "/my/keys", "/my/answers"]:
        maria.goto(parties.DESK + path)
        browsers.look(maria, "spanish" + path.replace("/", "-"))
        assert maria.get_attribute("html", "lang") == "es"
    press(maria, "English", within=".foot")
    assert maria.get_attribute("html", "lang") == "en"


def each(browsers: parties.Browsers, tests, **options):
    """The same again in another kind of browser, with people who have no cases yet."""
    for test in tests:
        browsers.run = next(parties._orders)
        test(browsers, **options)


def without_script(browsers: parties.Browsers):
    each(browsers, [before_the_claim, in_return, how_it_was, in_spanish], java_script_enabled=False)


def narrow(browsers: parties.Browsers):
    each(browsers, [before_the_claim, in_return, how_it_was, many_cases], viewport={"width": 320, "height": 640})


def wide_and_dark(browsers: parties.Browsers):
    each(browsers, [before_the_claim, in_return, how_it_was, many_cases, in_spanish], viewport={"width": 1440, "height": 900}, color_scheme="dark")


parties.TESTS = [before_the_claim, in_return, taken_home, how_it_was, many_cases, in_spanish, without_script, narrow, wide_and_dark]

if __name__ == "__main__":
    with parties.a_desk_of_our_own(sys.argv[1]):
        sys.exit(parties.main(sys.argv[2:]))
