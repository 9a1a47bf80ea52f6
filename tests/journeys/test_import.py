"""Reports and feeds become events: `kula import` and `kula export`, as they are typed."""

import base64
import contextlib
import csv
import gzip
import hashlib
import io
import json
import pathlib
import sqlite3
import subprocess
import zipfile

import pytest
from importing import HEADER, PATIENCE, SCAN_DNS, Intake, cells, counts, line, report, rows
from running import Running, serving, wait_for

PLAIN = "source.ip,source.port,classification.type,time.source\n"
SENSOR = {
    "name": "example-bank-sensor",
    "reads": {"form": "csv", "delimiter": ";"},
    "needed": ["seen", "who"],
    "set": {"classification.type": "brute-force", "protocol.transport": "tcp"},
    "columns": {"seen": "time.source: moment", "who": "source.ip: address", "door": "destination.port: integer"},
}


@pytest.fixture
def intake(kula: pathlib.Path, tmp_path: pathlib.Path) -> Intake:
    return Intake(kula, tmp_path)


def plain(host: int, more: str = "") -> str:
    return PLAIN + f"192.0.2.{host},40000,scanner,2026-01-31T10:00:00Z{more}\n"


def test_every_row_of_every_file_is_accounted_for(intake: Intake) -> None:
    intake.write(SCAN_DNS, report(1, 2, 2) + rows(3).replace("192.0.2.4", "no address"))
    intake.write("plain.csv", plain(200))
    status, told = intake.read(SCAN_DNS, "plain.csv")
    assert (status, intake.said) == (0, "")
    assert [counts(each) for each in told] == [(4, 2, 1, 1), (1, 1, 0, 0)]
    assert told[0] == {
        "file": SCAN_DNS, "sha256": hashlib.sha256((intake.folder / SCAN_DNS).read_bytes()).hexdigest(), "format": "shadowserver/scan_dns",
        "rows": 4, "accepted": 2, "duplicates": 1, "quarantined": 1, "events": 2, "complete": True}
    assert told[1]["format"] == "csv"
    assert len(intake.events()) == 3
    assert intake.blobs() == {each["sha256"]: (intake.folder / each["file"]).read_bytes() for each in told}


def test_a_file_that_cannot_be_read_or_is_refused_does_not_hide_the_next(intake: Intake) -> None:
    intake.write("2026-01-31-scan_ntp-example.csv", "<!DOCTYPE html>\n<html><body>try again later</body></html>\n")
    intake.write(SCAN_DNS, report(1))
    status, told = intake.read("missing.csv", "2026-01-31-scan_ntp-example.csv", ".", SCAN_DNS)
    assert status == 1
    assert [(each["file"], counts(each), "reason" in each) for each in told] == [("2026-01-31-scan_ntp-example.csv", (0, 0, 0, 0), True), (SCAN_DNS, (1, 1, 0, 0), False)]
    assert all(f"kula import: {name}: " in intake.said for name in ("missing.csv", "2026-01-31-scan_ntp-example.csv", "."))
    assert len(intake.said.splitlines()) == 3
    assert len(intake.events()) == 1


@pytest.mark.parametrize("words", [(), ("--format", "xml", "plain.csv"), ("--colour", "plain.csv"), ("--mapping",)])
def test_wrong_usage(intake: Intake, words: tuple[str, ...]) -> None:
    intake.write("plain.csv", plain(1))
    assert intake.read(*words) == (2, [])
    assert intake.said
    assert not intake.data.exists()


def test_the_data_folder_is_made(intake: Intake) -> None:
    intake.data = intake.folder / "not" / "yet"
    assert counts(intake.take("plain.csv", plain(1))) == (1, 1, 0, 0)
    assert intake.data.is_dir() and intake.data.stat().st_mode & 0o077 == 0
    assert len(intake.events()) == 1


def test_a_file_that_comes_again_doubles_nothing(intake: Intake) -> None:
    content = report(1, 2) + rows(3).replace("192.0.2.4", "no address")
    assert counts(intake.take(SCAN_DNS, content)) == (3, 2, 0, 1)
    for name in (SCAN_DNS, "2026-01-31-scan_dns-renamed.csv"):
        again = intake.take(name, content)
        assert (counts(again), again["events"]) == ((3, 0, 2, 1), 0)
    longer = intake.take(SCAN_DNS, content + rows(4))
    assert (counts(longer), longer["events"]) == ((4, 1, 2, 1), 1)
    assert len(intake.events()) == 3


def test_one_happening_told_by_two_sources_is_one_event(intake: Intake) -> None:
    assert counts(intake.take("one.csv", plain(1), "--source", "example-one", "--format", "csv")) == (1, 1, 0, 0)
    more = PLAIN.replace("\n", ",comment\n") + "192.0.2.1,40000,scanner,2026-01-31T10:00:00Z,seen by another\n192.0.2.2,40000,scanner,2026-01-31T10:00:00Z,\n"
    assert counts(intake.take("two.csv", more, "--source", "example-two", "--format", "csv")) == (2, 1, 1, 0)
    assert [(event["source"], event["fields"]["source.ip"]) for event in intake.events()] == [("example-one", "192.0.2.1"), ("example-two", "192.0.2.2")]
    # Whoever tells of it twice with other details is believed.
    assert counts(intake.take("three.csv", more, "--source", "example-one", "--format", "csv")) == (2, 1, 1, 0)


def test_the_same_happening_at_another_port_second_or_of_another_type_is_another(intake: Intake) -> None:
    intake.take("one.csv", plain(1), "--source", "example-one", "--format", "csv")
    others = [plain(1).replace(*change) for change in (("40000", "40001"), ("10:00:00", "10:00:01"), ("scanner", "brute-force"), ("192.0.2.1", "2001:db8::1"))]
    told = intake.take("two.csv", PLAIN + "".join(other.splitlines(keepends=True)[1] for other in others), "--source", "example-two", "--format", "csv")
    assert counts(told) == (4, 4, 0, 0)


def test_a_feed_that_folds_tells_of_one_thing_a_thousand_times_and_it_is_one_event(intake: Intake) -> None:
    mapping = intake.write(
        "sensor.json",
        json.dumps({
            "name": "sensor",
            "reads": {"form": "csv"},
            "rest": "fields",
            "folds": {"within": "hour", "without": ["source.port"]},
        }),
    )
    head = "time.source,source.ip,source.port,classification.type\n"
    told = [f"2026-01-31T10:{each // 60:02}:{each % 60:02}Z,192.0.2.7,{1024 + each},infected-system\n" for each in range(3000)]
    first = intake.take("one.csv", head + "".join(told[:2500]), "--mapping", str(mapping))
    assert (counts(first), first["events"]) == ((2500, 2500, 0, 0), 1)
    second = intake.take("two.csv", head + "".join(told[2000:]), "--mapping", str(mapping))
    assert (counts(second), second["events"]) == ((1000, 500, 500, 0), 0)
    [event] = intake.fields()
    assert (event["count"], event["time.source"], event["time.until"]) == (3000, "2026-01-31T10:00:00Z", "2026-01-31T10:49:59Z")
    assert "source.port" not in event
    [exported] = intake.events("--format", "intelmq")
    assert (exported["extra.count"], exported["extra.time.until"]) == (3000, "2026-01-31T10:49:59+00:00")


def test_shadowserver_types_are_told_by_file_names(intake: Intake) -> None:
    table = report(1)
    objects = json.dumps([cells(2)])
    for name, content in {
        SCAN_DNS: table,
        "2026-01-31-scan_dns.csv": report(3),
        "2026-01-31-scan_dns-example.json": objects,
        "2026-01-31-scan_dns-example.csv.gz": gzip.compress(report(4).encode()),
        "2026-01-31-scan_dns-example.json.gz": gzip.compress(json.dumps([cells(5)]).encode()),
        "2026-01-31-scan_dns-lines.json": json.dumps(cells(6)) + "\n" + json.dumps(cells(7)) + "\n",
    }.items():
        told = intake.take(name, content)
        assert (told["format"], told["quarantined"], told["complete"]) == ("shadowserver/scan_dns", 0, True), told
    found = {event["source.ip"]: event for event in intake.fields()}
    assert sorted(found) == [f"192.0.2.{host}" for host in range(2, 9)]
    assert {(event["classification.type"], event["classification.taxonomy"], event["source.port"], event["source.asn"]) for event in found.values()} == {("vulnerable-system", "vulnerable", 53, 64500)}
    assert found["192.0.2.3"]["time.source"] == "2026-01-31T00:00:02Z"


@pytest.mark.parametrize("name", ["scan_dns.csv", "scan_dns-example-asn.csv", "scan_dns-2026-01-31.csv"])
@pytest.mark.parametrize("format", ["auto", "shadowserver"])
def test_shadowserver_types_are_told_by_file_names_without_a_date(intake: Intake, name: str, format: str) -> None:
    told = intake.take(name, report(1, 2), "--format", format)
    assert (told["format"], counts(told), told["complete"]) == ("shadowserver/scan_dns", (2, 2, 0, 0), True)
    assert {event["source.ip"] for event in intake.fields()} == {"192.0.2.2", "192.0.2.3"}


@pytest.mark.parametrize(("name", "content", "format"), [
    ("README.md", b"# Data\n\nWhat lies here.\n\n- this\n- that\n", "auto"),
    ("true", b"\x7fELF\x02\x01\x01\0\0\n\"\0,\n\0\n", "auto"),
    ("report.csv", b"timestamp,ip,port\n2026-01-31 00:00:00,192.0.2.1,53\n", "auto"),
    ("report.csv", b"timestamp,ip,port\n2026-01-31 00:00:00,192.0.2.1,53\n", "shadowserver"),
])
def test_what_nothing_tells_how_to_read_is_kept_and_refused(intake: Intake, name: str, content: bytes, format: str) -> None:
    intake.write(name, content)
    status, [told] = intake.read("--format", format, name)
    assert (status, told["format"], counts(told), told["events"]) == (1, "unknown", (0, 0, 0, 0), 0)
    assert f"kula import: {name}: {told['reason']}" in intake.said
    assert intake.events() == []
    assert intake.blobs() == {told["sha256"]: content}


@pytest.mark.parametrize("content", ['{"name": "a-program", "status": "ok", "count": 3}\n', "[]\n", '{"rows": [{"source.ip": "192.0.2.1"}]}\n'])
def test_json_that_tells_nothing_of_an_event_is_kept_and_refused_unless_it_is_asked_for(intake: Intake, content: str) -> None:
    intake.write("package.json", content)
    status, [told] = intake.read("package.json")
    assert (status, told["format"], counts(told)) == (1, "unknown", (0, 0, 0, 0))
    assert told["reason"] == "nothing tells how it is to be read: nothing in it is named like a field as source.ip"
    assert intake.blobs()[told["sha256"]] == content.encode()
    assert intake.take("package.json", content, "--format", "json")["format"] == "json"


@pytest.mark.parametrize("content", ["# Kula\n\nWhat lies here.\n", "[Kula](https://kula.example) is\n", "- this\n- that\n", '["text"]\n', "{}\n", '{"name": "a-program"}\n\nand more\n'])
def test_what_is_no_misp_is_refused_as_such(intake: Intake, content: str) -> None:
    intake.write("README.md", content)
    status, [told] = intake.read("--format", "misp", "README.md")
    assert (status, told["events"], told["reason"]) == (1, 0, "is no JSON of MISP"), told
    assert "kula import: README.md: is no JSON of MISP" in intake.said


def test_threatfox_is_read_in_each_of_its_forms_by_one_name(intake: Intake) -> None:
    indicator = {"ioc_type": "ip:port", "threat_type": "botnet_cc", "malware_printable": "Example", "confidence_level": 75, "tags": None}
    answer = {"query_status": "ok", "data": [{"id": "1", "ioc": "192.0.2.1:443", "first_seen": "2026-01-30 10:00:00 UTC", **indicator}]}
    export = {"2": [{"ioc_value": "192.0.2.2:443", "first_seen_utc": "2026-01-30 10:00:00", **indicator}]}
    table = '# ThreatFox\n"2026-01-30 10:00:00", "3", "192.0.2.3:443", "ip:port", "botnet_cc", "win.example", "None", "Example", "", "75", "", "None", "0", "example"\n'
    told = [intake.take(name, content, "--source", "threatfox") for name, content in (("answer.json", json.dumps(answer)), ("export.json", json.dumps(export)), ("table.csv", table))]
    assert [(each["format"], counts(each)) for each in told] == [(form, (1, 1, 0, 0)) for form in ("threatfox_api", "threatfox_json", "threatfox")]
    assert {event["source.ip"] for event in intake.events("--format", "intelmq")} == {"192.0.2.1", "192.0.2.2", "192.0.2.3"}


CERT_EU_2018 = (
    "datasource,source ip,observation time,tlp,description,type,count,source time,source country,protocol,destination port,source latitude,source city,source cc,"
    "source longitude,first_seen,num_sensors,confidence level,last_seen,target,phishing,asn,domain name\n"
    "X,192.0.2.1,2026-01-30 10:59:06Z,green,A drone,botnet drone,6,2026-01-30 08:52:16Z,Exampleland,smbd,445,48.1,Exampleville,ZZ,11.5,2026-01-30T08:34:55,1,50,2026-01-30T08:52:16,,,,\n"
    "Y,,2026-01-30 11:34:53Z,amber,A page,phishing,,2026-01-29 14:32:06Z,,,,,,,,,,80,,Example Bank,https://www.phish.example/bank/,64500,phish.example\n")
CERT_EU_LATER = (
    "feed code,source ip,source bgp prefix,observation time,tlp,description,type,count,source time,confidence level,status,url,abuse contact,source asn,source as name,domain name,version,recent\n"
    "Z,192.0.2.2,192.0.2.0/24,2026-01-30 10:59:06Z,green,A page,a new word,,2026-01-30 08:52:16Z,90,online,,abuse@isp.example,64501,Example ISP,,1.5,\n")


def test_cert_eu_is_read_with_the_columns_of_either_time(intake: Intake) -> None:
    for name, content, rows_of_it in (("2018.csv", CERT_EU_2018, 2), ("later.csv", CERT_EU_LATER, 1)):
        assert counts(intake.take(name, content, "--source", "cert_eu.parser_csv")) == (rows_of_it, rows_of_it, 0, 0)
    told = {event["classification.type"]: event for event in intake.events("--format", "intelmq")}
    drone, page, other = told["infected-system"], told["phishing"], told["undetermined"]
    assert (drone["source.ip"], drone["destination.port"], drone["extra.count"], drone["feed.accuracy"], drone["tlp"]) == ("192.0.2.1", 445, 6, 50.0, "GREEN")
    assert (page["source.url"], page["source.fqdn"], page["source.asn"], page["event_description.target"]) == ("https://www.phish.example/bank/", "phish.example", 64500, "Example Bank")
    assert (other["source.network"], other["source.abuse_contact"], other["status"], other["extra.datasource"]) == ("192.0.2.0/24", "abuse@isp.example", "online", "Z")


def test_each_account_of_a_breach_is_an_event_of_its_own(intake: Intake) -> None:
    breach = {"Domain": "bank.example", "DomainEmails": ["a@bank.example", "b@bank.example"], "Breach": {"Name": "Shop", "AddedDate": "2026-01-30T17:15:11Z"}}
    test = {"Email": "c@bank.example", "Domain": "bank.example", "DomainEmails": [], "Paste": [{"Source": "Pastebin", "Id": "x"}]}
    for name, call in (("breach.json", breach), ("paste.json", test)):
        assert intake.take(name, json.dumps(call), "--source", "hibp.parser_callback")["accepted"] == 1
    told = {event["source.account"]: event for event in intake.events("--format", "intelmq")}
    assert told.keys() == {"a@bank.example", "b@bank.example", "c@bank.example"}
    one = told["a@bank.example"]
    assert (one["classification.type"], one["classification.identifier"], one["source.fqdn"], one["time.source"]) == ("data-leak", "breach", "bank.example", "2026-01-30T17:15:11+00:00")
    assert told["c@bank.example"]["classification.identifier"] == "paste"
    assert "b@bank.example" not in str(one), "nobody is told of another's account"


def test_a_report_type_can_be_named(intake: Intake) -> None:
    told = intake.take("report.csv", report(1), "--format", "shadowserver/scan_dns")
    assert (told["format"], counts(told)) == ("shadowserver/scan_dns", (1, 1, 0, 0))


def test_packed_content_is_told_by_itself(intake: Intake) -> None:
    assert counts(intake.take(SCAN_DNS, gzip.compress(report(1, 2).encode()))) == (2, 2, 0, 0)
    several = gzip.compress(report(3).encode()) + gzip.compress(rows(4).encode())
    assert counts(intake.take("2026-01-31-scan_dns-members.csv.gz", several)) == (2, 2, 0, 0)


def test_a_type_that_nobody_knows_is_kept(intake: Intake) -> None:
    content = line([*HEADER, "colour"]) + line([*cells(1).values(), "green"])
    told = intake.take("2026-01-31-scan_colours-example.csv", content, "--source", "shadowserver")
    assert (told["format"], counts(told)) == ("shadowserver/scan_colours", (1, 1, 0, 0))
    [event] = intake.fields()
    assert (event["source.ip"], event["source.port"], event["extra.colour"], event["classification.type"]) == ("192.0.2.2", 53, "green", "undetermined")


def test_an_own_mapping(intake: Intake) -> None:
    intake.write("sensor.json", json.dumps(SENSOR))
    told = intake.take("sensor.csv", "seen;who;door;note\n2026-01-31 10:00:00;192.0.2.70;22;Example Bank\n", "--mapping", "sensor.json", "--source", "example-bank")
    assert (told["format"], counts(told)) == ("example-bank-sensor", (1, 1, 0, 0))
    [event] = intake.events("--source", "example-bank")
    assert event["fields"] == {
        "time.source": "2026-01-31T10:00:00Z", "source.ip": "192.0.2.70", "destination.port": 22, "extra.note": "Example Bank",
        "classification.type": "brute-force", "classification.taxonomy": "intrusion-attempts", "protocol.transport": "tcp"}


@pytest.mark.parametrize(("change", "named"), [
    ({"name": None}, "name"),
    ({"reads": {"form": "parquet"}}, "form"),
    ({"reads": {"form": "csv", "delimiter": "::"}}, "delimiter"),
    ({"columns": {"who": "source.adress"}}, "source.adress"),
    ({"columns": {"who": "source.ip: addres"}}, "addres"),
    ({"set": {"classification.typ": "scanner"}}, "classification.typ"),
    ({"rest": "burn"}, "rest"),
    ({"colums": {}}, "colums"),
])
def test_what_is_wrong_in_a_mapping_is_named(intake: Intake, change: dict, named: str) -> None:
    intake.write("sensor.json", json.dumps({name: value for name, value in (SENSOR | change).items() if value is not None}))
    intake.write("sensor.csv", "seen;who\n")
    assert intake.read("--mapping", "sensor.json", "sensor.csv") == (1, [])
    assert "sensor.json: " in intake.said and named in intake.said.split("sensor.json: ")[1]


def test_a_mapping_that_is_no_json_or_missing_is_named(intake: Intake) -> None:
    intake.write("sensor.json", "{name: sensor}")
    intake.write("sensor.csv", "seen;who\n")
    for mapping in ("sensor.json", "missing.json"):
        assert intake.read("--mapping", mapping, "sensor.csv") == (1, [])
        assert mapping in intake.said


def test_intelmq_s_fields_come_back_as_they_came(intake: Intake) -> None:
    told = {
        "source.ip": "192.0.2.1", "source.fqdn": "www.bank.example", "source.domain_suffix": "example", "source.reverse_dns": "localhost",
        "classification.type": "phishing", "classification.taxonomy": "fraud", "feed.name": "Example", "time.source": "2026-01-31T10:00:00+00:00",
        "time.observation": "2026-01-31T11:00:00+00:00", "raw": base64.b64encode(b"192.0.2.1,phishing").decode(), "__type": "Event"}
    assert counts(intake.take("events.jsonl", json.dumps(told) + "\n", "--format", "intelmq")) == (1, 1, 0, 0)
    assert intake.events("--format", "intelmq") == [told]
    assert intake.fields()[0]["raw"] == told["raw"]


def test_intelmq_goes_out_and_in_unchanged(kula: pathlib.Path, intake: Intake, tmp_path: pathlib.Path) -> None:
    intake.take(SCAN_DNS, report(1, 2, 3))
    intake.take("2026-01-31-blocklist-example.csv", line(("timestamp", "ip", "source", "reason")) + line(("2026-01-31 12:00:00", "2001:db8::7", "example-list", "spam; «näivë»")))
    intake.take("urls.csv", 'source.url,classification.type,malware.name,tlp\n"http://bank.example/?a=1,2",phishing,example-kit,amber\n')
    out = intake.export("events", "--format", "intelmq")
    (tmp_path / "fresh").mkdir()
    fresh = Intake(kula, tmp_path / "fresh")
    assert counts(fresh.take("events.jsonl", out, "--format", "intelmq")) == (5, 5, 0, 0)

    def told(lines: str) -> list[dict]:
        return sorted(({name: value for name, value in json.loads(each).items() if name != "time.observation"} for each in lines.splitlines()), key=json.dumps)

    assert told(fresh.export("events", "--format", "intelmq")) == told(out)
    first = json.loads(out.splitlines()[0])
    assert (first["time.source"], first["__type"], first["classification.type"]) == ("2026-01-31T00:00:01+00:00", "Event", "vulnerable-system")


def test_json_lines_tell_where_an_event_is_from(intake: Intake) -> None:
    intake.take(SCAN_DNS, report(1, 2), "--source", "shadowserver")
    first, second = intake.events("--format", "jsonl")
    assert list(first) == ["id", "source", "delivery", "row", "time.observation", "organisation", "network", "fields"]
    assert (first["source"], first["row"], second["row"], first["organisation"], first["network"]) == ("shadowserver", 1, 2, None, None)
    assert first["delivery"] == second["delivery"] and first["id"] < second["id"]


def test_a_table_for_spreadsheets_computes_nothing(intake: Intake) -> None:
    formulas = ["=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "'=1", "it's, \"so\""]
    for name in ("malware.name", "event_description.text"):
        intake.take(f"{name}.json", json.dumps([{"source.ip": "192.0.2.1", name: formula} for formula in formulas]))
    text = intake.export("events", "--format", "csv")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.count("\r\n") >= len(table) + 1 == 2 * len(formulas) + 1
    assert {len(row) for row in csv.reader(io.StringIO(text, newline=""))} == {len(table[0])}
    told = [row["event_description.text"] for row in table if row["event_description.text"]]
    assert told == ["'" + formula for formula in formulas[:-1]] + formulas[-1:]
    for row in table:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row.values())
        assert json.loads(row["fields"])["source.ip"] == "192.0.2.1"


def test_events_of_one_source(intake: Intake) -> None:
    intake.take("one.csv", plain(1), "--source", "example-one", "--format", "csv")
    intake.take("two.csv", plain(2), "--source", "example-two", "--format", "csv")
    for form in ("jsonl", "intelmq"):
        assert [len(intake.events("--format", form, *words)) for words in ((), ("--source", "example-two"), ("--source", "example-three"))] == [2, 1, 0]
    assert [len(intake.export("events", "--format", "csv", "--source", name).splitlines()) for name in ("example-one", "example-three")] == [2, 1]


def test_quarantine_gives_back_the_very_bytes(intake: Intake) -> None:
    broken = [b'"2026-01-31 00:00:01","192.0.2.1","never closed \xe9\x00\xff', b'"yesterday","192.0.2.2","53","udp","64500","MK","caf\xe9 \xf0\x28"', b'"2026-01-31 00:00:01","192.0.2.3"', b"x,y,z,,,,,,'\t"]
    content = line(HEADER).encode() + b"".join(row + b"\n" + rows(number).encode() for number, row in enumerate(broken))
    assert counts(intake.take(SCAN_DNS, content, "--source", "example-bank", "--format", "shadowserver")) == (8, 4, 0, 4)
    told = intake.quarantined()
    assert [row["raw"] for row in told] == broken
    assert [(row["row"], row["line"]) for row in told] == [(1, 2), (3, 4), (5, 6), (7, 8)]
    assert {(row["source"], row["file"]) for row in told} == {("example-bank", SCAN_DNS)}
    assert all(row["reason"] for row in told)


def test_what_a_server_left_is_imported_into(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    assert country.stop() == 0
    assert counts(Intake(kula, tmp_path).take(SCAN_DNS, report(1))) == (1, 1, 0, 0)


def test_events_belong_to_whom_the_register_says(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    organisations = {item["name"]: item["id"] for item in country.get("/api/v1/organisations")["items"]}
    intake = Intake(kula, tmp_path)
    addresses = ("192.0.2.70", "2001:db8:1::53", "192.0.2.7", "192.0.2.200", "203.0.113.1")
    content = "source.ip,source.fqdn,destination.ip,classification.type\n" + "".join(f"{address},,,scanner\n" for address in addresses)
    content += "203.0.113.2,,192.0.2.71,scanner\n,www.hospital.example,,phishing\n"
    assert counts(intake.take("events.csv", content)) == (7, 7, 0, 0)
    assert country.stop() == 0
    bank, hospital = organisations["Example Bank Hilltop"], organisations["Example Hospital Lakeside"]
    assert [(event["organisation"], event["network"]) for event in intake.events()] == [
        (bank, "192.0.2.64/26"), (bank, "2001:db8:1::/48"), (hospital, "192.0.2.0/26"), (None, None), (None, None), (bank, "192.0.2.64/26"), (hospital, "hospital.example")]
    table = list(csv.DictReader(io.StringIO(intake.export("events", "--format", "csv"), newline="")))
    assert [row["organisation"] for row in table] == [bank, bank, hospital, "", "", bank, hospital]
    country.start()


def test_a_running_server_reads_and_tells_for_the_command_line(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    alone, owned = Intake(kula, tmp_path / "alone"), Intake(kula, tmp_path / "owned")
    for intake in (alone, owned):
        intake.folder.mkdir()
    with serving(kula, owned.data) as server:
        for intake in (alone, owned):
            intake.write(SCAN_DNS, report(*range(1, 3000)) + rows(1).replace("192.0.2.2", "no address"))
            intake.write("mapping.json", json.dumps(SENSOR))
            intake.write("sensor.csv", "seen;who;door\n2026-01-31T10:00:00Z;192.0.2.77;22\n")
            intake.write("broken.json", "{}")
        for words in ((SCAN_DNS,), (SCAN_DNS,), ("--mapping", "mapping.json", "sensor.csv"), ("missing.csv",), (".",), ("--mapping", "broken.json", "sensor.csv")):
            assert owned.read(*words) == alone.read(*words), words
            assert owned.said == alone.said, words
        for words in (("--format", "csv"), ("--format", "intelmq"), ("--format", "jsonl", "--source", "example-bank-sensor")):
            told, expected = (intake.export("events", *words) for intake in (owned, alone))
            assert len(told.splitlines()) == len(expected.splitlines()) > 0, words
        assert [fields for fields in owned.fields()] == [fields for fields in alone.fields()]
        unnamed = [[{**row, "delivery": ""} for row in intake.quarantined()] for intake in (owned, alone)]
        assert unnamed[0] == unnamed[1] and len(unnamed[0]) == 1
        piped = subprocess.run(owned.command("import", "--format", "csv", "-"), input=plain(9), capture_output=True, text=True, timeout=PATIENCE)
        assert json.loads(piped.stdout)["accepted"] == 1, piped.stderr
        assert server.stop() == 0


def test_a_reader_that_goes_away_ends_an_export(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    with serving(kula, intake.data) as server:
        intake.take(SCAN_DNS, report(*range(1, 20_000)))
        with subprocess.Popen(intake.command("export", "events"), stdout=subprocess.PIPE) as reading:
            assert reading.stdout is not None
            assert reading.stdout.readline().startswith(b"{")
            slow = subprocess.Popen(intake.command("export", "events"), stdout=subprocess.PIPE)  # It never reads.
            assert intake.take("plain.csv", plain(9))["accepted"] == 1, "others are answered meanwhile"
        assert server.stop() == 0, "nobody who does not read holds up the end"
        assert slow.stdout is not None
        slow.stdout.close()
        assert slow.wait(PATIENCE) != 0


def test_an_export_that_cannot_be_written_says_so(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    intake.take("plain.csv", plain(9))
    def to_full_disk() -> tuple[int, bytes]:
        with pathlib.Path("/dev/full").open("wb") as full:
            done = subprocess.run(intake.command("export", "events"), stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE)
        return done.returncode, done.stderr
    alone = to_full_disk()
    assert alone[0] == 1 and b"standard output takes no more" in alone[1]
    with serving(kula, intake.data):
        assert to_full_disk()[0] == 1


def test_a_pipe_that_never_ends_does_not_hold_up_the_end(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    with serving(kula, intake.data) as server:
        sending = subprocess.Popen(intake.command("import", "-"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert sending.stdin is not None
        wait_for(lambda: list(intake.data.glob("blobs/*.unfinished")), "it reads the pipe")
        assert server.stop() == 0
        assert sending.wait(PATIENCE) == 1
        sending.stdin.close()


def deliveries_begun(intake: Intake) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{intake.data}/kula.sqlite?mode=ro", uri=True)) as database:
        return database.execute("select count(*) from delivery").fetchone()[0]


def test_a_server_reads_on_what_it_was_killed_in(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    with serving(kula, intake.data) as server:
        intake.write(SCAN_DNS, report(*range(30_000)))
        sending = subprocess.Popen(intake.command("import", SCAN_DNS), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=intake.folder)
        wait_for(lambda: deliveries_begun(intake) == 1, "reading has begun")
        server.kill()
        _, said = sending.communicate(timeout=PATIENCE)
        assert sending.returncode == 1 and b"the server went away" in said
        server.start()
        wait_for(lambda: "deliveries that were begun before and are read now: 1" in server.log.read_text(), "it reads on", PATIENCE)
        events = intake.events()
        assert len(events) == 30_000
        assert len({json.dumps(event["fields"], sort_keys=True) for event in events}) == 30_000
        assert intake.read(SCAN_DNS)[1][0]["duplicates"] == 30_000
        assert server.stop() == 0


def zipped(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_each_file_of_an_archive_is_a_delivery(intake: Intake) -> None:
    inner = zipped({"2026-01-31-scan_ntp-example.csv": report(7)})
    content = zipped({"reports/": "", f"reports/{SCAN_DNS}": report(1, 2, 2), "../../../etc/plain.csv": plain(9), "inner.zip": inner, SCAN_DNS + ".gz": gzip.compress(report(3).encode())})
    intake.write("mail.zip", content)
    status, told = intake.read("mail.zip")
    assert (status, intake.said) == (0, "")
    assert [(each["file"], each["format"], counts(each)) for each in told] == [
        (f"mail.zip/reports/{SCAN_DNS}", "shadowserver/scan_dns", (3, 2, 1, 0)),
        ("mail.zip/../../../etc/plain.csv", "csv", (1, 1, 0, 0)),
        ("mail.zip/inner.zip/2026-01-31-scan_ntp-example.csv", "shadowserver/scan_ntp", (1, 1, 0, 0)),
        (f"mail.zip/{SCAN_DNS}.gz", "shadowserver/scan_dns", (1, 1, 0, 0))]
    assert hashlib.sha256(content).hexdigest() in intake.blobs(), "the archive is kept as it came"
    assert not list(intake.folder.parent.rglob("etc"))
    again = intake.read("mail.zip")[1]
    assert [each["accepted"] for each in again] == [0, 0, 0, 0] and [each["duplicates"] for each in again] == [3, 1, 1, 1]
    assert len(intake.events()) == 5


def test_archives_that_are_none_or_too_much_are_refused_and_kept(intake: Intake) -> None:
    deep = zipped({"plain.csv": plain(1)})
    for _ in range(4):
        deep = zipped({"deeper.zip": deep})
    whole = zipped({"a.csv": plain(2), "b.csv": plain(3)}, zipfile.ZIP_STORED)
    damaged = whole.replace(b"192.0.2.3", b"192.0.2.4", 1)
    bomb = zipped({f"{number}.csv": b"0" * (20 << 20) for number in range(5)})  # Each by itself would pass.
    for name, content, said, files in (
        ("cut.zip", whole[:-30], "its packing is damaged or not known", 1),
        ("none.zip", zipped({}), "it is an archive without files", 1),
        ("deep.zip", deep, "it is an archive inside three others", 1),
        ("damaged.zip", damaged, "its packing is damaged or not known", 1),
        ("bomb.zip", bomb, "it unpacks to far more than it is", 3),
        ("many.zip", zipped({f"{number}.csv": "" for number in range(1001)}), "it holds more than 1000 files", 1),
    ):
        intake.write(name, content)
        status, told = intake.read(name)
        assert status == 1 and said in intake.said, (name, told, intake.said)
        assert len(told) == files, (name, told)
        assert hashlib.sha256(content).hexdigest() in intake.blobs(), name
    assert [event["fields"]["source.ip"] for event in intake.events()] == ["192.0.2.2"], "of the damaged one, what is whole"


def test_a_server_reads_on_an_archive_that_it_was_killed_in(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    types = ("scan_dns", "scan_ntp", "scan_ssdp")
    with serving(kula, intake.data) as server:
        reports = {f"2026-01-31-{name}-example.csv": report(*range(at * 8_000, (at + 1) * 8_000)) for at, name in enumerate(types)}
        intake.write("mail.zip", zipped(reports))
        sending = subprocess.Popen(intake.command("import", "mail.zip"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=intake.folder)
        wait_for(lambda: deliveries_begun(intake) == 2, "its first file is being read")
        server.kill()
        sending.communicate(timeout=PATIENCE)
        assert sending.returncode == 1
        server.start()
        wait_for(lambda: "deliveries that were begun before and are read now" in server.log.read_text(), "it reads on", PATIENCE)
        assert [counts(each) for each in intake.read("mail.zip")[1]] == [(8_000, 0, 8_000, 0)] * 3
        assert len(intake.events()) == 24_000
        assert server.stop() == 0
