"""A rehearsal desk of its own for a browser test: made, served, and gone afterwards."""
import os
import re
import shutil
import subprocess
import tempfile

PASSWORD = "blue-lantern-over-harbour"
STAFF = [("ines", "R1", "L1"), ("amir", "R2", "L3"), ("bea", "R2", "L2"), ("lee", "R3", "L3"), ("eve", "R9", "L3"), ("sena", "R4", "L4"), ("petra", "R7", "L5"),
         ("omid", "R7", "L5")]
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


class Desk:
    def __init__(self, recourse):
        self.recourse = os.path.abspath(recourse)
        self.folder = tempfile.mkdtemp(prefix="recourse-browser-")
        self.store = os.path.join(self.folder, "desk")
        self.process = None

    def __enter__(self):
        self.run("store", "init", "--rehearsal")
        self.run("policy", "publish", "Policy")
        for handle, role, level in STAFF:
            self.run("user", "add", handle, "--role", role, "--level", level)
            self.run("user", "password", handle, given=PASSWORD)
        for account in ["maria", "omar"]:
            self.run("exchange", "account", account, "--deposit", "90000 USDT")
        self.log = open(os.path.join(self.folder, "log"), "w+")
        return self

    def serve(self):
        self.process = subprocess.Popen(
            [self.recourse, "serve", "--store", self.store, "--port", "0"], stdout=subprocess.PIPE, stderr=self.log, text=True)
        said = self.process.stdout.readline()
        assert said.startswith("listening on "), said
        self.address = said.split()[-1]
        return self.address

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, who=None, given=None, may_fail=False):
        arguments = [self.recourse, *words, "--store", self.store] + (["--as", who] if who else [])
        done = subprocess.run(arguments, input=given, text=True, capture_output=True, timeout=60)
        assert may_fail or done.returncode == 0, f"{' '.join(words)}: {done.stderr}{done.stdout}"
        return done.stdout

    def order(self, number, amount="1200 USDT"):
        """An order in escrow, marked paid."""
        self.run("exchange", "place", number, "--amount", amount, "--fiat", "1104 EUR", "--rail", "SEPA-INSTANT", "--buyer", "maria", "--seller", "omar")
        self.run("exchange", "paid", number)

    def claim(self, number, statement="Paid; nothing came.", amount="1200 USDT"):
        self.order(number, amount)
        self.run("case", "open", "--order", number, "--reason", "P2P-B01", "--statement", statement, who="account:maria")

    def complaints(self):
        """What the desk said went wrong with its own pages."""
        self.log.flush()
        text = open(self.log.name).read()
        return re.findall(r"^recourse: the template.*$", text, re.M)
