"""From "write to…" to the mailbox: through a real mail server, read over IMAP, opened and verified by gpg and openssl."""

import email
import email.message
import email.policy
import os
import pathlib
import re
import smtplib
import socket
import subprocess
import urllib.parse
from collections.abc import Iterator
from typing import Any

import pytest
from mail_server import MailServer
from running import Running, free_port, serving, wait_for
from signing_in import new_person

DRAFT = {"roles": ["security"], "addresses": [], "subject": "Отворен резолвер", "text": "На 192.0.2.7 одговара отворен резолвер.\n",
         "language": "mk", "tlp": "amber", "pap": "green"}


class Keys:
    """Everybody's keys, made and used by gpg and openssl."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700)
        self.gpg("--quick-gen-key", "CSIRT Example <team@csirt.example>", "ed25519", "sign", "never")
        self.gpg("--quick-gen-key", "Example SOC <soc@bank.example>", "default", "default", "never")
        self.team = self._secret("team.asc", self.gpg("--armor", "--export-secret-keys", "team@csirt.example"))
        self.bank = self.gpg("--armor", "--export", "soc@bank.example").decode()
        for name in ("team", "hospital"):
            self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "30",
                          "-subj", f"/CN={name}", "-addext", f"subjectAltName=email:{name}@example.org")
        self.hospital = (folder / "hospital.pem").read_text()
        self.smime = self._secret("team.all", (folder / "team.pem").read_bytes() + (folder / "team.key").read_bytes())

    def _secret(self, name: str, content: bytes) -> pathlib.Path:
        (self.folder / name).write_bytes(content)
        (self.folder / name).chmod(0o600)
        return self.folder / name

    def gpg(self, *arguments: str, given: bytes | None = None, status: int = 0) -> bytes:
        command = ["gpg", "--homedir", str(self.folder), "--batch", "--pinentry-mode", "loopback", "--passphrase", "", *arguments]
        done = subprocess.run(command, input=given, capture_output=True, timeout=60)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout if not arguments[0].startswith("--status") else done.stdout + done.stderr

    def _openssl(self, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, input=given, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        return done

    def open_pgp(self, mail: email.message.EmailMessage) -> email.message.EmailMessage:
        assert mail.get_content_type() == "multipart/encrypted" and mail.get_param("protocol") == "application/pgp-encrypted"
        version, sealed = mail.iter_parts()
        assert version.get_content() == b"Version: 1\n" or b"Version: 1" in version.get_payload(decode=True)
        file = self.folder / "opened"
        file.unlink(missing_ok=True)
        told = self.gpg("--status-fd", "2", "--output", str(file), "--decrypt", given=sealed.get_payload(decode=True)).decode()
        assert "DECRYPTION_OKAY" in told and "GOODSIG" in told and "team@csirt.example" in told, told
        return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)  # type: ignore[return-value]

    def open_smime(self, mail: email.message.EmailMessage) -> email.message.EmailMessage:
        assert mail.get_content_type() == "application/pkcs7-mime" and mail.get_param("smime-type") == "enveloped-data"
        (self.folder / "mail").write_bytes(bytes(mail))
        self._openssl("cms", "-decrypt", "-in", "mail", "-inkey", "hospital.key", "-recip", "hospital.pem", "-out", "signed")
        assert b"signed-data" in (self.folder / "signed").read_bytes()[:200]
        told = self._openssl("cms", "-verify", "-in", "signed", "-CAfile", "team.pem", "-purpose", "any", "-out", "opened")
        assert b"successful" in told.stderr
        return email.message_from_bytes((self.folder / "opened").read_bytes(), policy=email.policy.default)  # type: ignore[return-value]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    made = Keys(tmp_path_factory.mktemp("keys") / "gpg")
    yield made
    subprocess.run(["gpgconf", "--homedir", str(made.folder), "--kill", "gpg-agent"], timeout=30)


def options(keys: Keys, url: str) -> list[str]:
    return ["--smtp", url, "--mail-from", "CSIRT Example <team@csirt.example>", "--openpgp-key", str(keys.team),
            "--smime-key", str(keys.smime), "--smtp-pause", "1"]


def organisations(running: Running, keys: Keys) -> dict[str, str]:
    """Ids by short name: a bank with OpenPGP and a desk without a key, a hospital with S/MIME, one whose mail comes back."""
    def contact(address: str, role: str = "security", **key: str) -> dict[str, Any]:
        return {"name": address, "role": role, "email": address, "languages": ["mk"], **key}

    wanted = {
        "bank": [contact("soc@bank.example", pgp_key=keys.bank), contact("desk@bank.example", "duty")],
        "hospital": [contact("it@hospital.example", smime_certificate=keys.hospital)],
        "gone": [contact("nobody@gone.example")],
        "unknown": [contact("x@elsewhere.example")],
    }
    ids = {}
    for name, contacts in wanted.items():
        status, made, _ = running.ask("POST", "/api/v1/organisations", {"name": f"Example {name}", "networks": [], "contacts": contacts})
        assert status == 201, made
        ids[name] = made["id"]
    return ids


@pytest.fixture
def house(kula: pathlib.Path, tmp_path: pathlib.Path, keys: Keys, server: MailServer) -> Iterator[Running]:
    with serving(kula, tmp_path / "data", *options(keys, server.url)) as running:
        yield running
        assert running.stop() == 0


def write(running: Running, organisation: str, **other: Any) -> list[dict[str, Any]]:
    status, told, _ = running.ask("POST", "/api/v1/messages", {**DRAFT, "organisation": organisation, **other})
    assert status == 201, told
    return told["items"]


def settled(running: Running, message: dict[str, Any], state: str) -> dict[str, Any]:
    path = f"/api/v1/messages/{message['id']}"
    return wait_for(lambda: (now := running.get(path))["state"] == state and now, f"{message['address']} is {state}: {running.get(path)}")


def received(server: MailServer, message: dict[str, Any], message_id: str) -> list[email.message.EmailMessage]:
    return [mail for mail in server.mails(message["address"]) if mail["Message-Id"] == f"<{message_id}>"]


def test_a_mail_arrives_encrypted_and_signed_by_pgp(house: Running, keys: Keys, server: MailServer) -> None:
    ids = organisations(house, keys)
    (message,) = write(house, ids["bank"])
    now = settled(house, message, "sent")
    assert now["history"][0]["outcome"] == "accepted" and now["history"][0]["code"] == 250
    (mail,) = wait_for(lambda: received(server, message, now["message_id"]), "the mail is in the mailbox")
    assert mail["Subject"] == f"[TLP:AMBER] {message['ticket']}", "nothing more outside"
    assert mail["From"] == "CSIRT Example <team@csirt.example>" and mail["Auto-Submitted"] is None
    inside = keys.open_pgp(mail)
    assert inside["Subject"] == f"[TLP:AMBER] [{message['ticket']}] {DRAFT['subject']}"
    text = inside.get_content()
    assert text.startswith("TLP:AMBER PAP:GREEN") and DRAFT["text"].strip() in text and inside["Content-Language"] == "mk"
    assert [(one["verdict"], one["reason"], one["form"]) for one in now["decisions"]] == [("released", "encrypted", "openpgp")]


def test_a_mail_arrives_encrypted_and_signed_by_smime(house: Running, keys: Keys, server: MailServer) -> None:
    (message,) = write(house, organisations(house, keys)["hospital"], tlp="amber+strict")
    now = settled(house, message, "sent")
    (mail,) = wait_for(lambda: received(server, message, now["message_id"]), "the mail is in the mailbox")
    assert mail["Subject"] == f"[TLP:AMBER+STRICT] {message['ticket']}"
    assert DRAFT["text"].strip() in keys.open_smime(mail).get_content()


def test_what_may_be_plain_is_plain_and_signed_and_what_may_not_waits(house: Running, keys: Keys, server: MailServer) -> None:
    bank = organisations(house, keys)["bank"]
    (held,) = write(house, bank, roles=["duty"])
    assert (held["state"], held["reason"]) == ("held", "no_key")
    (plain,) = write(house, bank, roles=["duty"], tlp="green")
    now = settled(house, plain, "sent")
    (mail,) = wait_for(lambda: received(server, plain, now["message_id"]), "the mail is in the mailbox")
    assert mail.get_content_type() == "multipart/signed" and DRAFT["subject"] in mail["Subject"]
    raw = next(path.read_bytes() for path in (server.boxes / "bank.example/desk").glob("*/*") if now["message_id"].encode() in path.read_bytes())
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    line = b"--" + mail.get_boundary().encode()
    (keys.folder / "entity").write_bytes(raw.split(line + b"\r\n")[1][:-2])
    signature = list(mail.iter_parts())[1].get_payload(decode=True)
    assert b"GOODSIG" in keys.gpg("--status-fd", "2", "--verify", "-", str(keys.folder / "entity"), given=signature)

    assert house.get(f"/api/v1/organisations/{bank}/plain-mail")["up_to"] is None
    house.change("PUT", f"/api/v1/organisations/{bank}/plain-mail", {"up_to": "amber", "why": "Letter of 2026-11-02"})
    house.change("POST", f"/api/v1/messages/{held['id']}/retry", {})
    now = settled(house, held, "sent")
    assert now["decisions"][-1]["reason"] == "plain_is_agreed"
    assert server.mails(held["address"])[-1]["Message-Id"] == f"<{now['message_id']}>"


def test_red_goes_to_persons_and_is_seen_by_its_writer(house: Running, keys: Keys, server: MailServer) -> None:
    bank = organisations(house, keys)["bank"]
    writer, other = new_person(house, "example.writer", "duty_analyst"), new_person(house, "example.other", "duty_analyst")
    draft = {**DRAFT, "organisation": bank, "tlp": "red"}
    status, told, _ = writer.ask("POST", "/api/v1/messages", draft)
    assert status == 422 and told["errors"][0]["field"] == "addresses"
    status, told, _ = writer.ask("POST", "/api/v1/messages", {**draft, "roles": [], "addresses": ["soc@bank.example"]})
    assert status == 201
    path = f"/api/v1/messages/{told['items'][0]['id']}"
    assert writer.ask("GET", path)[0] == 200 and other.ask("GET", path)[0] == 404
    assert other.done("GET", "/api/v1/messages")["total"] == 0


def test_a_preview_tells_everything_and_keeps_nothing(house: Running, keys: Keys) -> None:
    bank = organisations(house, keys)["bank"]
    told = house.change("POST", "/api/v1/messages/preview", {**DRAFT, "organisation": bank, "roles": ["security", "duty"]})
    assert told["label"] == "TLP:AMBER PAP:GREEN" and told["mail_from"] == "team@csirt.example"
    soc, desk = told["items"]
    assert (soc["verdict"], soc["form"]) == ("released", "openpgp") and len(soc["key_fingerprint"]) == 40
    assert (desk["verdict"], desk["reason"]) == ("held", "no_key")
    assert house.get("/api/v1/messages")["total"] == 0


def test_what_the_server_rejects_has_failed_with_its_words(house: Running, keys: Keys) -> None:
    (message,) = write(house, organisations(house, keys)["unknown"], tlp="green")
    now = settled(house, message, "failed")
    assert now["reason"] == "rejected" and now["history"][0]["code"] == 550 and "Invalid recipient" in now["answer"]
    page = house.get("/api/v1/messages", state="failed")
    assert page["total"] == 1 and page["states"] == {"failed": 1}
    house.change("POST", f"/api/v1/messages/{message['id']}/cancellation", {})
    assert house.ask("POST", f"/api/v1/messages/{message['id']}/retry", {})[0] == 409


def test_a_server_that_is_away_holds_up_nothing_and_gets_it_later(kula: pathlib.Path, tmp_path: pathlib.Path, keys: Keys, server: MailServer) -> None:
    with serving(kula, tmp_path / "data", *options(keys, server.url)) as running:
        server.stop()
        try:
            ids = organisations(running, keys)
            (message,) = write(running, ids["bank"])
            path = f"/api/v1/messages/{message['id']}"
            wait_for(lambda: running.get(path)["attempts"] >= 1 and running.get(path)["state"] == "waiting", "one attempt failed")
            assert running.get(path)["history"][0]["outcome"] == "no_answer"
            running.kill()
        finally:
            server.start()
        running.start()
        now = settled(running, message, "sent")
        wait_for(lambda: len(received(server, message, now["message_id"])) == 1, "it arrived once")
        assert now["repeats"] == 0
        assert running.stop() == 0


def test_header_injection_is_refused(house: Running, keys: Keys) -> None:
    draft = {**DRAFT, "organisation": organisations(house, keys)["bank"], "subject": "a\r\nBcc: everybody@example.org"}
    status, told, _ = house.ask("POST", "/api/v1/messages", draft)
    assert status == 422 and [error["field"] for error in told["errors"]] == ["subject"]


def test_without_a_mail_server_everything_waits(country: Running) -> None:
    bank = country.get("/api/v1/organisations", search="bank")["items"][0]["id"]
    assert country.get("/api/v1/messages")["mail_from"] is None
    (message,) = write(country, bank, tlp="green")
    assert country.get(f"/api/v1/messages/{message['id']}")["state"] == "waiting"


def takes_mail_of_any_program(port: int, mailbox: pathlib.Path) -> None:
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["Subject"] = "Ова го прати друга програма"
    mail.set_content("Text\n.hidden behind a dot\n")
    with smtplib.SMTP("127.0.0.1", port) as server:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.send_message(mail, "a@csirt.example", "security@southbridge.example")
        server.send_message(mail, "a@csirt.example", ["security@tax.example", "security@post.example"])
    mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in mailbox.glob("*.eml")]
    (taken,) = [each for each in mails if each["Subject"] == mail["Subject"]]
    assert taken.get_all("Delivered-To") == ["security@tax.example", "security@post.example"]
    assert taken.get_content().replace("\r\n", "\n") == "Text\n.hidden behind a dot\n"


def test_the_demos_mail_lies_in_its_mailbox(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    data, listen, collect = tmp_path / "data", free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    demo = Running([kula, "demo", "--data", data, "--listen", f"127.0.0.1:{listen}"], listen, collect, tmp_path / "demo.log", data)
    try:
        subject = "Accounts of your students in a list that was sold"
        (sent,) = wait_for(lambda: [each for each in demo.get("/api/v1/messages", state="sent")["items"] if each["subject"] == subject], "the demo has sent its mail")
        now = demo.get(f"/api/v1/messages/{sent['id']}")
        assert now["decisions"][-1]["reason"] == "plain_is_agreed" and now["history"][-1]["code"] == 250
        mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in (data / "demo-mail").glob("*.eml")]
        (mail,) = [each for each in mails if each["Message-Id"] == f"<{now['message_id']}>"]
        assert mail["To"].addresses[0].addr_spec == now["address"]
        assert now["text"].strip() in mail.get_content().replace("\r\n", "\n")
        assert mail["Return-Path"] == "<team@csirt.example>" and mail["Delivered-To"] == now["address"]
        held = demo.get("/api/v1/messages", state="held")["items"]
        assert {message["reason"] for message in held} == {"no_key", "key_expired"}
        (refused,) = wait_for(lambda: demo.get("/api/v1/messages", state="failed")["items"], "an address is of nobody")
        assert demo.get(f"/api/v1/messages/{refused['id']}")["history"][-1]["code"] == 550
        server = wait_for(lambda: re.search(r"smtp://127\.0\.0\.1:(\d+)", demo.log.read_text()), "the demo tells of its mail server")
        takes_mail_of_any_program(int(server[1]), data / "demo-mail")
    finally:
        assert demo.stop() == 0
