"""kill -9 anywhere while mail is sent: none is lost; what was accepted and not marked yet comes once more, the same and counted."""

import pathlib
import random
import re
import socket
import threading
import time
from collections import Counter
from typing import Any

from running import Running, serving, wait_for


class Peer:
    """Takes every mail, slowly enough to be interrupted: `accepted` counts each Message-ID that was answered 250. With `mute`, the
    text is taken and the answer is not sent."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.mute = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            try:
                connection.sendall(b"220 mx.example ESMTP\r\n")
                while line := lines.readline():
                    if not line.upper().startswith(b"DATA"):
                        connection.sendall(b"250 Ok\r\n")
                        continue
                    connection.sendall(b"354 go on\r\n")
                    text = b""
                    while (part := lines.readline()) not in (b".\r\n", b""):
                        text += part
                    if part == b"":
                        return
                    identity = re.search(rb"(?im)^Message-Id: <(.+)>", text)
                    assert identity
                    self.accepted[identity[1].decode()] += 1
                    if self.mute.is_set():
                        time.sleep(30)
                        return
                    connection.sendall(b"250 2.0.0 queued\r\n")
            except OSError:
                return

    def close(self) -> None:
        self._listener.close()


def options(peer: Peer) -> list[str]:
    return ["--smtp", peer.url, "--mail-from", "team@csirt.example", "--smtp-pause", "1"]


def write(running: Running) -> list[dict[str, Any]]:
    """To ten contacts of an organisation whose domain is its own: what one domain gets in a minute is limited."""
    mark = time.monotonic_ns()
    contacts = [{"name": str(number), "role": "security", "email": f"{number}@bank-{mark}.example"} for number in range(10)]
    _, made, _ = running.ask("POST", "/api/v1/organisations", {"name": f"Example {mark}", "networks": [], "contacts": contacts})
    draft = {"organisation": made["id"], "roles": ["security"], "addresses": [], "subject": "x", "text": "x", "language": "en", "tlp": "green", "pap": "clear"}
    status, told, _ = running.ask("POST", "/api/v1/messages", draft)
    assert status == 201, told
    return told["items"]


def all_sent(running: Running, count: int) -> list[dict[str, Any]]:
    wait_for(lambda: running.get("/api/v1/messages")["states"] == {"sent": count}, "all mail is sent", 60)
    return [running.get(f"/api/v1/messages/{item['id']}") for item in running.get("/api/v1/messages", limit=500)["items"]]


def test_between_the_answer_and_the_mark_it_is_sent_once_more_the_same_and_counted(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    peer = Peer()
    peer.mute.set()
    with serving(kula, tmp_path / "data", *options(peer)) as running:
        write(running)
        wait_for(lambda: sum(peer.accepted.values()) == 1, "the server has taken a mail whose answer has not come")
        running.kill()
        peer.mute.clear()
        running.start()
        mails = all_sent(running, 10)
        twice = [mail for mail in mails if peer.accepted[mail["message_id"]] == 2]
        assert len(twice) == 1 and twice[0]["repeats"] == 1 and twice[0]["history"][0]["outcome"] == "interrupted"
        assert sum(peer.accepted.values()) == 11
        assert all(mail["repeats"] == 0 for mail in mails if mail not in twice)
        assert running.stop() == 0
    peer.close()


def test_killed_again_and_again_nothing_is_lost_and_what_came_twice_is_counted(kula: pathlib.Path, tmp_path: pathlib.Path, rounds: int) -> None:
    rounds *= 4
    peer = Peer()
    chance = random.Random(7)
    written: list[dict[str, Any]] = []
    with serving(kula, tmp_path / "data", *options(peer)) as running:
        for _ in range(rounds):
            written += write(running)
            time.sleep(chance.random() * 0.1)
            running.kill()
            running.start()
        wait_for(lambda: running.get("/api/v1/messages")["states"] == {"sent": len(written)}, "all mail is sent", 600)
        assert len({mail["ticket"] for mail in written}) == rounds, "no ticket is given twice"
        identities = set()
        for item in written:
            mail = running.get(f"/api/v1/messages/{item['id']}")
            identities.add(mail["message_id"])
            copies = peer.accepted[mail["message_id"]]
            assert 1 <= copies <= 1 + mail["repeats"], (copies, mail)
        assert set(peer.accepted) == identities
        twice = sum(copies - 1 for copies in peer.accepted.values())
        print(f"\nmail: {rounds} kills, {len(written)} mails, none lost; {twice} came once more, as the same and counted")
        assert running.stop() == 0
    peer.close()
