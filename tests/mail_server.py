"""A mail server of a test's own: OpenSMTPD takes mail on loopback into mailboxes that Dovecot shows over IMAP. Both see folders of
their own in place of /var/run and /var/spool, so that nothing of this machine's mail is touched. Needs to be root."""

import contextlib
import email
import email.message
import email.policy
import imaplib
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator

import pytest
from running import free_port, wait_for

SMTPD = """\
table everybody {{ "@" = "nobody" }}
queue ttl 1h
listen on 127.0.0.1 port {port} hostname mx.example
action "keep" maildir "{boxes}/%{{rcpt.domain:strip}}/%{{rcpt.user:strip}}" virtual <everybody>
action "gone" mda "exit 67" virtual <everybody>
match from any for domain "gone.example" action "gone"
match from any for domain {{ "bank.example", "hospital.example", "csirt.example" }} action "keep"
"""
DOVECOT = """\
base_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = imap
ssl = no
disable_plaintext_auth = no
default_login_user = nobody
default_internal_user = nobody
default_internal_group = nogroup
mail_location = maildir:{boxes}/%d/%n
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password=read
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={boxes}/%d/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
PLACES = """\
mount --bind "$1/run" /var/run && mount --bind "$1/spool" /var/spool && shift && exec "$@"
"""


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class MailServer:
    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.boxes = folder / "boxes"
        self.port, self.imap = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_STREAM)
        for name in ("boxes", "run", "spool", "dovecot"):
            (folder / name).mkdir()
        shutil.chown(self.boxes, "nobody")
        (folder / "smtpd.conf").write_text(SMTPD.format(port=self.port, boxes=self.boxes))
        (folder / "dovecot.conf").write_text(DOVECOT.format(folder=folder, boxes=self.boxes, imap=self.imap))
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        apart = ["unshare", "--mount", "sh", "-c", PLACES, "sh", str(self.folder)]
        self._run([*apart, "smtpd", "-d", "-f", str(self.folder / "smtpd.conf")])
        self._run(["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")])
        wait_for(lambda: _listens(self.port) and _listens(self.imap), "the mail server is ready; see " + str(self.folder))

    def _run(self, command: list[str]) -> None:
        with (self.folder / "log").open("ab") as log:
            self._processes.append(subprocess.Popen(command, stdout=log, stderr=log))

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(30)
        self._processes.clear()

    def mails(self, address: str) -> list[email.message.EmailMessage]:
        """Of this mailbox, over IMAP, oldest first."""
        with imaplib.IMAP4("127.0.0.1", self.imap) as box:
            box.login(address, "read")
            box.select("INBOX")
            numbers = box.search(None, "ALL")[1][0].split()
            found = [box.fetch(number.decode(), "(RFC822)")[1][0][1] for number in numbers]
            return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]  # type: ignore[misc]


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    if os.geteuid() != 0 or not shutil.which("smtpd") or not shutil.which("dovecot"):
        pytest.skip("needs opensmtpd and dovecot-imapd, and to be root")
    with tempfile.TemporaryDirectory(prefix="kula-mail-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        server = MailServer(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()
