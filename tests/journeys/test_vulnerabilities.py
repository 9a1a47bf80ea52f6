"""What is known of vulnerabilities: imported, fetched as a feed, and what findings make of it."""

import gzip
import json
import os
import pathlib

import pytest
from importing import Intake
from reporting import FINDINGS
from running import Running, wait_for
from test_contract import check
from test_feeds import LIST, Publisher, add, attempts, publisher, reaching, read, run  # noqa: F401 (fixtures)

SHARED = pathlib.Path(os.environ.get("KULA_SHARED_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
SEEN = "time.source,source.ip,source.port,protocol.transport,classification.type,product.vulnerabilities\n"


def catalogue(*cves: str) -> bytes:
    entries = [{"cveID": cve, "vendorProject": "Example", "product": "Router", "vulnerabilityName": "Example bug", "dateAdded": "2026-01-02", "requiredAction": "Update it.",
                "dueDate": "2026-01-23", "knownRansomwareCampaignUse": "Known", "notes": "", "cwes": []} for cve in (*cves, *(f"CVE-2000-{each}" for each in range(1000, 1030)))]
    return json.dumps({"title": "Catalog", "catalogVersion": "2026.01.02", "count": len(entries), "vulnerabilities": entries}).encode()


def scores(day: str, *rows: tuple[str, float]) -> bytes:
    lines = [f"#model_version:v2026.03.14,score_date:{day}T00:00:00+0000", "cve,epss,percentile", *(f"{cve},{score},0.9" for cve, score in rows)]
    return gzip.compress(("\n".join(lines) + "\n").encode())


def test_files_are_recognised_and_every_row_accounted_for(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    kev = intake.take("known.json", catalogue("CVE-2026-10001"))
    assert (kev["format"], kev["rows"], kev["accepted"], kev["events"]) == ("kev", 31, 31, 0)
    many = scores("2026-03-15", *((f"CVE-2026-{10_000 + each}", 0.25) for each in range(5000)))
    epss = intake.take("epss_scores-current.csv.gz", many)
    assert (epss["format"], epss["accepted"], epss["events"]) == ("epss", 5000, 0)
    cut = intake.take("epss_scores-2026-03-16.csv.gz", scores("2026-03-16", *((f"CVE-2026-{10_000 + each}", 0.5) for each in range(5000)))[:9000])
    assert not cut["complete"], cut
    half = intake.take("half.csv.gz", scores("2026-03-16", ("CVE-2026-10001", 0.5)), "--source", "epss")
    assert not half["complete"] and "5000 before" in half["reason"], half
    bad = intake.take("bad.csv", "cve,epss\nCVE-2026,0.5\nCVE-2026-10001,0.5\n", "--source", "epss")
    assert (bad["accepted"], bad["quarantined"]) == (1, 1)
    assert intake.export("events", "--format", "jsonl") == ""


def test_every_row_of_the_real_catalogue_is_accepted(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    file = SHARED / "kev/known_exploited_vulnerabilities.json"
    if not file.exists():
        pytest.skip(f"no shared data at {SHARED}")
    told = Intake(kula, tmp_path).take("kev.json", file.read_bytes(), "--source", "kev")
    assert told["accepted"] == json.loads(file.read_text())["count"] and told["quarantined"] == 0


def found(running: Running, **query: object) -> list[dict]:
    page = running.get(FINDINGS, **query)
    check(FINDINGS, "get", 200, page)
    return page["items"]


def test_a_finding_follows_what_is_exploited(reaching: Running, publisher: Publisher) -> None:  # noqa: F811
    reaching.set_national_space("192.0.2.0/24")
    sensor = add(reaching, name="sensor", kind="push")
    rows = SEEN + "2026-03-01T10:00:00Z,192.0.2.1,443,tcp,vulnerable-system,CVE-2026-10001\n2026-03-01T10:00:00Z,192.0.2.2,443,tcp,vulnerable-system,CVE-2026-10002\n"
    status, told, _ = reaching.ask("POST", f"{LIST}/{sensor['id']}/deliveries?name=r.csv", rows, Content_Type="application/octet-stream")
    assert status == 200, told
    wait_for(lambda: len(found(reaching)) == 2, "both findings are open")
    assert found(reaching, exploited="true") == []
    publisher.content, publisher.etag = catalogue("CVE-2026-10001"), '"kev-1"'
    kev = add(reaching, name="kev", format="kev", kind="pull", url=publisher.url)
    assert attempts(reaching, kev, 1)[0]["outcome"] == "delivered"
    one = wait_for(lambda: found(reaching, exploited="true"), "the finding is weighed anew")[0]
    assert (one["place"], one["severity"], one["vulnerabilities"]) == ("192.0.2.1", "critical", ["CVE-2026-10001"])
    assert (one["exploited"]["due"], one["exploited"]["ransomware"], one["exploited"]["action"]) == ("2026-01-23", True, "Update it.")
    assert one["likelihood"] is None
    assert [each["severity"] for each in found(reaching, search="192.0.2.2")] == ["high"]
    publisher.content, publisher.etag = publisher.content[:2000], '"kev-2"'
    run(reaching, kev)
    attempts(reaching, kev, 2)
    assert read(reaching, kev)["health"] == "incomplete"
    assert len(found(reaching, exploited="true")) == 1, "a list that breaks off empties nothing"
    publisher.content, publisher.etag = scores("2026-03-15", ("CVE-2026-10001", 0.97), ("CVE-2026-10002", 0.01)), '"epss"'
    epss = add(reaching, name="epss", format="epss", kind="pull", url=publisher.url)
    assert attempts(reaching, epss, 1)[0]["outcome"] == "delivered"
    assert found(reaching, exploited="true")[0]["likelihood"] == {"vulnerability": "CVE-2026-10001", "score": 0.97, "percentile": 0.9}
    trail = {entry["deed"] for entry in reaching.get("/api/v1/journal", limit=500)["items"]}
    assert {"vulnerabilities.told", "findings.weighed"} <= trail
