"""What the server answers is what api/openapi.yaml says, for every readable path, and bad input is refused as it says."""

import json
import pathlib
import time
import urllib.request
from typing import Any

import jsonschema
import pytest
import yaml
from running import Running, wait_for
from signing_in import new_person
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
        if "json" in kind:
            jsonschema.Draft202012Validator(content["schema"], format_checker=jsonschema.FormatChecker()).validate(body)


@pytest.fixture
def seen(country: Running) -> Running:
    now = time.time()
    country.send(exports.v5([Flow("192.0.2.1", "198.51.100.7", first=now - 1, last=now)], now=now))
    wait_for(lambda: country.totals()["flows"], "a sighting is stored")
    return country


def test_every_readable_path_answers_as_the_contract_says(seen: Running) -> None:
    person = new_person(seen, "ana", "head_of_team", "administrator")
    ids = {
        "/api/v1/users/{id}": person.session["user"]["id"],
        "/api/v1/users/{id}/sessions": person.session["user"]["id"],
        "/api/v1/sightings/{id}": seen.get("/api/v1/sightings")["items"][0]["id"],
        "/api/v1/organisations/{id}": seen.get("/api/v1/organisations")["items"][0]["id"],
        "/api/v1/indicators/{id}": seen.get("/api/v1/indicators")["items"][0]["id"],
    }
    for path in [path for path, item in CONTRACT["paths"].items() if "get" in item and path != "/api/v1/stream"]:
        status, body, _ = person.ask("GET", path.replace("{id}", ids.get(path, "")))
        assert status == 200, (path, status, body)
        check(path, "get", status, body)
    assert seen.get("/api/v1/openapi.json")["paths"].keys() == CONTRACT["paths"].keys()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/v1/sightings", "from=yesterday"), ("/api/v1/sightings", "port=65536"), ("/api/v1/sightings", "limit=0"),
        ("/api/v1/sightings", "limit=501"), ("/api/v1/sightings", "sort=colour"), ("/api/v1/sightings", "direction=up"),
        ("/api/v1/sightings", "cursor=%00%ff"), ("/api/v1/sightings", "address=not-one"), ("/api/v1/picture", "top=51"),
        ("/api/v1/organisations", "sort=%27%3B"), ("/api/v1/indicators", "kind=colour"), ("/api/v1/networks", "conflict=perhaps"),
    ],
)
def test_bad_queries_are_refused_with_a_reason(country: Running, path: str, query: str) -> None:
    status, body, _ = country.ask("GET", f"{path}?{query}")
    assert status == 422, body
    check(path, "get", status, body)


def test_what_is_not_there_is_not_found(country: Running) -> None:
    for path in ("/api/v1/sightings/{id}", "/api/v1/organisations/{id}", "/api/v1/indicators/{id}"):
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
    assert country.ask("DELETE", path, If_Match=headers["ETag"])[0] == 204
    assert country.ask("GET", path)[0] == 404


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
