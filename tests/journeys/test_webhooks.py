"""What an organisation is told reaches its own machine: signed, once, tried again under the same id, and never somewhere else."""

import json
import os
import pathlib
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
from reporting import Reports
from running import Running, free_port, serving, wait_for
from test_contract import check
from webhook_receiver import Receiver, Taken, example

import socket

OPTIONS = ("--webhooks-to", "127.0.0.0/8", "--webhook-pause", "1")
SLOW = 3  # seconds until a slow server answers
HOOK = "/api/v1/organisations/{id}/webhook"


class House:
    """A country with one bank, whose machine listens, and rules that send; no mail server."""

    def __init__(self, running: Running, folder: pathlib.Path) -> None:
        self.running = running
        running.set_national_space("192.0.2.0/24")
        contact = {"name": "SOC", "role": "security", "email": "soc@bank.example", "languages": ["en"]}
        network = {"kind": "prefix", "value": "192.0.2.0/28"}
        status, bank, _ = running.ask("POST", "/api/v1/organisations", {"name": "Example Bank", "networks": [network], "contacts": [contact]})
        assert status == 201, bank
        self.bank = bank["id"]
        self.hook = HOOK.replace("{id}", self.bank)
        _, routing, headers = running.ask("GET", "/api/v1/routing")
        running.change("PUT", "/api/v1/routing", {"rules": routing["rules"], "sends": True}, If_Match=headers["ETag"])
        self.reports = Reports(running, folder)

    def lead_to(self, receiver: Receiver) -> None:
        told = self.running.change("PUT", self.hook, {"url": receiver.url, "enabled": True})
        check(HOOK, "put", 200, told)
        receiver.secret = told["secret"] or receiver.secret

    def test(self) -> str:
        status, told, _ = self.running.ask("POST", self.hook + "/test")
        check(HOOK + "/test", "post", status, told)
        assert status == 202, told
        return told["message"]

    def message(self, identity: str, state: str) -> dict:
        return wait_for(lambda: (found := self.running.get(f"/api/v1/messages/{identity}"))["state"] == state and found, f"{identity} is {state}")


@pytest.fixture
def house(kula: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[House]:
    with serving(kula, tmp_path / "data", *OPTIONS) as running:
        yield House(running, tmp_path)
        assert running.stop() == 0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_findings_reach_the_machine_and_are_notified(house: House, receiver: Receiver) -> None:
    house.lead_to(receiver)
    assert receiver.secret.startswith("whsec_") and "secret" not in house.running.get(house.hook)
    receiver.answers = [500, 200]
    house.reports.day(1, "192.0.2.1", "192.0.2.2")
    finding = house.reports.finding("192.0.2.1", "notified")["finding"]
    first, again = wait_for(lambda: len(receiver.taken) == 2 and receiver.taken, "it was tried twice")
    assert first == again, "the same id, the same bytes"
    assert not receiver.forged
    body = json.loads(first.body)
    assert body["type"] == "findings.told" and body["data"]["message"] == first.identity
    told = {each["place"]: each for each in body["data"]["findings"]}
    assert told.keys() == {"192.0.2.1", "192.0.2.2"} and told["192.0.2.1"]["id"] == finding["id"]
    assert (told["192.0.2.1"]["port"], told["192.0.2.1"]["severity"], told["192.0.2.1"]["class"]) == (53, finding["severity"], finding["class"])
    message = house.message(first.identity, "sent")
    check("/api/v1/messages/{id}", "get", 200, message)
    assert (message["channel"], message["address"], message["attempts"]) == ("webhook", receiver.url, 2)
    assert message["decisions"][0]["reason"] == "own_machine" and json.loads(message["text"]) == body
    about = house.running.get("/api/v1/messages", finding=finding["id"])
    check("/api/v1/messages", "get", 200, about)
    assert {(each["channel"], each["ticket"]) for each in about["items"]} == {("webhook", body["data"]["ticket"]), ("mail", body["data"]["ticket"])}
    assert [each["id"] for each in house.running.get("/api/v1/messages", channel="webhook")["items"]] == [first.identity]
    seen = house.running.get(house.hook)
    check(HOOK, "get", 200, seen)
    assert seen["succeeded_at"] and seen["failure"] == "the server answered 500"


def test_a_machine_that_says_gone_is_not_asked_again(house: House, receiver: Receiver) -> None:
    house.lead_to(receiver)
    receiver.answers = [410]
    house.message(house.test(), "failed")
    seen = house.running.get(house.hook)
    assert seen["gone_at"] and not seen["enabled"]
    assert house.running.ask("POST", house.hook + "/test")[0] == 409
    assert len(receiver.taken) == 1
    deeds = [entry["deed"] for entry in house.running.get("/api/v1/journal", subject=f"organisation:{house.bank}")["items"]]
    assert "organisation.webhook_gone" in deeds


def test_a_machine_that_wants_time_gets_it_and_redirects_are_not_followed(house: House, receiver: Receiver) -> None:
    house.lead_to(receiver)
    receiver.answers, receiver.headers = [503], {"Retry-After": "3600"}
    later = house.test()
    waiting = wait_for(lambda: (found := house.running.get(f"/api/v1/messages/{later}"))["attempts"] == 1 and found["state"] == "waiting" and found, "it waits")
    assert waiting["history"][0]["code"] == 503 and waiting["next_at"] > waiting["history"][0]["at"]
    time.sleep(2)
    assert len(receiver.taken) == 1
    house.running.ask("DELETE", house.hook)
    other = Receiver(307)
    other.headers = {"Location": receiver.url + "?key=sesame"}
    house.lead_to(other)
    moved = house.test()
    answer = wait_for(lambda: house.running.get(f"/api/v1/messages/{moved}")["answer"], "it was tried")
    assert "which is not followed" in answer and "sesame" not in answer
    assert len(receiver.taken) == 1
    other.close()


def test_killed_when_the_machine_has_taken_it_the_same_comes_once_more(house: House, receiver: Receiver) -> None:
    house.lead_to(receiver)
    receiver.before_answer = lambda _: house.running.kill() if len(receiver.taken) == 1 else None
    identity = house.test()
    wait_for(lambda: house.running.process.poll() is not None, "it was killed")
    house.running.start()
    message = house.message(identity, "sent")
    first, again = receiver.taken
    assert first == again == Taken(identity, first.body)
    assert message["repeats"] == 1 and not receiver.forged


def test_four_slow_servers_that_fail_hold_up_no_other(house: House, receiver: Receiver) -> None:
    slow = [Receiver(500) for _ in range(4)]
    begun: list[float] = []
    for number, each in enumerate(slow):
        each.before_answer = lambda _: (begun.append(time.monotonic()), time.sleep(SLOW))
        _, organisation, _ = house.running.ask("POST", "/api/v1/organisations", {"name": f"Slow {number}", "networks": [], "contacts": []})
        hook = HOOK.replace("{id}", organisation["id"])
        house.running.change("PUT", hook, {"url": each.url, "enabled": True})
        for _ in range(5):
            assert house.running.ask("POST", hook + "/test")[0] == 202
    wait_for(lambda: len(begun) >= 4, "all four are asked")
    house.lead_to(receiver)
    entered = time.monotonic()
    house.message(house.test(), "sent")
    assert time.monotonic() - entered < SLOW + 1, "it waits for one answer at most, never for all that those have waiting"
    for _ in range(3):
        wait_for(lambda: time.monotonic() - begun[-1] < SLOW / 2, "they are tried again")
        entered = time.monotonic()
        house.message(house.test(), "sent")
        assert time.monotonic() - entered < SLOW / 2, "whoever failed before leaves threads to others"
    assert not receiver.forged
    for each in slow:
        each.close()


def test_a_renewed_secret_is_told_once_and_the_former_one_signs_for_a_day(house: House, receiver: Receiver) -> None:
    house.lead_to(receiver)
    before = receiver.secret
    assert house.running.change("PUT", house.hook, {"url": receiver.url + "/deeper", "enabled": True})["secret"] is None
    assert house.running.get(house.hook)["former_secret_until"] is None
    status, told, _ = house.running.ask("POST", house.hook + "/secret")
    check(HOOK + "/secret", "post", status, told)
    assert status == 200 and told["secret"] != before
    until = datetime.fromisoformat(house.running.get(house.hook)["former_secret_until"])
    assert 23.9 < (until - datetime.now(timezone.utc)).total_seconds() / 3600 <= 24
    house.message(house.test(), "sent")
    assert len(receiver.taken) == 1, "the machine has the old one still"
    receiver.secret = told["secret"]
    house.message(house.test(), "sent")
    assert len(receiver.taken) == 2 and not receiver.forged
    assert before not in house.running.log.read_text() and receiver.secret not in house.running.log.read_text()


def test_the_example_of_the_page_takes_what_is_sent(house: House, tmp_path: pathlib.Path) -> None:
    port = free_port(socket.SOCK_STREAM)
    told = house.running.change("PUT", house.hook, {"url": f"http://127.0.0.1:{port}/", "enabled": True})
    environment = {**os.environ, "WEBHOOK_SECRET": told["secret"], "WEBHOOK_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    (tmp_path / "receiver.py").write_text(example())
    with subprocess.Popen([sys.executable, tmp_path / "receiver.py"], env=environment, stdout=subprocess.PIPE, text=True) as machine:
        house.message(house.test(), "sent")
        assert "test" in machine.stdout.readline()  # type: ignore[union-attr]
        machine.terminate()


def test_no_webhook_leads_into_the_house(kula: pathlib.Path, tmp_path: pathlib.Path, receiver: Receiver) -> None:
    with serving(kula, tmp_path / "data") as running:
        house = House(running, tmp_path)
        house.lead_to(receiver)
        identity = house.test()
        answer = wait_for(lambda: running.get(f"/api/v1/messages/{identity}")["answer"], "it was tried")
        assert "may not be reached from here" in answer
        assert not receiver.taken and not receiver.forged
        for url in ("http://hooks.bank.example/", "https://user:secret@hooks.bank.example/", "gopher://x", ""):
            status, refused, _ = running.ask("PUT", house.hook, {"url": url, "enabled": True})
            assert status == 422 and refused["errors"][0]["field"] == "url", url
        assert running.stop() == 0
