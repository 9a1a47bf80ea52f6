"""kill -9 anywhere while owners are told: each finding is told with one message, none is left out, and what a mail server took is notified."""

import pathlib
import random
import time

from reporting import FINDINGS, Reports
from running import serving, wait_for
from test_mail_killed import Peer, options


def test_killed_again_and_again_every_owner_is_told_once(kula: pathlib.Path, tmp_path: pathlib.Path, rounds: int) -> None:
    peer = Peer()
    chance = random.Random(11)
    with serving(kula, tmp_path / "data", *options(peer)) as running:
        running.set_national_space("192.0.2.0/24")
        contact = {"name": "SOC", "role": "security", "email": "soc@bank.example", "languages": ["en"]}
        network = {"kind": "prefix", "value": "192.0.2.0/24"}
        _, bank, _ = running.ask("POST", "/api/v1/organisations", {"name": "Example Bank", "networks": [network], "contacts": [contact]})
        running.change("PUT", f"/api/v1/organisations/{bank['id']}/plain-mail", {"up_to": "amber", "why": "agreed by letter"})
        _, routing, headers = running.ask("GET", "/api/v1/routing")
        each_apart = {**routing["rules"][0], "when": {}, "together": "finding", "ladder": [], "remind_after_days": None}
        running.change("PUT", "/api/v1/routing", {"rules": [each_apart], "sends": True}, If_Match=headers["ETag"])
        reports = Reports(running, tmp_path)
        addresses = [f"192.0.2.{number}" for number in range(1, 10 * rounds + 1)]
        for begin in range(0, len(addresses), 10):
            reports.day(1 + begin // 10 % 28, *addresses[:begin + 10])  # What is absent twice is verified.
            time.sleep(chance.random() * 3)
            running.kill()
            running.start()
        told = wait_for(lambda: (page := running.get(FINDINGS, state="notified", limit=500))["total"] == len(addresses) and page["items"],
                        "every finding is notified", 300)
        for finding in told:
            about = running.get("/api/v1/messages", finding=finding["id"])["items"]
            assert len(about) == 1 and about[0]["state"] == "sent", about
            copies = peer.accepted[running.get(f"/api/v1/messages/{about[0]['id']}")["message_id"]]
            assert copies >= 1
        tickets = [message["ticket"] for message in running.get("/api/v1/messages", limit=500)["items"]]
        assert len(tickets) == len(set(tickets)) == len(addresses)
        assert running.stop() == 0
    peer.close()
