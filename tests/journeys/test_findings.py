"""From a report to a finding, through its owner's answer, to verified by the reports that follow, and open again."""

import pathlib

import pytest
from reporting import FINDINGS, Reports
from running import Running
from signing_in import Person, new_person


@pytest.fixture
def reports(country: Running, tmp_path: pathlib.Path) -> Reports:
    country.set_national_space("192.0.2.0/24", "198.51.100.0/24")
    return Reports(country, tmp_path)


HOSPITAL, FIRST, SECOND = "Example Hospital Lakeside", "192.0.2.1", "192.0.2.2"


def id_of(country: Running, name: str) -> str:
    return country.get("/api/v1/organisations", search=name)["items"][0]["id"]


def answer(person: Person, story: dict, to: str, **more: object) -> tuple[int, dict]:
    finding = story["finding"]
    status, told, _ = person.ask("POST", f"{FINDINGS}/{finding['id']}/answers", {"to": to, **more}, If_Match=f'"{finding["version"]}"')
    return status, told


def test_a_row_becomes_a_finding_is_verified_without_it_and_reopened_with_it(country: Running, reports: Reports) -> None:
    reports.day(1, FIRST, SECOND)
    story = reports.finding(FIRST, "open")
    assert story["finding"]["organisation"]["name"] == HOSPITAL
    assert [event["fields"]["source.ip"] for event in story["evidence"]] == [FIRST]
    reports.finding(SECOND, "open")

    reports.day(2, SECOND)
    reports.day(3, SECOND)
    verified = reports.finding(FIRST, "verified")
    assert [step["to"] for step in verified["steps"]] == ["verified", "open"]
    assert verified["steps"][0]["automatic"]
    assert reports.finding(SECOND, "open")["finding"]["events"] == 3

    reports.day(4, FIRST, SECOND)
    again = reports.finding(FIRST, "reopened")
    assert again["finding"]["relapses"] == 1
    assert again["steps"][0]["silent_seconds"] == 3 * 24 * 3600
    told = country.get(FINDINGS + "/figures")
    assert told["funnel"]["opened"] == 2 and told["funnel"]["relapsed"] == 1


def test_a_server_that_was_away_follows_what_came_meanwhile(country: Running, reports: Reports) -> None:
    assert country.stop() == 0
    reports.day(1, FIRST)
    country.start()
    reports.finding(FIRST, "open")


def test_its_owner_answers_and_nobody_else_knows_of_it(country: Running, reports: Reports) -> None:
    reports.day(1, FIRST, SECOND, "198.51.100.201")
    story = reports.finding(FIRST, "open")
    owner = new_person(country, "example.owner", "constituent_member", organisation=id_of(country, HOSPITAL))
    stranger = new_person(country, "example.stranger", "constituent_member", organisation=id_of(country, "Example Bank Hilltop"))
    analyst = new_person(country, "example.analyst", "duty_analyst")
    path = f"{FINDINGS}/{story['finding']['id']}"

    assert stranger.ask("GET", path)[0] == 404
    assert stranger.done("GET", f"{FINDINGS}?search={FIRST}")["total"] == 0
    assert answer(stranger, story, "acknowledged")[0] == 404
    own = owner.done("GET", FINDINGS)
    assert own["total"] == 2 and own["states"]["open"] == 2 and own["organisations"] == 1
    assert own["items"][0]["next_states"] == ["seen", "acknowledged", "help_needed", "claimed_fixed", "not_ours"]
    status, csv, _ = owner.ask("GET", FINDINGS, Accept="text/csv")
    assert status == 200 and csv.count("\r\n") == 3

    assert owner.ask("POST", path + "/steps", {"to": "acknowledged"}, If_Match='"1"')[0] == 403
    assert owner.ask("POST", path + "/answers", {"to": "acknowledged"})[0] == 428
    status, told = answer(owner, story, "accepted_risk", reason="no money", until="2027-01-01T00:00:00Z")
    assert status == 409, told
    status, told = answer(owner, story, "claimed_fixed", reason="recursion is off")
    assert status == 200 and told["finding"]["version"] == 2, told
    status, told = answer(owner, story, "acknowledged")
    assert status == 412 and told["changes"] == [{"field": "state", "before": "open", "after": "claimed_fixed", "withheld": False}], told
    assert told["changed_by"] is None

    seen = analyst.done("GET", path)
    assert seen["steps"][0]["by"] == "example.owner" and seen["steps"][0]["reason"] == "recursion is off"
    ids = [finding["id"] for finding in analyst.done("GET", FINDINGS)["items"]]
    done = analyst.done("POST", FINDINGS + "/steps", {"ids": ids, "to": "false_positive", "reason": "a test of ours"})
    assert done["done"] == 3
    done = analyst.done("POST", FINDINGS + "/steps", {"ids": ids, "to": "acknowledged"})
    assert done["done"] == 0 and done["items"][0]["reason"].startswith("this step is not possible from its state")
    deeds = [entry["deed"] for entry in country.get("/api/v1/journal", subject=f"finding:{story['finding']['id']}")["items"]]
    assert deeds == ["finding.false_positive", "finding.claimed_fixed"]


def test_its_owner_is_told_what_to_do_and_answers_several_at_once(country: Running, reports: Reports) -> None:
    reports.day(1, FIRST, SECOND, "198.51.100.201")
    others = reports.finding("198.51.100.201", "open")["finding"]["id"]
    story = reports.finding(FIRST, "open")
    assert story["finding"]["title"]["en"] == "Open DNS resolver"
    assert [sorted(text) for text in (story["finding"]["title"], story["advice"]["what"], *story["advice"]["do"])] == [["en", "mk", "sq"]] * (2 + len(story["advice"]["do"]))
    assert "`allow-recursion`" in story["advice"]["do"][0]["sq"]

    owner = new_person(country, "example.owner", "constituent_member", organisation=id_of(country, HOSPITAL))
    ids = [finding["id"] for finding in owner.done("GET", FINDINGS)["items"]]
    assert owner.ask("POST", FINDINGS + "/steps", {"ids": ids, "to": "acknowledged"})[0] == 403
    done = owner.done("POST", FINDINGS + "/answers", {"ids": [*ids, others], "to": "claimed_fixed"})
    assert done["done"] == 2 and [item["state"] for item in done["items"]] == ["claimed_fixed", "claimed_fixed", None]
    assert country.get(f"{FINDINGS}/{others}")["finding"]["state"] == "open"
    assert owner.ask("POST", FINDINGS + "/answers", {"ids": ids, "to": "not_ours"})[0] == 422, "only with a reason"


def test_a_request_that_is_sent_again_is_one_step(country: Running, reports: Reports) -> None:
    reports.day(1, FIRST)
    path = f"{FINDINGS}/{reports.finding(FIRST, 'open')['finding']['id']}/steps"
    for _ in range(2):
        status, told, _ = country.ask("POST", path, {"to": "notified"}, If_Match='"1"', Idempotency_Key="once-and-no-more")
        assert status == 200 and told["finding"]["version"] == 2, told
