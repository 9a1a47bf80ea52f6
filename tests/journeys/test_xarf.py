"""What owners are told in X-ARF: every report that is attached to a mail is one by its schema, and `kula import` reads it back as the same
address, type and time. What the format cannot tell stands in the table beside it."""

import csv
import email.message
import io
import json
import pathlib
from collections.abc import Iterator

import jsonschema
import pytest
from importing import Intake
from mail_server import MailServer
from running import serving, wait_for
from test_feeds import run
from test_loop import Loop
from test_mail import Keys, keys, options  # noqa: F401

SCHEMA = json.loads((pathlib.Path(__file__).parents[2] / "data/mappings/xarf.json").read_text())["schema"]
FORMS = json.loads((pathlib.Path(__file__).parents[2] / "data/findings/xarf.json").read_text())["types"]
HEAD = "time.source,source.ip,source.port,source.fqdn,source.url,protocol.transport,protocol.application,destination.ip,destination.port,classification.type,malware.name,product.vulnerabilities,extra.sensor"
WHEN = "2026-02-03T04:05:{:02}Z"


def row(number: int, rsit: str, **told: str) -> str:
    cells = {"time.source": WHEN.format(number), "source.ip": f"2001:db8::{number:x}" if number % 5 == 0 else f"192.0.2.{number}", "classification.type": rsit, "extra.sensor": "our-sensor", **told}
    return ",".join(cells.get(name, "") for name in HEAD.split(",")) + "\n"


def rows() -> dict[str, str]:
    """By its name each way in which a finding can be told, and two that cannot be told."""
    out: dict[str, str] = {}
    for number, rsit in enumerate((*FORMS, "violence", "sniffing"), 1):
        more = {"source.port": "50122", "protocol.transport": "tcp", "protocol.application": "http", "destination.ip": "198.51.100.9", "destination.port": "22"}
        if rsit == "infected-system":
            more["malware.name"] = "mirai"
        if rsit == "vulnerable-system":
            more["product.vulnerabilities"] = "CVE-2021-44228"
        if any("url" in form.get("needs", []) for form in FORMS.get(rsit, [])):
            more |= {"source.fqdn": f"shop{number}.bank.example", "source.url": f"http://shop{number}.bank.example/a?b=1"}
        out[rsit] = row(number, rsit, **more)
    out["bare scanner"] = row(40, "scanner")
    out["bare brute-force"] = row(41, "brute-force")
    out |= {f"spam {number}": row(number, "spam") for number in range(46, 60)}  # More than are attached one by one.
    return out


@pytest.fixture
def loop(kula: pathlib.Path, tmp_path: pathlib.Path, keys: Keys, server: MailServer) -> Iterator[Loop]:  # noqa: F811
    with serving(kula, tmp_path / "data", *options(keys, server.url)) as running:
        loop = Loop(running, keys, server)
        running.set_national_space("192.0.2.0/24", "2001:db8::/32")
        contact = {"name": "Example SOC", "role": "security", "email": "shop@bank.example", "languages": ["en"], "pgp_key": keys.bank}
        networks = [{"kind": kind, "value": value} for kind, value in (("prefix", "192.0.2.16/28"), ("prefix", "192.0.2.32/27"), ("prefix", "2001:db8::/32"), ("domain", "bank.example"))]
        loop.make("/api/v1/organisations", {"name": "Example Shop", "networks": networks, "contacts": [contact]})
        yield loop
        assert running.stop() == 0


def parts(mail: email.message.EmailMessage) -> dict[str, str]:
    return {part.get_filename(): part.get_payload(decode=True).decode() for part in mail.iter_attachments()}  # type: ignore[union-attr,misc]


def test_every_report_is_one_by_its_schema_and_reads_back_as_what_it_was(loop: Loop, kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    told = rows()
    feed = loop.make("/api/v1/feeds", {"name": "sensors", "title": "Sensors", "kind": "folder", "format": "csv"})
    folder = pathlib.Path(feed["drop_folder"])
    wait_for(folder.is_dir, "the drop folder is there")
    (folder / ".writing").write_text(HEAD + "\n" + "".join(told.values()))
    (folder / ".writing").rename(folder / "rows.csv")
    run(loop.running, feed)
    wait_for(lambda: loop.running.get("/api/v1/findings", limit=1)["total"] == len(told), "all are findings")
    loop.let_rules_send()
    wait_for(lambda: loop.running.get("/api/v1/findings", state="notified", limit=1)["total"] == len(told), "all are told")
    mails = [mail for address in ("soc@bank.example", "shop@bank.example") for mail in loop.server.mails(address)]
    opened = [parts(loop.keys.open_pgp(mail)) for mail in mails]
    tables = [line for each in opened for line in csv.DictReader(io.StringIO(each["findings.csv"]))]
    assert {line["type"] for line in tables} == {*FORMS, "violence", "sniffing"} and len(tables) == len(told)
    documents = [json.loads(text) for each in opened for name, content in each.items() if name.startswith("xarf") for text in content.splitlines()]
    assert len(documents) == len(told) - 2, "two are left to the table"
    assert any("xarf.jsonl" in each for each in opened) and any("xarf-1.json" in each for each in opened)
    for document in documents:
        jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
        assert "our-sensor" not in json.dumps(document) and document["reporter"]["org"] == "Example CSIRT"
    by_finding = {line["finding"]: line for line in tables}
    intake = Intake(kula, tmp_path)
    intake.data = tmp_path / "theirs"
    for number, each in enumerate(opened):
        for name, content in each.items():
            if not name.startswith("xarf"):
                continue
            taken = intake.take(f"{number}-{name}", content)
            assert (taken["format"], taken["accepted"], taken["quarantined"]) == ("xarf", content.count("\n"), 0), taken
    back = {tag.removeprefix("finding:"): event for event in intake.fields() for tag in event["extra.tags"] if tag.startswith("finding:")}
    assert len(back) == len(documents)
    for finding, event in back.items():
        line = by_finding[finding]
        assert line["place"] in (event.get("source.ip"), event.get("source.fqdn")), (line, event)
        assert (event["classification.type"], event["time.source"], event["tlp"]) == (line["type"], line["last_seen"], "amber"), (line, event)
    assert {line["type"] for finding, line in by_finding.items() if finding not in back} == {"violence", "sniffing"}
