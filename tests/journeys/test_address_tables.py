"""Tables of AS numbers and countries: what no feed told is looked up in them, and they follow their files while the server runs."""

import gzip
import pathlib
import signal

from importing import HEADER, SCAN_DNS, Intake, line
from running import Running, serving, wait_for
from test_contract import check

RIRS = """\
2|example|1764201599|2|19830705|20261126|+0000
example|*|ipv4|*|1|summary
example|QM|ipv4|192.0.2.0|256|20110127|allocated|one
example|QN|ipv6|2001:db8::|32|20110127|allocated|two
"""
BGP = "".join(f"TABLE_DUMP2|1764201599|B|203.0.113.{peer}|6450{peer}|{prefix}|6450{peer} {origin}|IGP|203.0.113.{peer}|0\n"
              for prefix, origins in (("192.0.2.0/24", (64510, 64510, 64511)), ("2001:db8::/32", (64512,))) for peer, origin in enumerate(origins, 1))


def replace(file: pathlib.Path, content: str | bytes) -> None:
    """By another file under the same name."""
    new = file.with_suffix(".new")
    new.write_bytes(content.encode() if isinstance(content, str) else content)
    new.rename(file)


def resolver(number: int, address: str, asn: str = "", country: str = "") -> str:
    return line((f"2026-01-31 10:00:{number:02}", address, "53", "udp", asn, country, f"openresolver {number}"))


def event_at(running: Running, address: str) -> dict:
    listed = running.get("/api/v1/events", address=address)["items"]
    detail = running.get(f"/api/v1/events/{listed[0]['id']}")
    check("/api/v1/events/{id}", "get", 200, detail)
    return detail


def tables(running: Running) -> dict[str, dict]:
    upkeep = running.get("/api/v1/upkeep")
    check("/api/v1/upkeep", "get", 200, upkeep)
    return {table["kind"]: table for table in upkeep["tables"]}


def test_events_are_told_where_their_addresses_are_at_home_by_tables_that_follow_their_files(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    announced, registered = tmp_path / "announced", tmp_path / "registered"
    replace(announced, gzip.compress(BGP.encode()))
    replace(registered, RIRS)
    with serving(kula, tmp_path / "data", "--as-table", str(announced), "--countries", str(registered)) as running:
        assert running.import_organisations("name,networks\nExample Provider Valley,AS64510\n")["created"] == 1
        reports = Intake(kula, tmp_path)
        reports.data = running.data
        reports.take(SCAN_DNS, line(HEADER) + resolver(1, "192.0.2.7") + resolver(2, "2001:db8::7") + resolver(3, "192.0.2.8", "64499", "QX"))

        first = event_at(running, "192.0.2.7")
        versions = {kind: table["version"] for kind, table in tables(running).items()}
        assert versions["as_numbers"].startswith("20251126-") and versions["countries"].startswith("20261126-"), versions
        assert (first["event"]["source_asn"], first["event"]["source_country"]) == (64510, "QM")
        assert first["event"]["organisation"]["name"] == "Example Provider Valley"
        assert (first["decision"]["by"], first["decision"]["looked_up"]) == ("source.asn", ["source.asn", "source.geolocation.cc"])
        assert (first["decision"]["as_table"], first["decision"]["country_table"]) == (versions["as_numbers"], versions["countries"])
        six = event_at(running, "2001:db8::7")["event"]
        assert (six["source_asn"], six["source_country"]) == (64512, "QN")
        told = event_at(running, "192.0.2.8")
        assert (told["event"]["source_asn"], told["event"]["source_country"], told["decision"]["looked_up"]) == (64499, "QX", [])

        replace(announced, "192.0.2.0/24 64520\n2001:db8::/32 64512\n")
        running.process.send_signal(signal.SIGHUP)
        swapped = wait_for(lambda: (now := tables(running)["as_numbers"])["version"] != versions["as_numbers"] and now, "the other table is in use")
        assert (swapped["format"], swapped["entries"], swapped["refused"]) == ("text", 2, None)
        reports.take("2026-02-01-scan_dns-example.csv", line(HEADER) + resolver(4, "192.0.2.9"))
        later = event_at(running, "192.0.2.9")
        assert (later["event"]["source_asn"], later["decision"]["as_table"]) == (64520, swapped["version"])
        assert event_at(running, "192.0.2.7")["event"]["source_asn"] == 64510, "what was decided stays"

        replace(announced, gzip.compress(BGP.encode())[:-20])
        running.process.send_signal(signal.SIGHUP)
        refused = wait_for(lambda: tables(running)["as_numbers"]["refused"], "the file that is cut short is refused")
        assert refused["reason"] == "announced: its compressed content ends early, or is damaged"
        assert tables(running)["as_numbers"]["version"] == swapped["version"]
        assert str(tmp_path) not in refused["reason"]
        assert running.stop() == 0


def test_a_start_names_the_table_that_it_cannot_use(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    registered = tmp_path / "registered"
    registered.write_text("nothing of the kind\n")
    try:
        with serving(kula, tmp_path / "data", "--countries", str(registered)):
            raise RuntimeError("it started")
    except AssertionError as ended:
        assert f"{registered}: holds no entry of a table of countries" in str(ended)
