"""The programs of an organisation, with a token that one of its people made: they list, answer, export and follow findings over curl, see
nothing of others, and stop with their person's account."""

import csv
import io
import json
import pathlib
import queue
import subprocess
import threading
from collections.abc import Iterator

import pytest
from reporting import Reports
from running import Running, admin
from signing_in import Person, new_person
from test_contract import check

TOKENS = "/api/v1/account/tokens"
OWN, OTHERS = "192.0.2.1", "192.0.2.70"


class Program:
    """Asks with a token, as a script does."""

    def __init__(self, running: Running, secret: str) -> None:
        self.base, self.secret = running.base, secret

    def curl(self, path: str, *options: str) -> tuple[int, str]:
        command = ["curl", "-sS", "-H", f"Authorization: Bearer {self.secret}", "-w", "\n%{http_code}", *options, self.base + path]
        said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
        body, _, status = said.rpartition("\n")
        return int(status), body

    def get(self, path: str) -> dict:
        status, body = self.curl(path)
        assert status == 200, (path, status, body)
        return json.loads(body)


class Listening:
    """What `curl -N` says of the stream, event by event."""

    def __init__(self, program: Program, *options: str) -> None:
        command = ["curl", "-sSNi", "-H", f"Authorization: Bearer {program.secret}", *options, program.base + "/api/v1/stream"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.events: queue.Queue[dict] = queue.Queue()
        for header in self.process.stdout or ():
            if not header.strip():
                break  # From here on it is told.
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        event: dict[str, str] = {}
        for line in self.process.stdout or ():
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                event[name] = value
            elif "data" in event:
                self.events.put({**event, "data": json.loads(event["data"])})
                event = {}
            else:
                event = {}

    def next(self) -> dict:
        return self.events.get(timeout=30)

    def stop(self) -> list[dict]:
        self.process.terminate()
        self.process.wait(30)
        return list(self.events.queue)


class Country:
    """A hospital with a finding, and a bank with another."""

    def __init__(self, running: Running, folder: pathlib.Path) -> None:
        self.running = running
        ids = {item["name"]: item["id"] for item in running.get("/api/v1/organisations")["items"]}
        self.hospital, self.bank = ids["Example Hospital Lakeside"], ids["Example Bank Hilltop"]
        self.reports = Reports(running, folder)
        self.reports.day(1, OWN, OTHERS)
        self.own = self.reports.finding(OWN, "open")["finding"]
        self.others = self.reports.finding(OTHERS, "open")["finding"]
        self.person = new_person(running, "example.hospital", "constituent_member", organisation=self.hospital)

    def program(self, person: Person | None = None, *permissions: str) -> Program:
        made = (person or self.person).done("POST", TOKENS, {"name": "Ticket system", "permissions": list(permissions or ("findings.read", "findings.answer")), "valid_days": 30}, 201)
        return Program(self.running, made["secret"])


@pytest.fixture
def house(country: Running, tmp_path: pathlib.Path) -> Iterator[Country]:
    yield Country(country, tmp_path)


def test_a_program_lists_answers_and_exports_what_is_its_organisations(house: Country) -> None:
    made = house.person.done("POST", TOKENS, {"name": "Ticket system", "permissions": ["findings.read", "findings.answer"], "valid_days": 30}, 201)
    check(TOKENS, "post", 201, made)
    program = Program(house.running, made["secret"])
    assert [item["place"] for item in program.get("/api/v1/findings?limit=50")["items"]] == [OWN]
    story = program.get(f"/api/v1/findings/{house.own['id']}")
    assert story["finding"]["place"] == OWN and story["evidence"] and story["advice"]
    status, table = program.curl("/api/v1/findings", "-H", "Accept: text/csv")
    assert status == 200 and [row["place"] for row in csv.DictReader(io.StringIO(table))] == [OWN]
    status, lines = program.curl("/api/v1/findings", "-H", "Accept: application/jsonl")
    assert status == 200 and [json.loads(line)["place"] for line in lines.splitlines()] == [OWN]
    answer = json.dumps({"ids": [house.own["id"]], "to": "claimed_fixed"})
    status, body = program.curl("/api/v1/findings/answers", "-H", "Content-Type: application/json", "-d", answer)
    assert status == 200, body
    assert house.running.get(f"/api/v1/findings/{house.own['id']}")["finding"]["state"] == "claimed_fixed"

    listed = house.person.done("GET", TOKENS)
    check(TOKENS, "get", 200, listed)
    (token,) = listed["items"]
    assert token["last_used_at"] and token["last_used_from"] == "127.0.0.1" and token["organisation"] == house.hospital
    assert made["secret"] not in json.dumps(listed)
    assert house.running.get("/api/v1/tokens")["items"][0]["person"] == house.person.session["user"]["id"]


def test_a_program_reaches_nothing_else(house: Country) -> None:
    program = house.program()
    assert program.curl(f"/api/v1/findings/{house.others['id']}")[0] == 404
    for path in ("/api/v1/organisations", "/api/v1/events", "/api/v1/messages", "/api/v1/tokens", "/api/v1/account/sessions", TOKENS, "/api/v1/status"):
        assert program.curl(path)[0] == 403, path
    more = json.dumps({"name": "another", "permissions": ["findings.read"], "valid_days": 30})
    assert program.curl(TOKENS, "-H", "Content-Type: application/json", "-d", more)[0] == 403, "no token makes another"
    answers = json.dumps({"ids": [house.others["id"]], "to": "seen"})
    assert "no such finding" in program.curl("/api/v1/findings/answers", "-H", "Content-Type: application/json", "-d", answers)[1]


def test_what_is_asked_for_wrongly_is_refused(house: Country) -> None:
    for wrong, field in (({"permissions": ["messages.read"]}, "permissions"), ({"permissions": ["tokens.own"]}, "permissions"), ({"name": " "}, "name"), ({"valid_days": 731}, "valid_days"), ({"permissions": []}, "permissions")):
        status, problem, _ = house.person.ask("POST", TOKENS, {"name": "Ticket system", "permissions": ["findings.read"], "valid_days": 30, **wrong})
        assert status == 422 and field in json.dumps(problem), (wrong, problem)
    for _ in range(20):
        house.program()
    assert house.person.ask("POST", TOKENS, {"name": "one more", "permissions": ["findings.read"], "valid_days": 30})[0] == 409


def test_a_token_ends_when_it_is_revoked_and_with_its_persons_account(house: Country) -> None:
    first, second = house.program(), house.program()
    colleague = new_person(house.running, "example.colleague", "constituent_administrator", organisation=house.hospital)
    ids = [item["id"] for item in house.person.done("GET", TOKENS)["items"]]
    assert colleague.done("GET", TOKENS)["items"] == []
    assert colleague.ask("DELETE", f"{TOKENS}/{ids[1]}")[0] == 404, "another's"
    house.person.done("DELETE", f"{TOKENS}/{ids[1]}", expected=204)
    assert first.curl("/api/v1/findings")[0] == 401 and second.curl("/api/v1/findings")[0] == 200
    admin(house.running.kula, house.running.data, "user", "deactivate", "example.hospital")
    assert second.curl("/api/v1/findings")[0] == 401


def test_the_stream_tells_of_ones_own_findings_and_of_nobody_elses(house: Country) -> None:
    program = house.program()
    listening = Listening(program)
    house.reports.day(2, OWN, OTHERS, "192.0.2.71")
    house.reports.finding("192.0.2.71", "open")
    house.reports.day(3, OWN, OTHERS, "192.0.2.2")
    fresh = house.reports.finding("192.0.2.2", "open")["finding"]["id"]
    told = [listening.next()]
    while fresh not in told[-1]["data"]["ids"]:  # That its finding of before was opened may be told still.
        told.append(listening.next())
    for event in told:
        assert event["event"] == "findings" and event["data"]["organisation"] == house.hospital
        assert set(event["data"]["ids"]) <= {house.own["id"], fresh} and event["data"]["count"] == len(event["data"]["ids"])
    house.running.ask("POST", f"/api/v1/findings/{house.others['id']}/steps", {"to": "false_positive", "reason": "a test"}, If_Match=f'"{house.others["version"]}"')
    answer = json.dumps({"ids": [house.own["id"]], "to": "seen"})
    assert program.curl("/api/v1/findings/answers", "-H", "Content-Type: application/json", "-d", answer)[0] == 200
    step = listening.next()
    assert step["data"]["ids"] == [house.own["id"]]
    assert [event["event"] for event in listening.stop()] == [], "nothing of others came between"

    missed = json.dumps({"ids": [house.own["id"]], "to": "acknowledged"})
    assert program.curl("/api/v1/findings/answers", "-H", "Content-Type: application/json", "-d", missed)[0] == 200
    again = Listening(program, "-H", f"Last-Event-ID: {step['id']}")
    assert again.next()["data"]["ids"] == [house.own["id"]]
    again.stop()
    unknown = Listening(program, "-H", "Last-Event-ID: 0123")
    assert unknown.next()["event"] == "reset"
    unknown.stop()


def test_a_stream_ends_with_its_token_and_needs_the_right_to_see_findings(house: Country) -> None:
    assert house.program(None, "organisations.read").curl("/api/v1/stream")[0] == 403
    program = house.program()
    listening = Listening(program)
    for item in house.person.done("GET", TOKENS)["items"]:
        house.person.done("DELETE", f"{TOKENS}/{item['id']}", expected=204)
    assert listening.process.wait(60) == 0, "the server ended it"
