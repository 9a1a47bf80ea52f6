"""Feeds that are mailboxes: mails come through a real mail server into a real mailbox, and are read over IMAP."""

import email.message
import imaplib
import pathlib
import smtplib
from collections.abc import Iterator

import pytest
from mail_server import MailServer
from running import Running, serving, wait_for
from test_contract import check
from test_feeds import LIST, ROWS, attempts, events, read, run

BOX = "reports@csirt.example"


@pytest.fixture
def box(server: MailServer) -> Iterator[imaplib.IMAP4]:
    """The mailbox, empty, as somebody else sees it."""
    with imaplib.IMAP4("127.0.0.1", server.imap) as opened:
        opened.login(BOX, "read")
        opened.create("Read")
        for folder in ("Read", "INBOX"):
            if opened.select(folder)[1][0] != b"0":
                opened.store("1:*", "+FLAGS", "\\Deleted")
                opened.expunge()
        yield opened


@pytest.fixture
def house(kula: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[Running]:
    with serving(kula, tmp_path / "data", "--feeds-from", "127.0.0.0/8") as running:
        yield running
        assert running.stop() == 0


def send(server: MailServer, rows: str, sender: str = "feeds@partner.example") -> None:
    mail = email.message.EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"A partner <{sender}>", BOX, "Report"
    mail.set_content("Today's report is attached.")
    mail.add_attachment(rows, subtype="csv", filename="report.csv")
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(mail)


def arrived(box: imaplib.IMAP4, count: int, what: str = "ALL", folder: str = "INBOX") -> None:
    wait_for(lambda: box.select(folder) and len(box.search(None, what)[1][0].split()) == count, f"{count} mails in {folder} are {what}")


def add(running: Running, server: MailServer, **mailbox: object) -> dict:
    feed = {"name": "mails", "title": "Reports by mail", "kind": "mailbox", "format": "csv", "url": f"imap://127.0.0.1:{server.imap}",
            "mailbox": {"user": BOX, "password": "read", **mailbox}}
    status, made, _ = running.ask("POST", LIST, feed)
    check(LIST, "post", status, made)
    assert status == 201, made
    return made


def test_mails_are_taken_once_and_marked(house: Running, server: MailServer, box: imaplib.IMAP4) -> None:
    send(server, ROWS)
    arrived(box, 1)
    feed = add(house, server)
    assert feed["mailbox"] == {"user": BOX, "password": None, "folder": "INBOX", "senders": [], "moved_to": None}
    assert attempts(house, feed, 1)[0]["outcome"] == "delivered"
    assert len(events(house)) == 2
    arrived(box, 1, "SEEN")
    told = read(house, feed)
    assert (told["health"], told["condition"], told["fault"]) == ("ok", "whole", None)
    send(server, ROWS.replace("192.0.2.1", "192.0.2.7"))
    arrived(box, 2)
    run(house, feed)
    attempts(house, feed, 2)
    arrived(box, 2, "SEEN")
    assert len(events(house)) == 3
    mails = [delivery for delivery in house.get("/api/v1/deliveries")["items"] if delivery["name"].endswith(".eml")]
    assert len(mails) == 2, "what was taken is not fetched again"
    everything = str(house.get("/api/v1/journal", limit=500)) + str(house.get(LIST))
    assert "'read'" not in everything and "feed.added" in everything


def test_only_chosen_senders_are_read_and_their_mails_put_away(house: Running, server: MailServer, box: imaplib.IMAP4) -> None:
    send(server, ROWS)
    send(server, ROWS.replace("192.0.2.1", "192.0.2.9"), "somebody@elsewhere.example")
    arrived(box, 2)
    feed = add(house, server, senders=["@partner.example"], moved_to="Read")
    attempts(house, feed, 1)
    arrived(box, 1, folder="Read")
    arrived(box, 1, "UNSEEN")
    assert len(events(house)) == 2
    version = read(house, feed)["version"]
    changed = {**feed, "mailbox": {**feed["mailbox"], "senders": [], "moved_to": "Read"}}
    status, told, _ = house.ask("PUT", f"{LIST}/{feed['id']}", changed, If_Match=f'"{version}"')
    assert status == 200, told
    arrived(box, 2, folder="Read")
    assert len(events(house)) == 3, "who may send now is read from the beginning"


def test_what_goes_wrong_is_told(house: Running, server: MailServer, box: imaplib.IMAP4) -> None:
    feed = add(house, server, password="wrong")
    assert "does not let this name in" in attempts(house, feed, 1)[0]["fault"]
    assert read(house, feed)["health"] == "failing"
    def change(**mailbox: object) -> tuple[int, dict]:
        now = read(house, feed)
        return house.ask("PUT", f"{LIST}/{feed['id']}", {**now, "mailbox": {**now["mailbox"], **mailbox}}, If_Match=f'"{now["version"]}"')[:2]
    assert change(password="read", folder="Nowhere")[0] == 200
    fault = wait_for(lambda: "says: NO" in (told := attempts(house, feed, 2)[0]["fault"]) and told, "the server's answer is told")
    assert "exist" in fault
    elsewhere = {**read(house, feed), "url": "imaps://mail.elsewhere.example"}
    status, told, _ = house.ask("PUT", f"{LIST}/{feed['id']}", elsewhere, If_Match=f'"{elsewhere["version"]}"')
    assert status == 422 and [error["field"] for error in told["errors"]] == ["mailbox.password"]
    for wrong, field in [({"kind": "pull"}, "mailbox"), ({"url": "imaps://mail.example/INBOX"}, "url"), ({"mailbox": None}, "mailbox"),
                         ({"mailbox": {"user": "a", "password": "b", "senders": ["a b"]}}, "mailbox.senders[0]")]:
        status, told, _ = house.ask("POST", LIST, {**feed, "name": "other", "mailbox": {"user": "a", "password": "b"}, **wrong})
        assert status == 422 and field in [error["field"] for error in told["errors"]], told


def test_a_private_mail_server_is_reached_only_where_the_server_was_started_for_it(country: Running, server: MailServer) -> None:
    feed = add(country, server)
    assert "may not be reached" in attempts(country, feed, 1)[0]["fault"]


def test_mails_survive_a_crash_at_any_moment(house: Running, server: MailServer, box: imaplib.IMAP4) -> None:
    feed = add(house, server)
    for killed in range(5):
        for at in range(6):
            send(server, f"source.ip,classification.type\n192.0.2.{100 + 6 * killed + at},scanner\n")
        arrived(box, 6 * killed + 6)
        run(house, feed)
        wait_for(lambda: box.select("INBOX") and box.search(None, "SEEN")[1][0], "one is taken")
        house.kill()
        box.select("INBOX")
        box.store("1:*", "-FLAGS", "\\Seen")  # As if they had not been marked before the crash.
        house.start()
    # Marks are no proof here: a look that was over before the crash does not come back to what was unmarked since.
    send(server, "source.ip,classification.type\n192.0.2.130,scanner\n")
    arrived(box, 31)
    run(house, feed)
    wait_for(lambda: len(events(house)) >= 31, "all are taken, and the one behind them")
    assert len(events(house)) == 31, "none twice"
