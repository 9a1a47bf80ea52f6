"""What could not be understood of a delivery is told, mended and read again, through the API of a running server."""

import json
import urllib.request

import pytest
from importing import SCAN_DNS, Intake, counts, report, rows
from running import Running, wait_for
from signing_in import new_person

ALL = "/api/v1/deliveries"
BROKEN = "seen;who;door\n2026-01-31T10:00:00Z;192.0.2.7;22\n2026-01-31T10:00:01Z;host 192.0.2.8;22\n31 of January;192.0.2.9;23\n"
SENSOR = {
    "name": "example-bank-sensor",
    "reads": {"form": "csv", "delimiter": ";"},
    "needed": ["seen", "who"],
    "set": {"classification.type": "brute-force"},
    "columns": {"seen": "time.source: moment", "who": "source.ip", "door": "destination.port: port"},
}
MENDED = {**SENSOR, "needed": ["who"], "columns": {**SENSOR["columns"], "who": {"to": "source.ip", "pattern": "([0-9.]+)$"}}}


@pytest.fixture
def intake(country: Running) -> Intake:
    intake = Intake(country.kula, country.data.parent)
    intake.data = country.data
    return intake


def delivery(country: Running, name: str) -> dict:
    """The one of this name, once it is read; all its rows are accounted for."""
    found = wait_for(lambda: [one for one in country.get(ALL, search=name)["items"] if one["state"] != "stored"], f"{name} is read")
    assert len(found) == 1
    assert found[0]["rows"] == sum(counts(found[0])[1:]), found[0]
    return found[0]


def test_a_mended_mapping_empties_the_quarantine(country: Running, intake: Intake) -> None:
    intake.write("sensor.json", json.dumps(SENSOR))
    assert intake.take("broken.csv", BROKEN, "--mapping", "sensor.json")["quarantined"] == 2
    before = delivery(country, "broken.csv")
    assert counts(before) == (3, 1, 0, 2)
    assert country.get(ALL, set_aside="true")["totals"]["quarantined"] == 2
    of = f"{ALL}/{before['id']}"
    set_aside = country.get(of + "/quarantine")["items"]
    assert [(row["line"], row["reason"], row["raw"]) for row in set_aside] == [
        (3, "who: is missing or cannot be read", "2026-01-31T10:00:01Z;host 192.0.2.8;22"),
        (4, "seen: is missing or cannot be read", "31 of January;192.0.2.9;23")]
    assert json.loads(country.get(of)["mapping"]["text"]) == SENSOR

    faulty = {**MENDED, "colour": 1, "columns": {"who": "source.colour"}}
    status, refused, _ = country.ask("POST", of + "/read-again", {"mapping": json.dumps(faulty)})
    assert status == 422 and {error["field"] for error in refused["errors"]} == {"mapping.colour", "mapping.columns.who"}
    assert counts(delivery(country, "broken.csv")) == (3, 1, 0, 2), "a faulty one changes nothing"

    status, tried, _ = country.ask("POST", "/api/v1/mappings/try", {"mapping": json.dumps(MENDED), "delivery": before["id"]})
    assert (status, tried["rows"], tried["quarantined"], tried["events"]) == (200, 3, 0, 3)
    assert len(intake.events()) == 1, "nothing is kept of a trial"

    assert country.ask("POST", of + "/read-again", {"mapping": json.dumps(MENDED)})[0] == 202
    after = delivery(country, "broken.csv")
    assert counts(after) == (3, 2, 1, 0)
    assert country.get(of + "/quarantine")["items"] == [] and intake.quarantined() == []
    assert {fields["source.ip"] for fields in intake.fields()} == {"192.0.2.7", "192.0.2.8", "192.0.2.9"}
    assert country.ask("POST", of + "/read-again", {})[0] == 409
    told = country.get("/api/v1/journal", subject=f"delivery:{before['id']}")["items"]
    assert [(entry["deed"], entry["before"]["quarantined"]) for entry in told] == [("delivery.read_again", 2)]


def test_what_was_begun_again_is_read_on_after_a_crash(country: Running, intake: Intake) -> None:
    many = report(*range(1, 6000)) + rows(1).replace("192.0.2.2", "no address")
    assert intake.take(SCAN_DNS, many)["quarantined"] == 1
    one = delivery(country, SCAN_DNS)
    assert country.ask("POST", f"{ALL}/{one['id']}/read-again", {})[0] == 202
    country.kill()
    country.start()
    after = delivery(country, SCAN_DNS)
    assert (after["rows"], after["quarantined"]) == (one["rows"], 1)
    assert len(intake.events()) == 5999, "none is lost, none is there twice"


def test_the_bytes_come_back_as_they_came_and_stand_in_the_trail(country: Running, intake: Intake) -> None:
    content = b"source.ip\n192.0.2.1\n\xff\x00;\n"
    intake.take("raw.csv", content)
    one = delivery(country, "raw.csv")
    request = urllib.request.Request(f"{country.base}{ALL}/{one['id']}/raw", headers={"Authorization": f"Bearer {country.token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.read() == content
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="raw.csv"')
    assert [entry["deed"] for entry in country.get("/api/v1/journal", subject=f"delivery:{one['id']}")["items"]] == ["delivery.taken_out"]
    _, csv, _ = country.ask("GET", ALL, Accept="text/csv")
    assert "raw.csv" in csv


def test_deliveries_are_the_teams(country: Running, intake: Intake) -> None:
    intake.take("secret.csv", "source.ip\n192.0.2.1\nno\n")
    one = delivery(country, "secret.csv")
    organisation = country.get("/api/v1/organisations")["items"][0]["id"]
    for role in ("constituent_administrator", "constituent_member", "partner"):
        person = new_person(country, "example." + role.replace("_", "."), role, organisation=organisation)
        for path in ("", "/sources", f"/{one['id']}", f"/{one['id']}/quarantine", f"/{one['id']}/raw"):
            status, body, _ = person.ask("GET", ALL + path)
            assert status == 403 and "secret" not in str(body)
    auditor = new_person(country, "example.auditor", "auditor")
    assert auditor.ask("GET", f"{ALL}/{one['id']}")[0] == 200
    assert auditor.ask("POST", f"{ALL}/{one['id']}/read-again", {})[0] == 403


def test_figures_tell_what_is_set_aside(country: Running, intake: Intake) -> None:
    intake.take("some.csv", "source.ip\n192.0.2.1\nno\n")
    figures = dict(line.rsplit(" ", 1) for line in country.get("/metrics").splitlines() if line and line[0] != "#")
    assert (figures["kula_deliveries"], figures["kula_delivery_rows"], figures["kula_quarantined_rows"]) == ("1", "2", "1")
