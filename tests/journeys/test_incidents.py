"""Incidents on a running server, over HTTP: twenty analysts at once lose no edit and see each other's at once; what was committed outlives kill -9."""

import concurrent.futures
import json
import threading
import urllib.parse

from running import Running
from signing_in import Person, new_person
from test_contract import check

ALL = "/api/v1/incidents"
INPUT = {"title": "Ransomware at Example Hospital", "class": "malicious-code", "type": "infected-system", "severity": "high", "sectors": ["health"]}
ANALYSTS = 20


def opened(person: Person, **more: object) -> dict:
    status, story, _ = person.ask("POST", ALL, {**INPUT, **more})
    check(ALL, "post", status, story)
    assert status == 201, story
    return story["incident"]


def test_twenty_analysts_at_once_lose_no_edit(country: Running) -> None:
    people = [new_person(country, f"analyst{number}", "duty_analyst") for number in range(ANALYSTS)]
    incident = opened(people[0])
    path = f"{ALL}/{incident['id']}"
    refused = 0
    lock = threading.Lock()

    def work(number: int) -> None:
        nonlocal refused
        person = people[number]
        for turn in range(5):
            assert person.ask("POST", f"{path}/entries", {"kind": "note", "text": f"{number}.{turn}"})[0] == 201
        while True:
            story = person.done("GET", path)
            now = story["incident"]
            changed = {**INPUT, "tags": [*now["tags"], f"by-{number}"]}
            status, body, _ = person.ask("PUT", path, changed, If_Match=f'"{now["version"]}"')
            if status == 200:
                return
            assert status in (409, 412), body  # Somebody else was first, and the answer says so.
            with lock:
                refused += 1

    with concurrent.futures.ThreadPoolExecutor(ANALYSTS) as pool:
        for done in [pool.submit(work, number) for number in range(ANALYSTS)]:
            done.result(timeout=120)
    story = people[3].done("GET", path)
    assert sorted(story["incident"]["tags"]) == sorted(f"by-{number}" for number in range(ANALYSTS))
    assert story["incident"]["version"] == ANALYSTS + 1
    entries, cursor = [], ""
    while cursor is not None:
        page = people[3].done("GET", f"{path}/entries?limit=50" + (f"&cursor={cursor}" if cursor else ""))
        entries += page["items"]
        cursor = page["next"]
    assert sorted(entry["text"] for entry in entries if entry["kind"] == "note") == sorted(f"{n}.{t}" for n in range(ANALYSTS) for t in range(5))
    assert sum(entry["kind"] == "changed" for entry in entries) == ANALYSTS
    assert refused > 0, "they did not meet"


def test_what_was_answered_outlives_kill_9(country: Running) -> None:
    person = new_person(country, "ana", "duty_analyst")
    first = opened(person, title="first")
    second = opened(person, title="second")
    person.done("POST", f"{ALL}/{first['id']}/entries", {"kind": "done", "text": "Unplugged it."}, 201)
    country.kill()
    country.start()
    story = person.done("GET", f"{ALL}/{first['id']}")
    assert story["entries"][0]["text"] == "Unplugged it."
    assert opened(person, title="third")["number"] == "INC-" + second["number"][4:8] + "-000003"


def test_who_else_saw_this(country: Running) -> None:
    person = new_person(country, "seeker", "duty_analyst")
    first = opened(person, title="First", summary="It called hxxps://login.bank[.]example/card from 192.0.2.7.")
    second = opened(person, title="Second")
    assert person.ask("POST", f"{ALL}/{second['id']}/entries", {"kind": "note", "text": "The firewall shows 192.0.2.7, too."})[0] == 201
    report = person.ask("POST", "/api/v1/reports", {"subject": "Who is 192[.]0[.]2[.]7?", "text": "It scans us."})[1]["report"]["id"]
    story = person.done("GET", f"{ALL}/{first['id']}")
    assert [(each["kind"], each["value"]) for each in story["observables"]] == [
        ("url", "https://login.bank.example/card"), ("domain", "login.bank.example"), ("address", "192.0.2.7")]

    def found(where: str, what: str) -> list[str]:
        return [each["id"] for each in person.done("GET", f"/api/v1/{where}?observable={urllib.parse.quote(what)}")["items"]]

    assert set(found("incidents", "192.0.2[.]7")) == {first["id"], second["id"]}
    assert found("incidents", "HXXPS://login.bank.example/card") == [first["id"]]
    assert found("reports", "192.0.2.7") == [report]
    assert found("incidents", "192.0.2.8") == []
    status, body, _ = person.ask("GET", f"{ALL}?observable=nothing")
    assert status == 422 and [error["field"] for error in body["errors"]] == ["observable"]


def test_bad_queries_are_refused_with_a_reason(country: Running) -> None:
    for query in ("state=gone", "severity=grave", "lead=me", "sort=title", "cursor=1.x", "open=perhaps", "colour=red"):
        status, body, _ = country.ask("GET", f"{ALL}?{query}")
        assert status == 422, (query, body)
        check(ALL, "get", status, body)


def test_the_list_is_exported_for_spreadsheets(country: Running) -> None:
    person = new_person(country, "boro", "duty_analyst")
    opened(person, title="=HYPERLINK(\"https://evil.example\")")
    status, table, _ = person.ask("GET", ALL, Accept="text/csv")
    assert status == 200
    assert "'=HYPERLINK" in (table if isinstance(table, str) else json.dumps(table))
