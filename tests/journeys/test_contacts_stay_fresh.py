"""Contacts that nobody confirmed for long: their organisation is asked by mail, once a step, follows the link, and confirms them with one
click; kill -9 loses none of it and doubles none. Time passes in the database, while the server does not run."""

import pathlib
import re
import subprocess
import time

from test_desk import PICTURES
from test_loop import Loop, browse, loop  # noqa: F401
from test_mail import keys  # noqa: F401

DAY = 86_400_000_000  # Microseconds.


def stored(loop: Loop) -> dict:  # noqa: F811
    (found,) = loop.running.get("/api/v1/organisations", search="Example Bank")["items"]
    return loop.running.get(f"/api/v1/organisations/{found['id']}")


def later(loop: Loop, days: int) -> None:  # noqa: F811
    """Kills the server, lets so many days pass for the bank's contacts, and starts it."""
    loop.running.kill()
    pass_on = f"update organisation set contacts_confirmed_at = contacts_confirmed_at - {days * DAY}, contacts_asked_at = contacts_asked_at - {days * DAY}"
    subprocess.run(["sqlite3", loop.running.data / "kula.sqlite", pass_on], check=True)
    loop.running.start()


def link_in(loop: Loop, number: int, subject: str) -> str:  # noqa: F811
    opened = loop.mail(number)
    text = opened.get_body().get_content()  # type: ignore[union-attr]
    assert subject in opened["Subject"], opened["Subject"]
    assert "Dear Example SOC" in text and "- Example SOC (Security)" in text and "soc@bank.example" in text and "OpenPGP key: " in text
    return re.search(rf"{loop.running.base}/en/confirm/\S+", text).group()  # type: ignore[union-attr]


def stays(loop: Loop, count: int) -> None:  # noqa: F811
    time.sleep(4)  # Longer than a round and the postman take.
    assert len(loop.server.mails("soc@bank.example")) == count


def change_contact(loop: Loop, **facts: str) -> None:  # noqa: F811
    bank = stored(loop)
    bank["contacts"][0].update(facts)
    loop.running.change("PUT", f"/api/v1/organisations/{bank['id']}", bank, If_Match=f'"{bank["version"]}"')


def test_contacts_are_asked_about_and_confirmed_with_one_click(loop: Loop) -> None:  # noqa: F811
    later(loop, 91)
    stays(loop, 0)  # Nothing leaves before it is let.
    assert (stored(loop)["contacts_freshness"], stored(loop)["contacts_asked_at"]) == ("due", None)
    loop.let_rules_send()
    later(loop, 0)
    first = link_in(loop, 1, "Are the contacts of Example Bank still right?")
    bank = stored(loop)
    assert bank["contacts_freshness"] == "due" and bank["contacts_asked_at"]
    later(loop, 29)
    stays(loop, 1)
    later(loop, 2)
    second = link_in(loop, 2, "Reminder: ")

    status, page, headers = browse(second)
    assert status == 200 and "soc@bank.example" in page and "All correct" in page and "noindex" in page
    assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "same-origin"
    assert "Thank you" not in browse(second + "?thanks")[1]
    assert stored(loop)["contacts_freshness"] == "again", "opening changes nothing"
    assert browse(second.replace("/confirm/", "/answer/"))[0] == 404
    for token in ("x", "1." + "A" * 60, second.rpartition("/")[2][:-2] + "AA"):
        status, page, _ = browse(f"{loop.running.base}/mk/confirm/{token}", right="1")
        assert status == 404 and "не важи" in page

    PICTURES.mkdir(parents=True, exist_ok=True)
    script = pathlib.Path(__file__).with_name("confirm.mjs")
    seen = subprocess.run(["node", script, second, PICTURES], capture_output=True, text=True, timeout=120)
    assert seen.returncode == 0, seen.stdout + seen.stderr
    bank = stored(loop)
    assert (bank["contacts_freshness"], bank["contacts_asked_at"], bank["version"]) == ("fresh", None, 1)
    entry = loop.running.get("/api/v1/journal", deed="organisation.contacts_confirmed")["items"][0]
    assert entry["actor"].startswith("link:") and entry["subject"] == f"organisation:{bank['id']}"
    asked = loop.running.get("/api/v1/journal", deed="organisation.contacts_asked")["items"]
    assert [entry["after"]["step"] for entry in asked] == ["again", "due"]

    status, page, _ = browse(first)
    assert status == 200 and "They were confirmed on" in page and "All correct" not in page
    change_contact(loop, phone="+389 2 555 0100")
    status, page, _ = browse(first)
    assert status == 200 and "They were changed on" in page and "+389 2 555 0100" not in page
    assert browse(first, right="1")[0] == 409
    change_contact(loop, email="new@bank.example", pgp_key=None)  # type: ignore[arg-type]
    status, page, _ = browse(first)
    assert status == 200 and "sign in" in page and "new@bank.example" not in page and "555 0100" not in page
    later(loop, 0)
    stays(loop, 2)
