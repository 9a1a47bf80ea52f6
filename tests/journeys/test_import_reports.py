"""Reports of abuse (X-ARF) and events of MISP become events: `kula import`, as it is typed."""

import base64
import hashlib
import io
import json
import pathlib
import zipfile

import pytest
from importing import Intake, counts

WHEN = "2026-03-02T10:00:00Z"
MAIL_REPORT = """---
Reported-From: desk@example.org
Category: abuse
Report-Type: login-attack
Service: ssh
Version: 0.2
User-Agent: Example 1.0
Date: Mon, 02 Mar 2026 11:00:00 +0100
Source-Type: ip-address
Source: 192.0.2.7
Port: 22
Report-ID: 1@example.org
Schema-URL: http://www.x-arf.org/schema/abuse_login-attack_0.1.2.json
Attachment: text/plain
TLP: green
"""
UUID = "5a3c2fcd-8328-42bb-a95e-4f4402de0b8{}"


def three(**report: object) -> dict:
    return {
        "Version": "3", "Disclosure": True,
        "ReporterInfo": {"ReporterOrg": "Example Desk", "ReporterOrgDomain": "example.org", "ReporterOrgEmail": "desk@example.org"},
        "Report": {"ReportClass": "Activity", "ReportType": "LoginAttack", "Date": WHEN, "SourceIp": "192.0.2.7", "SourcePort": 54321} | report}


def four(**more: object) -> dict:
    who = {"org": "Example Desk", "contact": "desk@example.org", "domain": "example.org"}
    return {
        "xarf_version": "4.2.0", "report_id": "550e8400-e29b-41d4-a716-446655440000", "timestamp": WHEN, "reporter": who, "sender": who,
        "source_identifier": "192.0.2.7", "source_port": 54321, "category": "connection", "type": "login_attack", "protocol": "tcp", "first_seen": WHEN} | more


def without(report: dict, *path: str) -> dict:
    out = json.loads(json.dumps(report))
    inside = out
    for name in path[:-1]:
        inside = inside[name]
    del inside[path[-1]]
    return out


@pytest.fixture
def intake(kula: pathlib.Path, tmp_path: pathlib.Path) -> Intake:
    return Intake(kula, tmp_path)


def test_a_report_of_every_version_tells_the_same(intake: Intake) -> None:
    for name, content in (("report.txt", MAIL_REPORT), ("three.json", json.dumps(three())), ("four.json", json.dumps(four()))):
        told = intake.take(name, content)
        assert (told["format"], counts(told)[0], told["quarantined"], "new_columns" in told) == ("xarf", 1, 0, False)
    old, middle, new = intake.fields("--source", "xarf")
    for event in (old, middle, new):
        assert (event["source.ip"], event["classification.type"], event["time.source"]) == ("192.0.2.7", "brute-force", WHEN)
    assert (old["destination.port"], old["protocol.application"], old["tlp"], old["extra.Report-ID"]) == (22, "ssh", "green", "1@example.org")
    assert (middle["source.port"], middle["extra.ReporterInfo.ReporterOrg"], middle["extra.Report.ReportType"]) == (54321, "Example Desk", "LoginAttack")
    assert (new["protocol.transport"], new["extra.reporter.domain"], new["extra.type"]) == ("tcp", "example.org", "login_attack")


def test_what_is_enclosed_is_hashed_and_a_type_that_nobody_knows_is_kept(intake: Intake) -> None:
    sample = b"a line of a log"
    enclosed = base64.b64encode(sample).decode()
    intake.take("a.json", json.dumps([
        three(Samples=[{"ContentType": "text/plain", "Base64Encoded": True, "Payload": enclosed}]),
        four(evidence=[{"content_type": "text/plain", "payload": enclosed}], type="teapot", tags=["a:b"])]))
    known, unknown = intake.fields()
    digest = hashlib.sha256(sample).hexdigest()
    assert known["extra.evidence"][0] == {"ContentType": "text/plain", "Base64Encoded": True, "sha256": digest, "bytes": len(sample)}
    assert unknown["extra.evidence"][0]["sha256"] == digest
    assert (unknown["classification.type"], unknown["extra.type"], unknown["extra.tags"]) == ("undetermined", "teapot", ["a:b"])


@pytest.mark.parametrize(("report", "member"), [
    ({}, "ReporterInfo"),
    (without(three(), "Report"), "Report"),
    (without(three(), "Disclosure"), "Disclosure"),
    (without(three(), "ReporterInfo", "ReporterOrgEmail"), "ReporterInfo.ReporterOrgEmail"),
    (without(three(), "Report", "Date"), "Report.Date"),
    (without(three(), "Report", "SourceIp"), "Report.SourceIp"),
    (three(Date="yesterday"), "Report.Date"),
    (three(SourceIp="999.0.2.1"), "Report.SourceIp"),
    (three(SourcePort=70000), "Report.SourcePort"),
    (three(ReportClass="Weather"), "Report.ReportClass"),
    (three(ReporterSeverity="rare"), "Report.ReporterSeverity"),
    (three(Samples={}), "Report.Samples"),
    (three(Samples=[{"Payload": "x"}]), "Report.Samples[1].ContentType"),
    (three(Custom={"a": [1]}), "Report.Custom.a"),
    (three(ReportType="OpenService", ReportClass="Vulnerability"), "Report.ServiceName"),
    (three(ReportType="PotentiallyCompromisedAccount", Account={"AccountName": "a"}), "Report.SourceIp"),
    (without(four(), "sender"), "sender"),
    (without(four(), "first_seen"), "first_seen"),
    (without(four(), "source_port"), "source_port"),
    (four(report_id="1"), "report_id"),
    (four(category="weather"), "category"),
    (four(reporter={"org": "Example"}), "reporter.contact"),
    (four(evidence=[{"payload": ""}]), "evidence[1].content_type"),
    (four(category="content", type="phishing"), "url"),
])
def test_a_report_that_lacks_what_it_must_have_is_set_aside_by_the_members_name(intake: Intake, report: dict, member: str) -> None:
    intake.write("report.json", json.dumps(report))
    _, [told] = intake.read("--format", "xarf", "report.json")
    assert counts(told) == (1, 0, 0, 1)
    assert intake.quarantined()[0]["reason"].startswith(f"{member}: ")


@pytest.mark.parametrize(("old", "new", "reason"), [
    ("Source: 192.0.2.7", "Source: nobody", "Source: is no ipv4"),
    ("Date: Mon, 02", "Date: Mun, 32", "Date: is no moment"),
    ("Report-ID: 1@example.org\n", "", "Report-ID: is missing"),
    ("Service: ssh", "Service: *ssh", "is no YAML: "),
    ("Service: ssh", "Port: 23", "is no YAML: "),
])
def test_a_report_in_yaml_that_is_none_says_why(intake: Intake, old: str, new: str, reason: str) -> None:
    assert old in MAIL_REPORT
    intake.write("report.txt", MAIL_REPORT.replace(old, new))
    _, [told] = intake.read("report.txt")
    assert (told["format"], counts(told)) == ("xarf", (1, 0, 0, 1))
    assert intake.quarantined()[0]["reason"].startswith(reason)


def attribute(number: int, kind: str, value: str, **more: object) -> dict:
    return {"uuid": UUID.format(number), "type": kind, "value": value, "category": "Network activity", "to_ids": True, "timestamp": "1772445600", "comment": "seen"} | more


EVENT = {"Event": {
    "uuid": UUID.format(0), "info": "An invented campaign", "threat_level_id": "1", "Orgc": {"name": "Example CSIRT"},
    "Tag": [{"name": "tlp:red"}, {"name": "rsit:malicious-code=\"c2-server\""}],
    "ShadowAttribute": [{"type": "ip-dst", "value": "192.0.2.99"}],
    "Attribute": [
        attribute(1, "ip-dst|port", "192.0.2.8|443"),
        attribute(2, "domain|ip", "c2.example|2001:db8::8", Tag=[{"name": "tlp:clear"}], ShadowAttribute=[{"value": "x"}]),
        attribute(3, "url", "http://c2.example/gate"),
        attribute(4, "filename|sha256", "a.exe|" + "0" * 64),
        attribute(5, "ip-src", "192.0.2.9", deleted=True),
        attribute(6, "comment", "what people say"),
        attribute(7, "ip-src", "no address"),
        attribute(8, "text", "Teapot", category="Payload type")],
    "Object": [{"name": "ip-port", "uuid": UUID.format(9), "Attribute": [
        attribute(9, "ip-dst", "192.0.2.10", object_relation="ip"), attribute(9, "port", "8443", object_relation="dst-port")]}]}}


def test_attributes_of_an_event_become_events(intake: Intake) -> None:
    told = intake.take("event.json", json.dumps(EVENT))
    assert (told["format"], counts(told), told["left_out"]) == ("misp", (6, 5, 0, 1), 4)
    assert intake.quarantined()[0]["reason"] == "attribute.value: is missing or cannot be read"
    assert b"no address" in intake.quarantined()[0]["raw"]
    port, domain, url, file, held = intake.fields()
    assert (port["source.ip"], port["source.port"], port["classification.type"], port["malware.name"], port["severity"]) == ("192.0.2.8", 443, "c2-server", "teapot", "high")
    assert (port["misp.event_uuid"], port["misp.attribute_uuid"], port["time.source"]) == (UUID.format(0), UUID.format(1), "2026-03-02T10:00:00Z")
    assert (port["event_description.text"], port["comment"], port["extra.misp.to_ids"]) == ("Network activity", "seen", True)
    assert (domain["source.fqdn"], domain["source.ip"], domain["tlp"]) == ("c2.example", "2001:db8::8", "red"), "the strictest of the event's and its own"
    assert (url["source.url"], url["source.fqdn"]) == ("http://c2.example/gate", "c2.example")
    assert (file["malware.hash.sha256"], file["extra.misp.filename"]) == ("0" * 64, "a.exe")
    assert (held["source.ip"], held["source.port"], held["extra.misp.object"]) == ("192.0.2.10", 8443, "ip-port")


def test_a_feeds_folder_is_read_file_by_file(intake: Intake) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("manifest.json", json.dumps({UUID.format(0): {"info": "x", "Orgc": {"name": "Example CSIRT"}}}))
        archive.writestr("hashes.csv", "d41d8cd98f00b204e9800998ecf8427e," + UUID.format(0) + "\n")
        archive.writestr(UUID.format(0) + ".json", json.dumps(EVENT))
    intake.write("feed.zip", packed.getvalue())
    status, told = intake.read("feed.zip")
    assert (status, [(each["format"], each["rows"]) for each in told]) == (0, [("misp", 0), ("misp", 0), ("misp", 6)])
    assert "manifest of a feed: its 1 events" in told[0]["reason"] and "list of hashes" in told[1]["reason"]


@pytest.mark.parametrize("wrap", [[EVENT, EVENT], {"response": [EVENT, EVENT]}])
def test_events_come_in_lists_and_count_once(intake: Intake, wrap: object) -> None:
    assert counts(intake.take("answer.json", json.dumps(wrap))) == (12, 5, 5, 2)
