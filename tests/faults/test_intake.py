"""What reports suffer in the field, row by row of the fault table (INTAKE.md §5), as far as `kula import` meets it.

The number in a test's name is the table's. Each says what is required there: a row that is no event is set aside with its
place and its bytes, its neighbours are read, and nothing is lost or counted twice.
"""

import contextlib
import dataclasses
import gzip
import json
import os
import pathlib
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator

import pytest
from importing import HEADER, PATIENCE, SCAN_DNS, Intake, cells, counts, line, report, rows
from postgresql import new_database, postgresql, restart
from running import serving, wait_for
from test_killed import is_whole

JSON = "2026-01-31-scan_dns-example.json"
PAGE = "<!DOCTYPE html>\n<html><head><title>503</title></head>\n<body>try again, later</body></html>\n"


@pytest.fixture
def intake(kula: pathlib.Path, tmp_path: pathlib.Path) -> Intake:
    return Intake(kula, tmp_path)


@dataclasses.dataclass
class Fault:
    """A delivery, and what has to become of it."""

    content: str | bytes
    accepted: int
    set_aside: tuple[tuple[int, int, str], ...] = ()  # Row, line, a part of the reason.
    complete: bool = True
    name: str = SCAN_DNS
    words: tuple[str, ...] = ()
    holds: tuple[str, object] | None = None  # A field of an event.


def changed(number: int, **cell: str) -> str:
    return line((cells(number) | cell).values())


def objects(*numbers: int, **more: object) -> str:
    return json.dumps([cells(number) | more for number in numbers])


def fault(number: int, what: str, *told: object, **more: object) -> object:
    return pytest.param(Fault(*told, **more), id=f"{number}-{what}")


LONG = "x" * (128 * 1024 + 1)
ADDRESS, MOMENT = "ip: ", "timestamp: "


@pytest.mark.parametrize("told", [
    fault(3, "long-field", report(1) + changed(2, tag=LONG) + rows(3), 2, ((2, 3, "128 KiB"),)),
    fault(3, "long-field-in-json-is-short", objects(1, 2, tag="x" * 100_000), 2, name=JSON),
    fault(3, "row-longer-than-any", report(1) + changed(2, tag="x" * (2 << 20)) + rows(3), 2, ((2, 3, "long"),)),
    fault(4, "unclosed-quote", report(*range(1, 500)) + rows(500)[:-2] + "\n" + rows(*range(501, 1001)), 999, ((500, 501, "quotes"),)),
    fault(4, "unclosed-in-json-lines", "".join(json.dumps(cells(n))[:-2 if n == 2 else None] + "\n" for n in (1, 2, 3, 4)), 3, ((2, 2, "no JSON"),), name=JSON),
    fault(4, "brace-unclosed-in-json-lines", "".join(json.dumps(cells(n))[:-1 if n == 2 else None] + "\n" for n in (1, 2, 3, 4)), 3, ((2, 2, "no JSON"),), name=JSON),
    fault(4, "value-in-json-lines-that-spans-lines", json.dumps(cells(1), indent=1) + "\n" + json.dumps(cells(2)) + "\n", 2, name=JSON),
    fault(5, "two-columns-too-many", report(1) + line([*cells(2).values(), "a", "b"]) + rows(3), 2, ((2, 3, "more cells"),)),
    fault(6, "row-cut-short", report(1) + line(list(cells(2).values())[:3]) + rows(3), 2, ((2, 3, "fewer cells"),)),
    fault(7, "cut-between-cells", report(1) + rows(2)[:22], 1, ((2, 3, "fewer cells"),), complete=False),
    fault(7, "cut-inside-a-quoted-cell", report(1) + rows(2)[:30], 1, ((2, 3, "quotes"),), complete=False),
    fault(7, "cut-inside-the-last-quoted-cell", report(1) + rows(2)[:-5], 1, ((2, 3, "quotes"),), complete=False),
    fault(7, "cut-inside-json", objects(1, 2)[:-20], 1, ((2, 1, "ends inside"),), complete=False, name=JSON),
    fault(7, "cut-between-json", objects(1, 2)[:-1], 2, complete=False, name=JSON),
    fault(7, "cut-in-its-packing", gzip.compress(report(1, 2).encode())[:-8], 2, complete=False),
    fault(8, "byte-order-mark", "\ufeff" + report(*range(1000)), 1000),
    fault(8, "byte-order-mark-in-json", "\ufeff" + objects(1, 2), 2, name=JSON),
    fault(9, "latin-1", report(1).encode() + changed(2, tag="caf\xe9").encode("latin-1") + rows(3).encode(), 3, holds=("extra.tag", "café")),
    fault(10, "nul", report(1) + changed(2, tag="a\0b") + rows(3), 3, holds=("extra.tag", "a\0b")),
    fault(12, "line-ends", report(1, 2, 3).replace("\n", "\r\n"), 3),
    fault(12, "newline-inside-quotes", report(1) + changed(2, tag="two\nlines") + rows(3), 3, holds=("extra.tag", "two\nlines")),
    fault(12, "line-end-inside-quotes", (report(1) + changed(2, tag="two\nlines") + rows(3)).replace("\n", "\r\n"), 3, holds=("extra.tag", "two\r\nlines")),
    fault(12, "lines-are-counted-behind-newlines-inside-quotes", report(1) + changed(2, tag="two\nlines") + changed(3, ip="none"), 2, ((3, 5, ADDRESS),)),
    fault(13, "invalid-address", report(1) + changed(2, ip="999.0.2.1") + changed(3, ip="") + rows(4), 2, ((2, 3, ADDRESS), (3, 4, ADDRESS))),
    fault(13, "invalid-address-in-json", json.dumps([cells(1), cells(2) | {"ip": "192.0.2"}, cells(3) | {"ip": None}]), 1, ((2, 1, ADDRESS), (3, 1, ADDRESS)), name=JSON),
    fault(13, "invalid-address-in-csv", "source.ip,classification.type\n999.0.2.1,scanner\n192.0.2.1,scanner\n", 1, ((1, 2, "source.ip"),), name="x.csv"),
    fault(13, "invalid-address-of-intelmq", '{"source.ip": "999.0.2.1", "classification.type": "scanner"}\n', 0, ((1, 1, "source.ip"),), name="x.json", words=("--format", "intelmq")),
    fault(14, "invalid-moment", report(1) + changed(2, timestamp="yesterday") + changed(3, timestamp="2026-02-30 00:00:00") + rows(4), 2, ((2, 3, MOMENT), (3, 4, MOMENT))),
    fault(14, "invalid-moment-of-intelmq", '{"source.ip": "192.0.2.1", "time.source": "yesterday", "classification.type": "scanner"}\n', 0, ((1, 1, "time.source"),), name="x.json", words=("--format", "intelmq")),
    fault(16, "new-column", line([*HEADER, "colour"]) + line([*cells(1).values(), "green"]), 1, holds=("extra.colour", "green")),
    fault(16, "missing-column", line(HEADER[:2]) + line(list(cells(1).values())[:2]), 1),
    fault(17, "column-order", line(reversed(HEADER)) + line(reversed(list(cells(1).values()))), 1, holds=("source.ip", "192.0.2.2")),
    fault(26, "event-with-no-columns", '[{}, {"source.ip": "192.0.2.1"}]', 1, ((1, 1, ""),), name="x.json"),
    fault(26, "row-with-no-values", report(1) + ",,,,,,\n" + rows(2), 2, ((2, 3, ""),)),
    fault(27, "one-bad-event", objects(1, 2, 3).replace("192.0.2.3", "\\ud800"), 2, ((2, 1, ""),), name=JSON),
    fault(35, "out-of-time-order", report(3, 1, 2) + changed(4, timestamp="2019-01-01 00:00:00") + changed(5, timestamp="2027-01-01 00:00:00"), 5),
])
def test_a_report_that_suffers(intake: Intake, told: Fault) -> None:
    account = intake.take(told.name, told.content, *told.words)
    assert counts(account) == (told.accepted + len(told.set_aside), told.accepted, 0, len(told.set_aside))
    assert account["complete"] == told.complete and ("reason" in account) == (not told.complete or told.accepted == 0)
    events, aside = intake.fields(), intake.quarantined()
    assert len(events) == told.accepted
    assert [(row["row"], row["line"]) for row in aside] == [place[:2] for place in told.set_aside]
    assert all(place[2] in row["reason"] for row, place in zip(aside, told.set_aside, strict=True))
    content = told.content.encode() if isinstance(told.content, str) else told.content
    assert all(row["raw"] in content and row["raw"] for row in aside) or told.name != SCAN_DNS
    assert list(intake.blobs().values()) == [content], "it is kept as it came"
    if told.holds:
        name, value = told.holds
        assert value in [event.get(name) for event in events]


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_11_a_nul_reaches_no_column(kula: pathlib.Path, tmp_path: pathlib.Path, where: str) -> None:
    with contextlib.ExitStack() as until:
        place = ("--database", new_database(until.enter_context(postgresql()), "intake")) if where == "postgresql" else ()
        intake = Intake(kula, tmp_path, *place)
        texts = {"malware.name": "a\0b", "classification.identifier": "a\0b", "event_description.text": "a\0b", "extra.text": "a\0b", "comment": "\0"}
        content = json.dumps([{"source.ip": "192.0.2.1"} | texts, {"source.ip": "\0"}, {"source.ip": "192.0.2.2", "a\0b": "c"}])
        assert intake.take("x.json", content)["accepted"] >= 2
        [event] = [event for event in intake.fields() if event.get("source.ip") == "192.0.2.1"]
        assert {name: event[name] for name in texts} == texts
        assert counts(intake.take(SCAN_DNS, report(1) + changed(2, tag="\0") + '"\0","\0\n' + rows(3))) == (4, 3, 0, 1)
        assert intake.quarantined()[-1]["raw"] == b'"\0","\0'
        intake.export("events", "--format", "csv")


def test_25_a_database_that_starts_anew_meanwhile_loses_and_doubles_nothing(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    numbers = range(15_000)
    (tmp_path / SCAN_DNS).write_text(report(*numbers))
    with postgresql() as server:
        place = ("--database", new_database(server, "intake"))
        with serving(kula, tmp_path / "data", *place) as running:
            intake = Intake(kula, tmp_path, *place)
            begun = subprocess.Popen(intake.command("import", tmp_path / SCAN_DNS), stdout=subprocess.PIPE, stderr=subprocess.PIPE)

            def rows_read() -> list[int]:
                """Nothing while the database is away."""
                status, told, _ = running.ask("GET", "/api/v1/deliveries")
                return [each["rows"] for each in told["items"]] if status == 200 else []

            wait_for(lambda: any(0 < read < len(numbers) for read in rows_read()), "a part of it is read")
            restart(server)
            begun.communicate(timeout=PATIENCE)
            wait_for(lambda: rows_read() == [len(numbers)], "the server reads on by itself", 120)
            tags = [event["extra.tag"] for event in intake.fields()]
            assert len(tags) == len(set(tags)) == len(numbers)
            assert running.stop() == 0


@pytest.mark.parametrize(("name", "content"), [
    (SCAN_DNS, report(*range(1000)).replace('"ip"', '"address"', 1)),
    (SCAN_DNS, report(*range(1000)).replace('"timestamp"', '"time"', 1)),
], ids=["ip", "timestamp"])
def test_15_a_needed_column_that_is_renamed_is_one_alarm(intake: Intake, name: str, content: str) -> None:
    intake.write(name, content)
    status, told = intake.read(name)
    assert (status, len(intake.said.splitlines())) == (1, 1)
    assert "column" in told[0]["reason"] and told[0]["reason"] in intake.said
    assert intake.events() == [] and list(intake.blobs().values()) == [content.encode()]


def test_15_a_needed_member_that_is_renamed_is_one_alarm(intake: Intake) -> None:
    intake.write(JSON, objects(*range(2000)).replace('"ip"', '"address"'))
    status, [told] = intake.read(JSON)
    assert (status, counts(told), len(intake.said.splitlines())) == (1, (1000, 0, 0, 1000), 1)
    assert "the first: ip: is missing" in told["reason"] and told["reason"] in intake.said


@pytest.mark.parametrize("content", [
    line([*HEADER, "colour"]) + "".join(line([*cells(number).values(), "green"]) for number in range(300)),
    line(HEADER[:-1]) + "".join(line(list(cells(number).values())[:-1]) for number in range(300)),
], ids=["new", "missing"])
def test_16_another_column_is_no_more_than_a_line(intake: Intake, content: str) -> None:
    assert counts(intake.take(SCAN_DNS, content)) == (300, 300, 0, 0)
    assert len(intake.said.splitlines()) <= 1


def test_16_a_new_column_is_told_in_a_line(intake: Intake) -> None:
    told = intake.take(SCAN_DNS, line([*HEADER, "colour"]) + line([*cells(1).values(), "green"]))
    assert "colour" in intake.said + json.dumps(told)


@pytest.mark.parametrize(("name", "content"), [
    (SCAN_DNS, PAGE),
    (JSON, PAGE),
    (SCAN_DNS, "\r\n  <HTML>\n<body>503</body></HTML>"),
    (SCAN_DNS, gzip.compress(PAGE.encode())),
    ("x.csv", PAGE),
    (SCAN_DNS, "\ufeff" + PAGE),
    ("x.csv", '<?xml version="1.0"?>\n' + PAGE),
], ids=["csv", "json", "upper-case", "packed", "any-table", "byte-order-mark", "xhtml"])
def test_18_a_web_page_is_no_report(intake: Intake, name: str, content: str | bytes) -> None:
    intake.write(name, content)
    status, told = intake.read(name)
    assert (status, [counts(each) for each in told]) == (1, [(0, 0, 0, 0)])
    assert told[0]["reason"] in intake.said and "page" in told[0]["reason"]
    assert intake.events() == [] and intake.quarantined() == []
    assert len(intake.blobs()) == 1, "it is kept for whoever looks into it"


def test_19_empty_is_not_missing(intake: Intake) -> None:
    for name, content in ((SCAN_DNS, ""), ("2026-02-01-scan_dns-example.csv", line(HEADER)), (JSON, "[]"), ("2026-02-01-scan_dns-example.json", "")):
        told = intake.take(name, content)
        assert (counts(told), told["complete"], intake.said) == ((0, 0, 0, 0), True, "")
    assert intake.read("2026-02-02-scan_dns-example.csv") == (1, [])
    assert "2026-02-02-scan_dns-example.csv: No such file" in intake.said


BAD_ROWS = line(HEADER) + "".join(changed(number, timestamp="never") for number in range(10_000))


def test_20_a_report_of_bad_rows_alone_is_given_up(intake: Intake) -> None:
    intake.write(SCAN_DNS, BAD_ROWS)
    status, [told] = intake.read(SCAN_DNS)
    assert (status, "reason" in told) == (1, True)
    assert told["quarantined"] < 10_000 and len(intake.quarantined()) == told["quarantined"]
    assert list(intake.blobs().values()) == [BAD_ROWS.encode()]


# A process counts what whoever started it held; so a small one starts it.
MEASURED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10, file=sys.stderr)
sys.exit(status)
"""


def read_measured(intake: Intake, pieces: Iterable[bytes], *words: str) -> tuple[int, dict, int]:
    """Exit status, what is told of the pieces, and the memory in MiB that it took at most."""
    process = subprocess.Popen([sys.executable, "-c", MEASURED, *intake.command("import", *words, "-")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin and process.stdout and process.stderr
    with process.stdin as pipe:
        for piece in pieces:
            pipe.write(piece)
    told, said = process.stdout.read(), process.stderr.read()
    return process.wait(PATIENCE), json.loads(told), int(said.splitlines()[-1])


def much(megabytes: int, cell: int) -> Iterator[bytes]:
    """A report of so much; its rows are few, said again and again."""
    yield line(HEADER).encode()
    block = "".join(changed(number, tag="x" * cell) for number in range(10)).encode()
    for _ in range(0, megabytes << 20, len(block)):
        yield block


def test_21_memory_does_not_grow_with_the_report(intake: Intake, request: pytest.FixtureRequest) -> None:
    status, told, most = read_measured(intake, much(5000 if request.config.getoption("--long") else 12, 2000), "--format", "csv")
    assert (status, told["accepted"], told["complete"]) == (0, 10, True)
    assert most < 150, f"{most} MiB"


@pytest.mark.parametrize("words", [(), ("--source", "shadowserver")])
def test_22_a_type_that_nobody_knows_is_kept(intake: Intake, words: tuple[str, ...]) -> None:
    content = report(1, 2)
    assert counts(intake.take("2026-01-31-scan_colours-example.csv", content, *words)) == (2, 2, 0, 0)
    assert list(intake.blobs().values()) == [content.encode()]
    assert {event["classification.type"] for event in intake.fields()} == {"undetermined"}


def test_22_a_type_that_nobody_knows_has_the_usual_columns(intake: Intake) -> None:
    intake.take("2026-01-31-scan_colours-example.csv", report(1, 2))
    assert [event.get("source.ip") for event in intake.fields()] == ["192.0.2.2", "192.0.2.3"]


@pytest.mark.parametrize("words", [(), ("--source", "shadowserver")])
def test_22_a_type_that_nobody_knows_is_an_alarm(intake: Intake, words: tuple[str, ...]) -> None:
    told = intake.take("2026-01-31-scan_colours-example.csv", report(1, 2), *words)
    assert "scan_colours" in intake.said + told.get("reason", "")


def test_30_what_is_taken_again_is_known_by_its_content(intake: Intake) -> None:
    content = report(1, 2) + changed(3, ip="none")
    told = [intake.take(f"2026-01-31-scan_dns-{number}.csv", content) for number in range(3)]
    assert [counts(each) for each in told] == [(3, 2, 0, 1), (3, 0, 2, 1), (3, 0, 2, 1)]
    assert (len(intake.events()), len(intake.quarantined()), len(intake.blobs())) == (2, 1, 1)
    # The same rows, packed otherwise, are another delivery of the same events.
    packed = intake.take("2026-01-31-scan_dns-packed.csv.gz", gzip.compress(content.encode()))
    assert (counts(packed), len(intake.events())) == ((3, 0, 2, 1), 2)


def test_34_a_list_cut_short_takes_nothing_off(intake: Intake) -> None:
    hosts = [f"45.9.20.{host}" for host in range(1, 101)]
    of = ("--source", "ci_army")
    assert intake.take("whole.txt", "\n".join(hosts), *of)["list"] == {"listed": 100, "new": 100, "gone": 0}
    short = intake.take("short.txt", "\n".join(hosts[:20]), *of)
    assert "list" not in short and short["complete"] is False
    assert "would shrink from 100 values to 20" in short["reason"]
    following = intake.take("next.txt", "\n".join([*hosts[1:], "45.9.21.1"]), *of)
    assert following["list"] == {"listed": 100, "new": 1, "gone": 1}


def test_33_the_same_event_of_two_feeds_is_one(intake: Intake) -> None:
    for name, expected in (("one", (2, 2, 0, 0)), ("two", (2, 0, 2, 0))):
        assert counts(intake.take(SCAN_DNS, report(1, 2), "--source", f"example-{name}", "--format", "shadowserver")) == expected
    assert {event["source"] for event in intake.events()} == {"example-one"}


@pytest.mark.parametrize("bomb", [
    b"\0" * (100 << 20),
    gzip.compress(b"\n" * (100 << 20)),
], ids=["nul", "nested"])
def test_45_a_bomb_goes_off_in_nobodys_hands(intake: Intake, bomb: bytes) -> None:
    packed = gzip.compress(bomb)
    assert len(packed) < 1 << 20
    _, told, most = read_measured(intake, [packed], "--format", "csv")
    assert not told["complete"] and told["accepted"] == 0 and told["reason"]
    assert most < 150, f"{most} MiB"
    assert sum(file.stat().st_size for file in intake.data.rglob("*") if file.is_file()) < 16 << 20


def test_45_a_bomb_is_named(intake: Intake) -> None:
    intake.write(SCAN_DNS, gzip.compress(b"\0" * (100 << 20)))
    status, [told] = intake.read(SCAN_DNS)
    assert status == 1 and "unpacks" in told["reason"]


def test_45_packings_one_in_the_other_have_an_end(intake: Intake) -> None:
    packed = report(1).encode()
    for depth in range(1, 5):
        packed = gzip.compress(packed)
        if depth <= 3:
            assert counts(intake.take(f"2026-01-31-scan_dns-{depth}.csv", packed))[0] == 1
    intake.write(SCAN_DNS, packed)
    status, [told] = intake.read(SCAN_DNS)
    assert (status, counts(told)) == (1, (0, 0, 0, 0)) and "packed" in told["reason"]


def test_45_a_name_leads_nowhere(intake: Intake) -> None:
    (intake.folder / "deep" / "er").mkdir(parents=True)
    before = {file for file in intake.folder.rglob("*") if intake.data not in file.parents}
    intake.write(SCAN_DNS, report(1) + changed(2, ip="none"))
    status, [told] = intake.read(f"deep/../deep/er/../../{SCAN_DNS}")
    assert (status, counts(told)) == (0, (2, 1, 0, 1))
    assert intake.quarantined()[0]["file"] == SCAN_DNS
    after = {file for file in intake.folder.rglob("*") if intake.data not in file.parents}
    assert after - before == {intake.data, intake.folder / SCAN_DNS}


def kill_rounds(request: pytest.FixtureRequest) -> int:
    return int(os.environ.get("KULA_KILL_ROUNDS", 200 if request.config.getoption("--long") else 20))


def fresh(kula: pathlib.Path, folder: pathlib.Path) -> Iterator[Intake]:
    """One folder after the other; its tables are there."""
    for number in range(1_000_000):
        (folder / str(number)).mkdir()
        intake = Intake(kula, folder / str(number))
        intake.export("events")
        yield intake


def test_1_a_kill_at_the_first_start_leaves_a_folder_that_opens(intake: Intake) -> None:
    intake.write(SCAN_DNS, report(1))
    for step in range(20):
        intake.data = intake.folder / f"data{step}"
        process = subprocess.Popen(intake.command("import", intake.folder / SCAN_DNS), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02 * step)
        process.kill()
        process.communicate(timeout=PATIENCE)
        status, _ = intake.read(SCAN_DNS)
        assert (status, intake.said) == (0, "")


def assert_all_is_there(intake: Intake, expected: dict[str, int], distinct: set[str], bad: int) -> None:
    assert is_whole(intake.data / "kula.sqlite")
    [delivery] = json.loads(subprocess.run(
        ["sqlite3", "-json", intake.data / "kula.sqlite", "select state, rows, accepted, duplicates, quarantined, events, complete from delivery"],
        capture_output=True, text=True, check=True).stdout)
    assert delivery == expected | {"state": "read", "complete": 1}
    tags = [event["extra.tag"] for event in intake.fields()]
    assert len(tags) == len(distinct), "none doubled"
    assert set(tags) == distinct, "none lost"
    assert [row["raw"].count(b"never") for row in intake.quarantined()] == [1] * bad
    assert len(intake.blobs()) == 1 and not list(intake.data.glob("blobs/*.unfinished"))


def test_1_2_a_kill_at_any_moment_loses_and_doubles_nothing(
        kula: pathlib.Path, tmp_path: pathlib.Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    """Killed again and again until it ends by itself; then the next folder, until there were rounds enough."""
    numbers, bad = range(19_000), 100
    content = report(*numbers) + rows(*numbers[:900]) + "".join(changed(number, timestamp="never") for number in range(bad))
    head, *body = content.splitlines(keepends=True)
    random.Random(1).shuffle(body)
    file = tmp_path / SCAN_DNS
    file.write_text(head + "".join(body))
    distinct = {cells(number)["tag"] for number in numbers}
    expected = {"rows": 20_000, "accepted": 19_000, "duplicates": 900, "quarantined": bad, "events": 19_000}
    rounds = kill_rounds(request)
    done = hits = endings = 0
    folders = fresh(kula, tmp_path)
    intake = next(folders)
    while True:
        process = subprocess.Popen(intake.command("import", file), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done < rounds:
            done += 1
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(random.uniform(0.0, 1.2))
            process.kill()
        said = process.communicate(timeout=PATIENCE)[1]
        if process.returncode == -9:
            hits += 1
            continue
        assert process.returncode == 0, said.decode()
        assert_all_is_there(intake, expected, distinct, bad)
        endings += 1
        if done == rounds:
            break
        intake = next(folders)
    with capsys.disabled():
        print(f"\nkula import: {done} rounds, {hits} kills hit, {endings} deliveries read to their end")
    assert hits >= rounds / 2
    assert counts(intake.read(file)[1][0]) == (20_000, 0, 19_900, 100)
