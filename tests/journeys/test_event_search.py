"""Reports that were imported are found again: by ends, names, tags and texts, summed, whole, as files, and by whom they concern."""

import csv
import io
import json
import pathlib
import subprocess

from importing import PATIENCE
from running import Running
from signing_in import new_person

HEADER = "timestamp,severity,ip,port,protocol,asn,geo,hostname,tag,dns_version\n"
NAME = "2026-01-31-scan_dns-example.csv"


def told(country: Running, name: str, content: str, *more: str) -> dict:
    file = country.data.parent / name
    file.write_text(content)
    done = subprocess.run([country.kula, "import", file, "--data", country.data, *more], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def resolver(minute: int, address: str, tag: str = "openresolver", version: str = "dnsmasq 2.85") -> str:
    shown = version.replace('"', '""')
    return f'"2026-01-31 10:{minute:02}:00",medium,{address},53,udp,64500,MK,ns{minute}.elsewhere.example,{tag},"{shown}"\n'


def fill(country: Running) -> dict:
    return told(country, NAME, HEADER + resolver(1, "192.0.2.7") + resolver(2, "192.0.2.70", "openresolver;recursive") + resolver(3, "2001:db8:1::7", version='=HYPERLINK("x")') + resolver(4, "203.0.113.9"))


def addresses(running: Running, **query: object) -> list[str]:
    return [event["source_address"] for event in running.get("/api/v1/events", **query)["items"]]


def test_what_was_imported_is_found(country: Running) -> None:
    assert fill(country)["events"] == 4
    assert addresses(country) == ["203.0.113.9", "2001:db8:1::7", "192.0.2.70", "192.0.2.7"]
    assert addresses(country, sort="time", limit=1) == ["192.0.2.7"]
    bank = next(each["id"] for each in country.get("/api/v1/organisations")["items"] if "Bank" in each["name"])
    of_bank = ["2001:db8:1::7", "192.0.2.70"]
    assert addresses(country, organisation=bank) == of_bank
    assert addresses(country, address="192.0.2.64/26") == ["192.0.2.70"]
    assert addresses(country, address="2001:db8:1::/48") == ["2001:db8:1::7"]
    assert addresses(country, tag="recursive") == ["192.0.2.70"]
    assert addresses(country, search="hyperlink") == ["2001:db8:1::7"]
    assert addresses(country, domain="ns3.elsewhere.example") == ["2001:db8:1::7"]
    assert len(addresses(country, domain="elsewhere.example", asn=64500, port=53, country="MK")) == 4
    assert addresses(country, organisation="none") == ["203.0.113.9"]
    assert addresses(country, to="2026-01-31T10:02:00Z") == ["192.0.2.7"]


def test_every_number_leads_to_its_list(country: Running) -> None:
    fill(country)
    summary = country.get("/api/v1/events/summary")
    assert (summary["total"], summary["more"], summary["counted"]) == (4, False, 4)
    names = {"organisations": "organisation", "classes": "class", "types": "type", "severities": "severity", "feeds": "feed", "as_numbers": "asn", "countries": "country", "ports": "port"}
    for facet, name in names.items():
        assert summary["facets"][facet], facet
        for value in summary["facets"][facet]:
            assert len(addresses(country, **{name: value["key"]})) == value["events"], (facet, value)


def test_one_event_tells_where_it_comes_from(country: Running) -> None:
    report = fill(country)
    [event] = country.get("/api/v1/events", address="192.0.2.7")["items"]
    detail = country.get(f"/api/v1/events/{event['id']}")
    assert (event["row"], event["network"]) == (1, "192.0.2.0/26")
    assert detail["organisation"]["name"] == "Example Hospital Lakeside"
    assert detail["fields"]["source.ip"] == "192.0.2.7"
    assert detail["lineage"] == f"delivery:{event['delivery']}"
    assert len(country.get("/api/v1/events", delivery=event["delivery"])["items"]) == report["events"]


def test_a_file_holds_what_the_list_does_and_no_formula(country: Running) -> None:
    fill(country)
    told(country, "plain.csv", 'source.ip,classification.type,malware.name\n192.0.2.9,infected-system,=cmd\n')
    status, text, _ = country.ask("GET", "/api/v1/events?address=192.0.2.0/24", Accept="text/csv")
    assert status == 200
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert {row["source_address"] for row in rows} == {"192.0.2.7", "192.0.2.9", "192.0.2.70"}
    assert {row["malware"] for row in rows} == {"", "'=cmd"}
    lines = subprocess.run(["curl", "--silent", "--fail", "--header", f"Authorization: Bearer {country.token}", "--header", "Accept: application/jsonl", f"{country.base}/api/v1/events?fields=id,type"], capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert [set(json.loads(line)) for line in lines.stdout.splitlines()] == [{"id", "type"}] * 5


def test_a_constituent_finds_its_own(country: Running) -> None:
    fill(country)
    hospital, bank = sorted(country.get("/api/v1/organisations")["items"], key=lambda each: "Bank" in each["name"])
    owner = new_person(country, "owner", "constituent_member", organisation=hospital["id"])
    found = owner.done("GET", "/api/v1/events")["items"]
    assert [(event["source_address"], event["feed"], event["delivery"]) for event in found] == [("192.0.2.7", None, None)]
    assert owner.done("GET", "/api/v1/events/summary")["total"] == 1
    for query in (f"organisation={bank['id']}", "address=192.0.2.70", "tag=recursive", "organisation=none"):
        assert owner.done("GET", f"/api/v1/events?{query}")["items"] == [], query
    for query in ("search=hyperlink", "feed=shadowserver"):
        assert owner.ask("GET", f"/api/v1/events?{query}")[0] == 422, query
    [others] = country.get("/api/v1/events", address="192.0.2.70")["items"]
    assert owner.ask("GET", f"/api/v1/events/{others['id']}")[0] == 404


def test_what_was_found_is_found_after_a_restart(country: Running) -> None:
    fill(country)
    country.kill()
    country.start()
    assert addresses(country, address="192.0.2.64/26") == ["192.0.2.70"]


def test_kula_api_knows_events(country: Running, tmp_path: pathlib.Path) -> None:
    fill(country)
    token = tmp_path / "token"
    token.write_text(country.token)
    token.chmod(0o600)
    done = subprocess.run([country.kula, "api", "events", "list", "--address", "192.0.2.0/24", "--format", "jsonl", "--server", country.base, "--token-file", token], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["source_address"] for line in done.stdout.splitlines()] == ["192.0.2.70", "192.0.2.7"]
