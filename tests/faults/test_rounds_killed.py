"""kill -9 anywhere while owners are told: each finding is told with one message, none is left out, and what a mail server took is notified."""

import pathlib
import random
import time
from typing import Any

from reporting import FINDINGS, Reports, report
from running import Running, serving, wait_for
from test_mail_killed import Peer, options

EACH = 10  # findings a round


def owner_of(running: Running, number: int) -> list[str]:
    """An organisation of its own, for what one domain gets in a minute is limited; its addresses."""
    net = f"198.18.{number // 16}.{number % 16 * 16}"
    contact = {"name": "SOC", "role": "security", "email": f"soc@bank-{number}.example", "languages": ["en"]}
    content = {"name": f"Example Bank {number}", "networks": [{"kind": "prefix", "value": f"{net}/28"}], "contacts": [contact]}
    status, bank, _ = running.ask("POST", "/api/v1/organisations", content)
    assert status == 201, bank
    running.change("PUT", f"/api/v1/organisations/{bank['id']}/plain-mail", {"up_to": "amber", "why": "agreed by letter"})
    base, last = net.rsplit(".", 1)
    return [f"{base}.{int(last) + host}" for host in range(1, EACH + 1)]


def whole(running: Running, path: str, **query: Any) -> list[dict[str, Any]]:
    """The items of all pages."""
    out: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = running.get(path, limit=500, **query, **({"cursor": cursor} if cursor else {}))
        out += page["items"]
        cursor = page["next"]
    return out


def test_killed_again_and_again_every_owner_is_told_once(kula: pathlib.Path, tmp_path: pathlib.Path, rounds: int) -> None:
    peer = Peer()
    chance = random.Random(11)
    with serving(kula, tmp_path / "data", *options(peer)) as running:
        running.set_national_space("198.18.0.0/15")
        _, routing, headers = running.ask("GET", "/api/v1/routing")
        each_apart = {**routing["rules"][0], "when": {}, "together": "finding", "ladder": [], "remind_after_days": None}
        running.change("PUT", "/api/v1/routing", {"rules": [each_apart], "sends": True}, If_Match=headers["ETag"])
        reports = Reports(running, tmp_path)
        for number in range(rounds):
            # A series for each: what stands in no later report of its own is not verified.
            reports.intake.take(f"2026-01-01-scan_dns-round{number}.csv", report(1, *owner_of(running, number)))
            time.sleep(chance.random() * 3)
            running.kill()
            running.start()
        count = rounds * EACH
        wait_for(lambda: running.get(FINDINGS, state="notified", limit=1)["total"] == count, "every finding is notified", 300 + 2 * rounds)
        twice = 0
        for finding in whole(running, FINDINGS, state="notified"):
            about = running.get("/api/v1/messages", finding=finding["id"])["items"]
            assert len(about) == 1 and about[0]["state"] == "sent", about
            mail = running.get(f"/api/v1/messages/{about[0]['id']}")
            copies = peer.accepted[mail["message_id"]]
            assert 1 <= copies <= 1 + mail["repeats"], (copies, mail)
            twice += copies - 1
        tickets = [message["ticket"] for message in whole(running, "/api/v1/messages")]
        assert len(tickets) == len(set(tickets)) == count
        print(f"\nrounds: {rounds} kills, {count} findings, each told with one message; {twice} came once more, as the same and counted")
        assert running.stop() == 0
    peer.close()
