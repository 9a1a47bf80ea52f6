"""What the server answers is what api/openapi.yaml says, for every readable path, and bad input is refused as it says."""

import base64
import csv
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import time
import urllib.request
from typing import Any

import jsonschema
import pytest
import yaml
from proposing import organisation_of, propose
from reporting import Reports
from running import Running, wait_for
from signing_in import new_person
from test_mail import write
from traffic import exports
from traffic.flows import Flow

CONTRACT = yaml.safe_load((pathlib.Path(__file__).resolve().parents[2] / "api/openapi.yaml").read_text())


def resolved(part: Any) -> Any:
    """The part with each `$ref` written out."""
    if isinstance(part, dict):
        if "$ref" in part:
            found: Any = CONTRACT
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            return resolved(found)
        return {key: resolved(value) for key, value in part.items()}
    return [resolved(item) for item in part] if isinstance(part, list) else part


def check(path: str, method: str, status: int, body: Any) -> None:
    answers = resolved(CONTRACT["paths"][path][method]["responses"])
    assert str(status) in answers, f"{method} {path} answered {status}, which the contract does not know: {body}"
    for kind, content in answers[str(status)].get("content", {}).items():
        if kind == "application/json" or kind.endswith("+json"):
            jsonschema.Draft202012Validator(content["schema"], format_checker=jsonschema.FormatChecker()).validate(body)


@pytest.fixture
def seen(country: Running) -> Running:
    now = time.time()
    country.send(exports.v5([Flow("192.0.2.1", "198.51.100.7", first=now - 1, last=now)], now=now))
    wait_for(lambda: country.totals()["flows"], "a sighting is stored")
    return country


def test_every_readable_path_answers_as_the_contract_says(seen: Running, tmp_path: pathlib.Path) -> None:
    reports = Reports(seen, tmp_path)
    reports.day(1, "192.0.2.1")
    person = new_person(seen, "ana", "head_of_team", "administrator")
    bank = organisation_of(seen, "bank")
    owner = new_person(seen, "owner", "constituent_administrator", organisation=bank["id"])
    given = seen.data.parent / "given.csv"
    given.write_text("source.ip\n192.0.2.1\nno address\n")
    subprocess.run([seen.kula, "import", "--data", seen.data, given], check=True, timeout=60)
    delivery = seen.get("/api/v1/deliveries")["items"][0]["id"]
    incident = seen.ask("POST", "/api/v1/incidents", {"title": "Example", "class": "fraud", "type": "phishing", "severity": "low"})[1]["incident"]
    ids = {
        **{f"/api/v1/deliveries/{{id}}{of}": delivery for of in ("", "/quarantine", "/raw")},
        "/api/v1/proposals/{id}": propose(owner, bank, website="https://bank.example/")[1]["id"],
        "/api/v1/users/{id}": person.session["user"]["id"],
        "/api/v1/users/{id}/sessions": person.session["user"]["id"],
        "/api/v1/sightings/{id}": seen.get("/api/v1/sightings")["items"][0]["id"],
        "/api/v1/events/{id}": seen.get("/api/v1/events")["items"][0]["id"],
        "/api/v1/organisations/{id}": seen.get("/api/v1/organisations")["items"][0]["id"],
        **{f"/api/v1/organisations/{{id}}/{of}": bank["id"] for of in ("plain-mail", "webhook", "findings.atom", "findings.json")},
        "/api/v1/messages/{id}": write(seen, bank["id"], tlp="green")[0]["id"],
        "/api/v1/indicators/{id}": seen.get("/api/v1/indicators")["items"][0]["id"],
        "/api/v1/feeds/{id}": seen.ask("POST", "/api/v1/feeds", {"name": "example", "title": "Example", "kind": "push"})[1]["id"],
        "/api/v1/findings/{id}": reports.finding("192.0.2.1", "open")["finding"]["id"],
        **{f"/api/v1/incidents/{{id}}{of}": incident["id"] for of in ("", "/entries")},
        "/api/v1/reports/{id}": seen.ask("POST", "/api/v1/reports", {"text": "Look at 192.0.2.1"})[1]["report"]["id"],
    }
    for path in [path for path, item in CONTRACT["paths"].items() if "get" in item and path not in ("/api/v1/stream", "/api/v1/account/tokens")]:  # What is an organisation's: test_constituent_api
        status, body, _ = person.ask("GET", path.replace("{id}", ids.get(path, "")).replace("{name}", "urlhaus"))
        assert status == 200, (path, status, body)
        check(path, "get", status, body)
    assert seen.get("/api/v1/openapi.json")["paths"].keys() == CONTRACT["paths"].keys()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/v1/findings", "state=open,gone"), ("/api/v1/findings", "severity=grave"), ("/api/v1/findings", "sort=colour"),
        ("/api/v1/findings", "organisation=bank"), ("/api/v1/findings", "older_than_days=-1"), ("/api/v1/findings", "cursor=1.x"),
        ("/api/v1/findings/figures", "from=2026-02-01&to=2026-01-01"), ("/api/v1/findings/figures", "from=2020-01-01&to=2026-01-01"),
        ("/api/v1/sightings", "from=yesterday"), ("/api/v1/sightings", "port=65536"), ("/api/v1/sightings", "limit=0"),
        ("/api/v1/sightings", "limit=501"), ("/api/v1/sightings", "sort=colour"), ("/api/v1/sightings", "direction=up"),
        ("/api/v1/sightings", "cursor=%00%ff"), ("/api/v1/sightings", "address=not-one"), ("/api/v1/picture", "top=51"),
        ("/api/v1/events", "class=none-such"), ("/api/v1/events", "sort=%27%3B"), ("/api/v1/events", "cursor=%00%ff"), ("/api/v1/events/summary", "top=51"),
        ("/api/v1/deliveries", "state=lost"), ("/api/v1/deliveries", "sort=colour"), ("/api/v1/deliveries", "set_aside=perhaps"), ("/api/v1/deliveries", "cursor=0.1.x"),
        ("/api/v1/organisations", "sort=%27%3B"), ("/api/v1/organisations", "contacts=stale"), ("/api/v1/indicators", "kind=colour"), ("/api/v1/networks", "conflict=perhaps"),
    ],
)
def test_bad_queries_are_refused_with_a_reason(country: Running, path: str, query: str) -> None:
    status, body, _ = country.ask("GET", f"{path}?{query}")
    assert status == 422, body
    check(path, "get", status, body)


def test_what_is_not_there_is_not_found(country: Running) -> None:
    for path in ("/api/v1/sightings/{id}", "/api/v1/events/{id}", "/api/v1/organisations/{id}", "/api/v1/indicators/{id}", "/api/v1/deliveries/{id}"):
        status, body, _ = country.ask("GET", path.replace("{id}", "01930b2e-6c00-7000-8000-00000000ffff"))
        assert status == 404
        check(path, "get", status, body)


def test_an_organisation_lives_its_life(country: Running) -> None:
    one = "/api/v1/organisations/{id}"
    wanted = {
        "name": "Example School Riverside", "short_name": None, "sector": "education", "website": None, "notes": None, "tlp": "amber",
        "networks": [{"kind": "prefix", "value": "192.0.2.128/26"}], "contacts": [],
    }
    status, made, headers = country.ask("POST", "/api/v1/organisations", wanted)
    check("/api/v1/organisations", "post", status, made)
    assert status == 201
    path = f"/api/v1/organisations/{made['id']}"
    assert headers["Location"] == path

    assert country.ask("PUT", path, wanted)[0] == 428
    status, changed, headers = country.ask("PUT", path, {**wanted, "notes": "called"}, If_Match=headers["ETag"])
    check(one, "put", status, changed)
    assert (status, changed["notes"]) == (200, "called")
    assert country.ask("PUT", path, wanted, If_Match='"1"')[0] == 412
    status, refusal, _ = country.ask("POST", "/api/v1/organisations", wanted)
    check("/api/v1/organisations", "post", status, refusal)
    assert status == 409
    deed = "/api/v1/organisations/{id}/contacts/confirmation"
    status, refusal, _ = country.ask("POST", path + "/contacts/confirmation", {}, If_Match=headers["ETag"])
    check(deed, "post", status, refusal)
    assert status == 409, "there are none"
    wanted["contacts"] = [{"name": "Duty", "role": "duty", "email": "duty@school.example"}]
    _, changed, headers = country.ask("PUT", path, wanted, If_Match=headers["ETag"])
    status, confirmed, headers = country.ask("POST", path + "/contacts/confirmation", {}, If_Match=headers["ETag"])
    check(deed, "post", status, confirmed)
    assert (status, confirmed["contacts_freshness"], confirmed["version"]) == (200, "fresh", changed["version"])
    assert country.get("/api/v1/journal", deed="organisation.contacts_confirmed")["items"][0]["subject"] == f"organisation:{made['id']}"
    assert country.ask("DELETE", path, If_Match=headers["ETag"])[0] == 204
    assert country.ask("GET", path)[0] == 404


def test_all_that_is_wrong_with_a_body_is_told_at_once(country: Running) -> None:
    def faults(method: str, path: str, body: object, route: str | None = None, **headers: str) -> dict[str, str]:
        status, told, _ = country.ask(method, path, body, **headers)
        check(route or path, method.lower(), status, told)
        assert status == 422
        return {error["field"]: error["message"] for error in told["errors"]}

    wrong = {"size": "huge", "colour": "red", "networks": [{"kind": "as", "value": "AS64500", "name": "x"}], "contacts": [{"name": "", "role": "duty", "email": "nobody", "nick": "x"}]}
    of_organisation = {
        "name": "is required",
        "size": "must be micro, small, medium or large",
        "networks[0].name": "is unknown",
        "contacts[0].nick": "is unknown",
        "colour": "is unknown",
        "contacts[0].name": "is empty",
        "contacts[0].email": "is no mail address",
    }
    assert faults("POST", "/api/v1/organisations", wrong) == of_organisation
    _, made, _ = country.ask("POST", "/api/v1/organisations", {"name": "Example Water", "networks": [], "contacts": []})
    one = f"/api/v1/organisations/{made['id']}"
    assert faults("PUT", one, wrong, "/api/v1/organisations/{id}", If_Match='"1"') == of_organisation
    content = {"name": "", "entity_class": "essential", "website": "x", "networks": [], "contacts": []}
    assert set(faults("PUT", one, content, "/api/v1/organisations/{id}", If_Match='"1"')) == {"name", "website", "entity_class_reason"}

    _, team, headers = country.ask("GET", "/api/v1/team")
    told = faults("PUT", "/api/v1/team", {**team, "colour": "red", "phone": 7, "languages": ["mk", 7]}, If_Match=headers["ETag"])
    assert told == {"phone": "must be a text", "languages[1]": "must be a text", "colour": "is unknown"}
    told = faults("PUT", "/api/v1/team", {**team, "phone": "none", "email": "none", "country": "none"}, If_Match=headers["ETag"])
    assert set(told) == {"phone", "email", "country"}

    _, _, headers = country.ask("GET", "/api/v1/national-space")
    told = faults("PUT", "/api/v1/national-space", {"prefixes": ["192.0.2.0/24", 7], "as_numbers": [-1], "colour": "red"}, If_Match=headers["ETag"])
    assert told == {"prefixes[1]": "must be a text", "as_numbers[0]": "must be a whole number from 0 to 4294967295", "colour": "is unknown"}


def test_what_was_read_may_be_put_back_as_it_is(country: Running) -> None:
    contact = {"name": "Duty", "role": "duty", "email": "duty@water.example"}
    _, made, _ = country.ask("POST", "/api/v1/organisations", {"name": "Example Water North", "networks": [{"kind": "domain", "value": "north.example"}], "contacts": [contact]})
    for path in (f"/api/v1/organisations/{made['id']}", "/api/v1/team", "/api/v1/national-space"):
        _, read, headers = country.ask("GET", path)
        entries = len(country.get("/api/v1/journal")["items"])
        status, written, after = country.ask("PUT", path, read, If_Match=headers["ETag"])
        assert status == 200, written
        assert (written, after["ETag"]) == (read, headers["ETag"]), "the same is no change"
        assert len(country.get("/api/v1/journal")["items"]) == entries


def test_a_late_change_is_told_what_changed_meanwhile(country: Running) -> None:
    wanted = {"name": "Example Bank Lakeside", "networks": [], "contacts": []}
    _, made, _ = country.ask("POST", "/api/v1/organisations", wanted)
    path = f"/api/v1/organisations/{made['id']}"
    assert country.ask("PUT", path, {**wanted, "short_name": "EBL"}, If_Match='"1"')[0] == 200
    status, told, headers = country.ask("PUT", path, {**wanted, "notes": "mine"}, If_Match='"1"')
    check("/api/v1/organisations/{id}", "put", status, told)
    assert (status, headers["ETag"], told["current_etag"]) == (412, '"2"', '"2"')
    assert told["changes"] == [{"field": "short_name", "before": None, "after": "EBL", "withheld": False}]


def test_a_create_sent_again_with_its_key_makes_one(country: Running) -> None:
    wanted = {"name": "Example Power South", "networks": [], "contacts": []}
    answers = [country.ask("POST", "/api/v1/organisations", wanted, Idempotency_Key='"one"') for _ in range(2)]
    assert [status for status, _, _ in answers] == [201, 201]
    assert answers[0][1] == answers[1][1]
    assert answers[1][2]["Idempotency-Replayed"] == "true"
    status, refusal, _ = country.ask("POST", "/api/v1/organisations", {**wanted, "name": "Example Power North"}, Idempotency_Key='"one"')
    check("/api/v1/organisations", "post", status, refusal)
    assert status == 422


def test_a_list_comes_whole_as_csv_and_as_json_lines(country: Running) -> None:
    country.import_indicators([f"198.51.{i // 250}.{i % 250}" for i in range(1200)])
    def taken(kind: str) -> tuple[str, str]:
        headers = {"Authorization": f"Bearer {country.token}", "Accept": kind}
        with urllib.request.urlopen(urllib.request.Request(country.base + "/api/v1/indicators?fields=value,kind", headers=headers), timeout=60) as answer:
            return answer.read().decode("utf-8-sig"), answer.headers["Content-Disposition"]
    lines, name = taken("application/jsonl")
    assert name == 'attachment; filename="indicators.jsonl"'
    values = {json.loads(line)["value"] for line in lines.splitlines()}
    rows = list(csv.DictReader(io.StringIO(taken("text/csv")[0])))
    assert rows[0].keys() == {"value", "kind"}
    assert {row["value"] for row in rows} == values
    assert len(rows) == len(values) >= 1200


def test_rows_of_organisations_are_what_the_import_reads(country: Running) -> None:
    shipped = (pathlib.Path(__file__).resolve().parents[2] / "data/demo/organisations.csv").read_text()
    before = country.import_organisations(shipped)
    assert before["skipped"] == 0 and before["created"] > 30
    path = "/api/v1/organisations/rows"
    _, table, _ = country.ask("GET", path, Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert any(row["contact_phone"].startswith("'+") for row in rows), "guarded from spreadsheets"
    assert any("BEGIN PGP PUBLIC KEY BLOCK" in row["contact_pgp_key"] for row in rows)
    dry = f"{path.removesuffix('/rows')}/import?dry_run=true"
    again = country.change("POST", dry, table, "text/csv")
    assert (again["unknown_columns"], again["skipped"], again["created"], again["updated"]) == ([], 0, 0, 0), [row for row in again["rows"] if row["outcome"] != "unchanged"]
    assert again["unchanged"] == len(rows)
    changed = country.change("POST", dry, table.replace("soc@bank.example", "duty@bank.example"), "text/csv")
    assert (changed["updated"], changed["unchanged"]) == (1, len(rows) - 1)


def test_the_contract_can_be_read_without_signing_in(country: Running) -> None:
    with urllib.request.urlopen(country.base + "/api/v1/docs", timeout=30) as answer:
        page, policy = answer.read().decode(), answer.headers["Content-Security-Policy"]
    assert "<script" not in page
    style = page[page.index("<style>") + 7:page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    names = [operation["operationId"] for item in CONTRACT["paths"].values() for method, operation in item.items() if method != "parameters"]
    assert all(f'id="{name}"' in page for name in names)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"deprecated": True, "x-deprecated": "2026-11-01", "x-sunset": "2027-06-01"}, '"@1793491200", "Tue, 01 Jun 2027 00:00:00 GMT"'),
        ({"deprecated": True, "x-deprecated": "2026-11-01"}, '"@1793491200", ""'),
        ({}, 'false, "", ""'),
        ({"deprecated": True}, "GET /old: what is deprecated says since when: x-deprecated"),
        ({"deprecated": True, "x-deprecated": "2026-11-01", "x-sunset": "2026-10-01"}, "GET /old: x-sunset is before x-deprecated"),
        ({"x-sunset": "2027-06-01"}, "GET /old: x-deprecated and x-sunset belong to what is deprecated: true"),
        ({"x-permission": "nobody.knows"}, "GET /old: x-permission is nobody.knows, which the roles do not know"),
    ],
)
def test_an_operation_that_will_go_says_since_when(tmp_path: pathlib.Path, said: dict[str, Any], outcome: str) -> None:
    operation = {"tags": ["old"], "operationId": "read_old", "summary": "Old", "x-permission": "public", "responses": {"200": {"description": "It"}}, **said}
    contract = {
        "info": {"title": "Test", "version": "1", "summary": "A test", "description": "A test"},
        "tags": [{"name": "old", "description": "Old"}], "paths": {"/old": {"get": operation}}, "components": {"schemas": {}},
    }
    (tmp_path / "openapi.yaml").write_text(yaml.safe_dump(contract))
    (tmp_path / "roles.json").write_text('{"permissions": {}, "roles": []}')
    embed = pathlib.Path(__file__).resolve().parents[2] / "src/doors/api/embed_contract.py"
    done = subprocess.run([sys.executable, "-B", embed, "openapi.yaml", "roles.json", "contract.cpp"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert outcome in (done.stderr if done.returncode else (tmp_path / "contract.cpp").read_text()), done.stderr


def test_another_sites_page_may_not_change_anything(country: Running) -> None:
    status, _, _ = country.ask("POST", "/api/v1/organisations", {"name": "x"}, Origin="https://elsewhere.example")
    assert status == 403
    status, _, _ = country.ask("GET", "/api/v1/status", Host="elsewhere.example")
    assert status in (403, 421)


def test_pages_of_a_list_follow_each_other_without_gap_or_repeat(country: Running) -> None:
    country.import_indicators([f"198.51.100.{i}" for i in range(1, 101)])
    seen, cursor = [], None
    while True:
        page = country.get("/api/v1/indicators", limit=7, sort="value", **({"cursor": cursor} if cursor else {}))
        seen += [item["value"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    active = [item["value"] for item in country.get("/api/v1/indicators", limit=500, sort="value")["items"]]
    assert seen == active


def test_news_arrive_by_themselves(country: Running) -> None:
    asked = urllib.request.Request(country.base + "/api/v1/stream", headers={"Authorization": f"Bearer {country.token}"})
    with urllib.request.urlopen(asked, timeout=30) as stream:
        now = time.time()
        country.send(exports.v5([Flow("192.0.2.1", "198.51.100.7", first=now - 1, last=now)], now=now))
        for line in stream:
            if line.strip() == b"event: sightings":
                news = json.loads(next(stream).decode().removeprefix("data: "))
                break
    assert news["flows"]["outbound"] == 1
    assert country.ask("GET", f"/api/v1/sightings/{news['ids'][0]}")[0] == 200
