"""The loop, closed: a report is dropped, its owner gets one mail they can open, follows its link, says that it is fixed, and the next
reports verify it. Nobody of the team does anything between."""

import email.message
import pathlib
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from mail_server import MailServer
from reporting import FINDINGS, report
from running import Running, serving, wait_for
from test_feeds import run
from test_desk import PICTURES
from test_mail import Keys, keys, options  # noqa: F401

FIRST, SECOND = "192.0.2.1", "192.0.2.2"


class Loop:
    """A country with one bank, a feed that files are dropped into, and rules that send."""

    def __init__(self, running: Running, keys: Keys, server: MailServer) -> None:
        self.running, self.keys, self.server = running, keys, server
        running.set_national_space("192.0.2.0/24")
        _, before, headers = running.ask("GET", "/api/v1/team")
        team = {**before, "name": {"en": "Example CSIRT", "mk": "Пример ЦСИРТ", "sq": "Shembull CSIRT"}, "short_name": "EX-CSIRT", "email": "team@csirt.example",
                "portal": running.base}
        running.change("PUT", "/api/v1/team", team, If_Match=headers["ETag"])
        contact = {"name": "Example SOC", "role": "security", "email": "soc@bank.example", "languages": ["en"], "pgp_key": keys.bank}
        self.make("/api/v1/organisations", {"name": "Example Bank", "networks": [{"kind": "prefix", "value": "192.0.2.0/28"}], "contacts": [contact]})
        feed = self.make("/api/v1/feeds", {"name": "scans", "title": "Daily scans", "kind": "folder", "format": "shadowserver"})
        self.feed, self.folder = feed, pathlib.Path(feed["drop_folder"])
        wait_for(self.folder.is_dir, "the drop folder is there")

    def make(self, path: str, content: dict) -> dict:
        status, made, _ = self.running.ask("POST", path, content)
        assert status == 201, made
        return made

    def let_rules_send(self) -> None:
        _, routing, headers = self.running.ask("GET", "/api/v1/routing")
        self.running.change("PUT", "/api/v1/routing", {"rules": routing["rules"], "sends": True}, If_Match=headers["ETag"])

    def drop(self, day: int, *addresses: str) -> None:
        name = f"2026-01-{day:02}-scan_dns-example.csv"
        (self.folder / ".writing").write_text(report(day, *addresses))
        (self.folder / ".writing").rename(self.folder / name)
        run(self.running, self.feed)
        wait_for((self.folder / "taken" / name).exists, f"{name} is taken")

    def finding(self, address: str, state: str) -> dict:
        found = wait_for(lambda: self.running.get(FINDINGS, search=address, state=state)["items"], f"{address} is {state}")
        return self.running.get(f"{FINDINGS}/{found[0]['id']}")

    def mail(self, number: int) -> email.message.EmailMessage:
        """That many there are, and the newest, opened."""
        mails = wait_for(lambda: len(there := self.server.mails("soc@bank.example")) >= number and there, f"mail {number} is in the mailbox")
        assert len(mails) == number
        return self.keys.open_pgp(mails[-1])


@pytest.fixture
def loop(kula: pathlib.Path, tmp_path: pathlib.Path, keys: Keys, server: MailServer) -> Iterator[Loop]:  # noqa: F811
    with serving(kula, tmp_path / "data", *options(keys, server.url)) as running:
        yield Loop(running, keys, server)
        assert running.stop() == 0


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def browse(url: str, **form: str | list[str]) -> tuple[int, str, dict[str, str]]:
    """As somebody's browser does who has no account."""
    body = urllib.parse.urlencode(form, doseq=True).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(url, body, timeout=20) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(), dict(refused.headers)


def test_from_a_dropped_report_to_a_verified_finding(loop: Loop) -> None:
    loop.drop(1, FIRST, SECOND)
    assert loop.finding(FIRST, "open")["finding"]["told"]["first"] is None, "rules do not send before they are let"
    loop.let_rules_send()
    opened = loop.mail(1)
    text, table = opened.get_body().get_content(), next(opened.iter_attachments())  # type: ignore[union-attr]
    assert "Dear Example SOC" in text and FIRST in text and SECOND in text and "What to do:" in text
    assert table.get_filename() == "findings.csv" and table.get_content().count("\n") == 3
    assert loop.finding(FIRST, "notified")["finding"]["told"]["first"]

    link = re.search(rf"{loop.running.base}/en/answer/\S+", text).group()  # type: ignore[union-attr]
    status, page, headers = browse(link)
    assert status == 200 and FIRST in page and SECOND in page and "Example Bank" not in page
    assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "same-origin" and "noindex" in page
    loop.finding(FIRST, "notified")
    ids = re.findall(r'name="finding" value="([^"]+)"', page)
    assert len(ids) == 2
    first = loop.finding(FIRST, "notified")["finding"]["id"]
    status, page, _ = browse(link, choices="1", finding=[first], answer="not_ours", reason="")
    assert status == 422 and "why this is not yours" in page
    assert browse(link, choices="1", answer="claimed_fixed")[0] == 422, "nothing was chosen"
    status, _, headers = browse(link, choices="1", finding=[first], answer="seen", reason="")
    assert (status, headers["Location"]) == (303, urllib.parse.urlparse(link).path + "?thanks")
    assert "Thank you" in browse(link + "?thanks")[1]
    PICTURES.mkdir(parents=True, exist_ok=True)
    script = pathlib.Path(__file__).with_name("answer.mjs")
    seen = subprocess.run(["node", script, link, first, PICTURES], capture_output=True, text=True, timeout=120)
    assert seen.returncode == 0, seen.stdout + seen.stderr
    claimed = loop.finding(FIRST, "claimed_fixed")
    assert claimed["steps"][0]["reason"] == "recursion is off" and claimed["steps"][0]["by_link"]
    loop.finding(SECOND, "notified")

    loop.drop(2, SECOND)
    loop.drop(3, SECOND)
    verified = loop.finding(FIRST, "verified")
    assert [step["to"] for step in reversed(verified["steps"])] == ["open", "notified", "seen", "claimed_fixed", "verified"]
    loop.finding(SECOND, "notified")
    assert len(loop.server.mails("soc@bank.example")) == 1, "nobody is told the same every day"
    about = loop.running.get("/api/v1/messages", finding=first)["items"]
    assert [(message["state"], message["address"]) for message in about] == [("sent", "soc@bank.example")]


def test_links_of_others_open_nothing(loop: Loop) -> None:
    for token in ("x", "1." + "A" * 60, "%2e%2e"):
        status, page, _ = browse(f"{loop.running.base}/mk/answer/{token}")
        assert status == 404 and "не важи" in page
        assert browse(f"{loop.running.base}/mk/answer/{token}", answer="seen")[0] == 404
