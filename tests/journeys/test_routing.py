"""Who would be told of which findings: rules are changed as a whole, and planned with before anything is sent."""

import pathlib

import pytest
from reporting import Reports
from running import Running, wait_for
from test_findings import FIRST, HOSPITAL, SECOND, id_of

ROUTING, PLAN = "/api/v1/routing", "/api/v1/routing/plan"
CONTACT = {"name": "Duty", "role": "duty", "email": "duty@hospital.example", "languages": ["mk"]}


@pytest.fixture
def told(country: Running, tmp_path: pathlib.Path) -> Running:
    """Two open findings at a hospital that can be told."""
    country.set_national_space("192.0.2.0/24", "198.51.100.0/24")
    Reports(country, tmp_path).day(1, FIRST, SECOND)
    path = f"/api/v1/organisations/{id_of(country, HOSPITAL)}"
    _, read, headers = country.ask("GET", path)
    status, answer, _ = country.ask("PUT", path, {**read, "contacts": [CONTACT]}, If_Match=headers["ETag"])
    assert status == 200, answer
    wait_for(lambda: plan(country)["findings"] == 2, "both are followed")
    return country


def plan(country: Running, **query: object) -> dict:
    status, answer, _ = country.ask("POST", PLAN, query)
    assert status == 200, answer
    return answer


def test_the_shipped_rules_plan_one_message_for_an_organisation(told: Running) -> None:
    whole = plan(told)
    (message,) = whole["messages"]
    assert (whole["to_tell"], whole["message_total"], whole["not_told"]) == (2, 1, [])
    assert (message["organisation"]["name"], message["deed"], message["findings"]) == (HOSPITAL, "tell", 2)
    assert message["recipients"] == [{"name": "Duty", "role": "duty", "email": "duty@hospital.example", "language": "mk", "encrypts_by": None}]
    assert {each["why"] for each in message["samples"]} == {"is_new"}
    assert message["channels"] == ["mail", "webhook"]
    assert message["rule"]["number"] == 2, "an open resolver is of high severity"


def test_rules_are_tried_before_they_are_kept(told: Running) -> None:
    _, routing, headers = told.ask("GET", ROUTING)
    assert routing["version"] == 0
    quiet = {**routing["rules"][0], "name": {"en": "Quiet"}, "when": {"organisations": [id_of(told, HOSPITAL)]}, "tells": False}
    draft = {"rules": [quiet, *routing["rules"]]}
    tried = plan(told, routing=draft)
    assert tried["messages"] == []
    assert [(each["why"], each["findings"], each["rule"]["name"]["en"]) for each in tried["not_told"]] == [("suppressed", 2, "Quiet")]
    assert plan(told)["to_tell"] == 2, "nothing was kept"
    status, _, _ = told.ask("PUT", ROUTING, draft, If_Match=headers["ETag"])
    assert status == 200
    assert plan(told)["to_tell"] == 0
    assert told.ask("PUT", ROUTING, draft, If_Match=headers["ETag"])[0] == 412
    (entry,) = [each for each in told.get("/api/v1/journal")["items"] if each["deed"] == "routing.changed"]
    assert entry["subject"] == "routing:rules"


# Working days of one minute: whatever the clock of this machine shows, a message waits.
MINUTE = {"calendar": "mk", "working": {"from": "00:00", "until": "00:01"}, "quiet": None}


def test_a_message_that_waits_says_until_when_and_for_what(told: Running) -> None:
    _, routing, headers = told.ask("GET", ROUTING)
    rules = [{**each, "leaves": "in_working_hours", "counts": "working_days"} for each in routing["rules"]]
    waiting = {"rules": rules, "hours": MINUTE}
    tried = plan(told, routing=waiting)
    (message,) = tried["messages"]
    assert (tried["to_tell"], tried["waiting"]) == (2, 2)
    assert message["waits"]["until"] > tried["at"]
    assert message["waits"]["because"] == "in_working_hours"
    (at_once,) = plan(told, routing={**waiting, "rules": [{**each, "leaves": "at_once"} for each in rules]})["messages"]
    assert at_once["waits"] is None
    status, kept, _ = told.ask("PUT", ROUTING, waiting, If_Match=headers["ETag"])
    assert (status, kept["hours"], kept["rules"][0]["leaves"]) == (200, MINUTE, "in_working_hours")
    assert plan(told)["waiting"] == 2


def test_rules_wait_for_hours_that_there_are(country: Running) -> None:
    _, routing, headers = country.ask("GET", ROUTING)
    assert routing["hours"] is None
    rule = {**routing["rules"][0], "leaves": "outside_quiet_hours", "counts": "working_days"}
    for hours, fields in (
        (None, {"rules[0].leaves", "rules[0].counts"}),
        (MINUTE, {"rules[0].leaves"}),
        ({**MINUTE, "calendar": "xx", "quiet": {"from": "22:00", "until": "22:00"}}, {"hours.calendar", "hours.quiet.until"}),
        ({**MINUTE, "working": {"from": "8", "until": "25:00"}}, {"hours.working.from", "hours.working.until"}),
    ):
        status, answer, _ = country.ask("PUT", ROUTING, {"rules": [rule], "hours": hours}, If_Match=headers["ETag"])
        assert (status, {each["field"] for each in answer["errors"]}) == (422, fields)


def test_what_came_lately_may_be_planned_alone(told: Running) -> None:
    assert plan(told, received_since="2026-01-01T00:00:00Z")["findings"] == 2
    assert plan(told, received_since="2099-01-01T00:00:00Z")["findings"] == 0
    status, answer, _ = told.ask("POST", PLAN, {"received_since": "yesterday"})
    assert (status, answer["errors"][0]["field"]) == (422, "received_since")


def test_all_that_is_wrong_with_rules_is_told_at_once(country: Running) -> None:
    _, routing, headers = country.ask("GET", ROUTING)
    rule = routing["rules"][0]
    shapeless = {"rules": [{**rule, "tells": "yes", "together": "all", "remind_after_days": 0, "when": {"severity_at_least": "huge", "moon": 1}}]}
    for method, path, body in (("PUT", ROUTING, shapeless), ("POST", PLAN, {"routing": shapeless})):
        status, answer, _ = country.ask(method, path, body, If_Match=headers["ETag"])
        assert status == 422
        assert {each["field"] for each in answer["errors"]} == {
            f"rules[0].{field}" for field in ("tells", "together", "remind_after_days", "when.severity_at_least", "when.moon")}
    unruly = {"rules": [{**rule, "name": {}, "roles": ["king"], "when": {"types": ["rain"]}, "ladder": [{"after_days": 2, "side": "parent", "role": "king"}]}]}
    status, answer, _ = country.ask("PUT", ROUTING, unruly, If_Match=headers["ETag"])
    assert status == 422
    assert {each["field"] for each in answer["errors"]} == {f"rules[0].{field}" for field in ("name", "roles[0]", "when.types[0]", "ladder[0].role")}


def test_who_answers_for_a_sector_stands_with_the_rules(told: Running) -> None:
    _, routing, headers = told.ask("GET", ROUTING)
    assert routing["authorities"] == []
    authority = {"sector": "energy", "organisation": id_of(told, HOSPITAL)}
    for entry, field in (({**authority, "sector": "clouds"}, "authorities[0].sector"), ({**authority, "organisation": ""}, "authorities[0].organisation")):
        status, answer, _ = told.ask("PUT", ROUTING, {**routing, "authorities": [entry]}, If_Match=headers["ETag"])
        assert (status, [each["field"] for each in answer["errors"]]) == (422, [field])
    status, kept, _ = told.ask("PUT", ROUTING, {**routing, "authorities": [authority]}, If_Match=headers["ETag"])
    assert (status, kept["authorities"]) == (200, [authority])
    (entry,) = [each for each in told.get("/api/v1/journal")["items"] if each["deed"] == "routing.changed"]
    assert "authorities" in str(entry)


def test_what_was_read_may_be_put_back_as_it_is(country: Running) -> None:
    _, routing, headers = country.ask("GET", ROUTING)
    status, written, after = country.ask("PUT", ROUTING, routing, If_Match=headers["ETag"])
    assert (status, written, after["ETag"]) == (200, routing, headers["ETag"]), "the same is no change"
