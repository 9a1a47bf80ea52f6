"""What comes back: a real mail server reports that it could not deliver, and the program finds that in the team's mailbox."""

import imaplib
import pathlib
import smtplib
import subprocess
from collections.abc import Iterator

import pytest
from mail_server import MailServer
from running import Running, serving, wait_for

TEAM = "team@csirt.example"


@pytest.fixture
def box(server: MailServer) -> Iterator[imaplib.IMAP4]:
    """The team's mailbox, empty, as a person sees it."""
    with imaplib.IMAP4("127.0.0.1", server.imap) as opened:
        opened.login(TEAM, "read")
        if opened.select("INBOX")[1][0] != b"0":
            opened.store("1:*", "+FLAGS", "\\Deleted")
            opened.expunge()
        yield opened


def count(box: imaplib.IMAP4, what: str) -> int:
    box.select("INBOX")
    return len(box.search(None, what)[1][0].split())


def options(server: MailServer, folder: pathlib.Path) -> list[str]:
    password = folder / "password"
    password.write_text("read\n")
    password.chmod(0o600)
    return ["--smtp", server.url, "--mail-from", TEAM, "--smtp-pause", "1", "--mail-inbox", f"imap://{TEAM}@127.0.0.1:{server.imap}/INBOX",
            "--mail-inbox-password-file", str(password), "--mail-inbox-pause", "1"]


def organisation(running: Running, *addresses: str) -> str:
    contacts = [{"name": address, "role": "security", "email": address} for address in addresses]
    status, made, _ = running.ask("POST", "/api/v1/organisations", {"name": f"Example of {addresses[0]}", "networks": [], "contacts": contacts})
    assert status == 201, made
    return made["id"]


def write(running: Running, organisation: str) -> list[dict]:
    draft = {"organisation": organisation, "roles": ["security"], "addresses": [], "subject": "x", "text": "x", "language": "en", "tlp": "clear", "pap": "clear"}
    status, told, _ = running.ask("POST", "/api/v1/messages", draft)
    assert status == 201, told
    return told["items"]


def ended(running: Running, message: dict, state: str) -> dict:
    path = f"/api/v1/messages/{message['id']}"
    return wait_for(lambda: (now := running.get(path))["state"] == state and now, f"{message['address']} is {state}: {running.get(path)}")


def figure(running: Running, name: str) -> float:
    lines = running.ask("GET", "/metrics")[1].splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(name + " ")), -1)


def test_a_mail_that_comes_back_disables_its_address_and_people_s_mail_stays_unread(kula: pathlib.Path, tmp_path: pathlib.Path, server: MailServer, box: imaplib.IMAP4) -> None:
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail("soc@bank.example", TEAM, "Subject: Thank you\r\n\r\nWe have closed it.\r\n")
        client.sendmail(TEAM, "colleague@gone.example", "Message-ID: <a-person@csirt.example>\r\nSubject: Lunch\r\n\r\nAt noon?\r\n")
    wait_for(lambda: count(box, "ALL") == 2, "an answer, and a report about a person's mail, lie in the mailbox")
    with serving(kula, tmp_path / "data", *options(server, tmp_path)) as running:
        there = organisation(running, "soc@bank.example")
        gone = organisation(running, "nobody@gone.example")
        (good,), (bad,) = write(running, there), write(running, gone)
        now = ended(running, bad, "bounced")
        assert now["reason"] == "address_disabled" and now["answer"].startswith("5."), now
        wait_for(lambda: count(box, "SEEN") == 1, "the report is marked as read")
        assert count(box, "UNSEEN") == 2 and count(box, "ALL") == 3, "what is not about our mail is left alone"
        assert ended(running, good, "sent")
        (next_one,) = write(running, gone)
        assert ended(running, next_one, "held")["reason"] == "address_disabled"
        assert figure(running, "kula_mail_returned_total") == 1 and figure(running, "kula_mail_inbox_failures") == 0
        assert running.get("/api/v1/journal", deed="message.bounced")["items"]

        server.stop()
        try:
            wait_for(lambda: figure(running, "kula_mail_inbox_failures") >= 1, "a server that is away is told")
        finally:
            server.start()
        wait_for(lambda: figure(running, "kula_mail_inbox_failures") == 0, "and so is one that is back")
        assert "outbox: the mailbox: `imap://127.0.0.1" in running.log.read_text()
        assert running.stop() == 0


def test_killed_at_any_moment_every_return_is_found_once(kula: pathlib.Path, tmp_path: pathlib.Path, server: MailServer, box: imaplib.IMAP4) -> None:
    with serving(kula, tmp_path / "data", *options(server, tmp_path)) as running:
        gone = organisation(running, *(f"{number}@gone.example" for number in range(12)))
        mails = write(running, gone)
        for wanted in (1, 4, 8):
            wait_for(lambda: running.get("/api/v1/messages")["states"].get("bounced", 0) >= wanted, f"{wanted} came back")
            running.kill()
            if count(box, "ALL"):
                box.store("1:*", "-FLAGS", "\\Seen")  # As if they had not been marked before the crash.
            running.start()
        wait_for(lambda: running.get("/api/v1/messages")["states"] == {"bounced": len(mails)}, "all came back")
        wait_for(lambda: count(box, "ALL") == len(mails), "each is reported once")
        entries = running.get("/api/v1/journal", deed="message.bounced", limit=500)["items"]
        assert len(entries) == len(mails), "and noted once"
        assert running.stop() == 0


def test_a_mailbox_that_is_badly_told_stops_the_start(kula: pathlib.Path, tmp_path: pathlib.Path, server: MailServer) -> None:
    wrong = [each if "imap://" not in each else "imap://127.0.0.1/INBOX" for each in options(server, tmp_path)]
    done = subprocess.run([kula, "serve", "--data", tmp_path / "data", "--listen", "127.0.0.1:0", *wrong], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "--mail-inbox: `imap://127.0.0.1/INBOX` is no address of a mailbox" in done.stderr
