"""An organisation with others below it: its people see and answer for all of them, those below see themselves alone, and who moves away is gone at once."""

import pathlib
from collections.abc import Iterator

import pytest
from proposing import organisation_of, propose
from reporting import FINDINGS, Reports
from running import Running, serving
from signing_in import Person, new_person
from test_findings import answer

MINISTRY, AGENCY, OFFICE, BANK = "192.0.2.9", "192.0.2.17", "192.0.2.33", "192.0.2.70"
BELOW = """\
name,parent,networks
Example Ministry,,192.0.2.0/28
Example Agency,Example Ministry,192.0.2.16/28
Example Office,Example Agency,192.0.2.32/28
Example Bank,,192.0.2.64/26
"""


class Ministry:
    """A ministry, its agency, and that one's office, each with an open finding; and a bank, with another."""

    def __init__(self, running: Running, folder: pathlib.Path) -> None:
        self.running = running
        running.set_national_space("192.0.2.0/24")
        assert running.import_organisations(BELOW)["created"] == 4
        self.reports = Reports(running, folder)
        self.reports.day(1, MINISTRY, AGENCY, OFFICE, BANK)
        self.stories = {place: self.reports.finding(place, "open") for place in (MINISTRY, AGENCY, OFFICE, BANK)}

    def person(self, of: str, role: str = "constituent_administrator") -> Person:
        return new_person(self.running, f"example.{of}", role, organisation=organisation_of(self.running, of)["id"])


@pytest.fixture
def ministry(kula: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[Ministry]:
    with serving(kula, tmp_path / "data") as running:
        yield Ministry(running, tmp_path)
        assert running.stop() == 0


def places(person: Person, **query: str) -> set[str]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return {finding["place"] for finding in person.done("GET", f"{FINDINGS}?{asked}")["items"]}


def names(person: Person) -> set[str]:
    return {organisation["name"] for organisation in person.done("GET", "/api/v1/organisations")["items"]}


def networks(person: Person) -> set[str]:
    return {claim["value"] for claim in person.done("GET", "/api/v1/networks")["items"]}


def test_each_sees_itself_and_all_below_it(ministry: Ministry) -> None:
    above, between, below, apart = (ministry.person(name) for name in ("ministry", "agency", "office", "bank"))
    assert places(above) == {MINISTRY, AGENCY, OFFICE}
    assert places(between) == {AGENCY, OFFICE}
    assert places(below) == {OFFICE}
    assert places(apart) == {BANK}
    assert names(above) == {"Example Ministry", "Example Agency", "Example Office"}
    assert names(between) == {"Example Agency", "Example Office"} and names(below) == {"Example Office"}
    assert networks(between) == {"192.0.2.16/28", "192.0.2.32/28"} and networks(below) == {"192.0.2.32/28"}

    ids = {name: organisation_of(ministry.running, name)["id"] for name in ("ministry", "agency", "office", "bank")}
    assert places(above, organisation=ids["agency"]) == {AGENCY, OFFICE}, "a filter means those below, too"
    assert places(above, organisation=ids["bank"]) == set()
    assert {event["source_address"] for event in between.done("GET", "/api/v1/events")["items"]} == {AGENCY, OFFICE}
    for name, seen in (("agency", 200), ("office", 200), ("ministry", 404), ("bank", 404)):
        assert between.ask("GET", f"/api/v1/organisations/{ids[name]}")[0] == seen, name
    for place, seen in ((AGENCY, 200), (OFFICE, 200), (MINISTRY, 404), (BANK, 404)):
        assert between.ask("GET", f"{FINDINGS}/{ministry.stories[place]['finding']['id']}")[0] == seen, place
    status, table, _ = above.ask("GET", FINDINGS, Accept="text/csv")
    assert status == 200 and all(place in table for place in (MINISTRY, AGENCY, OFFICE)) and BANK not in table


def test_whoever_stands_above_answers_and_proposes_for_those_below(ministry: Ministry) -> None:
    above, below = ministry.person("ministry"), ministry.person("office")
    assert answer(above, ministry.stories[OFFICE], "claimed_fixed")[0] == 200
    assert [finding["state"] for finding in below.done("GET", FINDINGS)["items"]] == ["claimed_fixed"]
    assert answer(below, ministry.stories[MINISTRY], "acknowledged")[0] == 404

    office = organisation_of(ministry.running, "office")
    status, made = propose(above, office, website="https://office.example/")
    assert status == 201, made
    assert [proposal["id"] for proposal in below.done("GET", "/api/v1/proposals")["items"]] == [made["id"]]
    assert propose(below, organisation_of(ministry.running, "ministry"), website="https://ministry.example/")[0] == 404
    ministry.running.change("POST", f"/api/v1/proposals/{made['id']}/approval", {})
    assert below.done("GET", f"/api/v1/organisations/{office['id']}")["website"] == "https://office.example/"


def test_who_moves_away_is_gone_from_above_at_once(ministry: Ministry) -> None:
    above, other = ministry.person("ministry"), ministry.person("bank")
    assert places(above) == {MINISTRY, AGENCY, OFFICE}
    moved = ministry.running.import_organisations("name,parent\nExample Agency,Example Bank\n")
    assert moved["updated"] == 1, moved
    assert places(above) == {MINISTRY} and names(above) == {"Example Ministry"}
    assert places(other) == {AGENCY, OFFICE, BANK}, "with what is below it"
    assert above.ask("GET", f"{FINDINGS}/{ministry.stories[OFFICE]['finding']['id']}")[0] == 404
