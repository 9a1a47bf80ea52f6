"""What feeds tell, compared with what IntelMQ's parsers make of the same reports (../shared/data/events-golden).

Every case comes out equal, or stands in events/differences.json: by its id, which fields differ, each with the code of a
reason that stands there too. What is not listed and differs fails, and so does what is listed and does not differ.
`events`: a row is no event here, or an event of one row is none there. A case that no parser of ours means to read stands in
`out_of_scope`, by its id, with the code of a reason.
`scripts/test golden --update` writes the fields anew; those that are new get the reason `?`, with which the test fails
until one is argued. No text of a case is kept in the project.
"""

import base64
import collections
import concurrent.futures
import json
import os
import pathlib

import pytest
from importing import Intake, counts

SHARED = pathlib.Path(os.environ.get("KULA_SHARED_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
DIFFERENCES = pathlib.Path(__file__).resolve().parent / "events/differences.json"
NOT_COMPARED = frozenset({"time.observation", "raw", "__type"})  # They are of the moment and of the way, as feed.* is.


def load_cases() -> dict[str, dict]:
    """By id; where an id is that of several, by id and number."""
    file = SHARED / "events-golden/cases.jsonl"
    if not file.exists():
        return {}
    cases: dict[str, dict] = {}
    seen: collections.Counter[str] = collections.Counter()
    for told in file.read_text().splitlines():
        case = json.loads(told)
        seen[case["id"]] += 1
        number = seen[case["id"]]
        cases[case["id"] + (f".{number}" if number > 1 else "")] = case
    return cases


OUT_OF_SCOPE = json.loads(DIFFERENCES.read_text())["out_of_scope"]
ALL_CASES = load_cases()
CASES = {name: case for name, case in ALL_CASES.items() if name not in OUT_OF_SCOPE}


def compared(event: dict) -> dict:
    return {name: value for name, value in event.items() if name not in NOT_COMPARED and not name.startswith("feed.")}


def likeness(one: dict, other: dict) -> int:
    return sum(1 for name, value in one.items() if name in other and other[name] == value)


def differing(ours: list[dict], theirs: list[dict]) -> set[str]:
    """The fields that differ between events of the same row: those that are most alike."""
    rest, fields = list(theirs), set()
    for event in sorted(ours, key=lambda event: -max((likeness(event, other) for other in theirs), default=0)):
        if not rest:
            break
        other = max(rest, key=lambda other: likeness(event, other))
        rest.remove(other)
        fields |= {name for name in event.keys() | other.keys() if event.get(name) != other.get(name)}
    return fields | ({"events"} if len(ours) != len(theirs) else set())


def run(kula: pathlib.Path, folder: pathlib.Path, case: dict) -> set[str]:
    folder.mkdir()
    intake = Intake(kula, folder)
    name = case["input"].get("extra.file_name") or os.path.basename(case["sample"] or "report.txt")
    intake.write(name, base64.b64decode(case["input"].get("raw", "")))
    _, [told] = intake.read("--source", case["bot"], name)  # A report that is refused tells no events.
    ours = intake.events("--format", "intelmq")
    assert (told["rows"], len(ours)) == (told["accepted"] + told["duplicates"] + told["quarantined"], told["events"])
    return differing([compared(event) for event in ours], [compared(event) for event in case["expected"]])


@pytest.fixture(scope="module")
def differ(kula: pathlib.Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, concurrent.futures.Future]:
    """Of each case that is asked for the fields that differ; two at a time, for each is mostly the start of a program."""
    folder = tmp_path_factory.mktemp("events")
    names = [item.callspec.params.get("name") for item in request.session.items if hasattr(item, "callspec")]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return {name: pool.submit(run, kula, folder / name, CASES[name]) for name in names if name in CASES}


@pytest.mark.skipif(not CASES, reason=f"no shared data at {SHARED}")
@pytest.mark.parametrize("name", CASES)
def test_tells_what_intelmq_tells(name: str, differ: dict[str, concurrent.futures.Future], request: pytest.FixtureRequest) -> None:
    listed = json.loads(DIFFERENCES.read_text())
    fields = differ[name].result()
    if request.config.getoption("--update"):
        known = listed["cases"].pop(name, {})
        if fields:
            listed["cases"][name] = {field: known.get(field, "?") for field in sorted(fields)}
        DIFFERENCES.write_text(json.dumps(listed, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    argued = {field for field, reason in listed["cases"].get(name, {}).items() if reason in listed["reasons"]}
    assert fields == argued, f"{CASES[name]['bot']}: not argued {sorted(fields - argued)}; no longer differing {sorted(argued - fields)}"


@pytest.mark.skipif(not CASES, reason=f"no shared data at {SHARED}")
def test_every_argument_is_of_a_case_and_every_reason_is_used() -> None:
    listed = json.loads(DIFFERENCES.read_text())
    assert set(listed["cases"]) <= set(CASES)
    assert set(OUT_OF_SCOPE) <= set(ALL_CASES)
    differing_by = {reason for fields in listed["cases"].values() for reason in fields.values()}
    assert differing_by | set(OUT_OF_SCOPE.values()) == set(listed["reasons"])


@pytest.mark.skipif(not ALL_CASES, reason=f"no shared data at {SHARED}")
@pytest.mark.parametrize("name", OUT_OF_SCOPE)
def test_what_is_out_of_scope_is_refused_by_the_name_of_its_parser(name: str, kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    intake = Intake(kula, tmp_path)
    intake.write("report", base64.b64decode(ALL_CASES[name]["input"]["raw"]))
    assert intake.read("--source", ALL_CASES[name]["bot"], "report") == (1, [])
    assert f"there is no mapping `{ALL_CASES[name]['bot']}`" in intake.said


# Rows of the published samples that are no events: the type, the row, a part of the reason.
CUT_SHORT = "the row has fewer cells than the header"
SET_ASIDE = {"event4_microsoft_sinkhole": [(6, CUT_SHORT)], "scan_rdp": [(1, CUT_SHORT), (2, CUT_SHORT)]}


@pytest.mark.parametrize("date", ["2023-01-01-", ""])
def test_every_row_of_the_published_samples_is_accounted_for(kula: pathlib.Path, tmp_path: pathlib.Path, date: str) -> None:
    samples = sorted((SHARED / "shadowserver/reports/shadowserver").glob("*.csv"))
    if not samples:
        pytest.skip(f"no shared data at {SHARED}")
    intake = Intake(kula, tmp_path)
    names = [f"{date}{sample.name}" for sample in samples]
    for name, sample in zip(names, samples, strict=True):
        intake.write(name, sample.read_bytes())
    status, told = intake.read(*names)
    assert (status, intake.said, [each["file"] for each in told]) == (0, "", names)
    for each, sample in zip(told, samples, strict=True):
        rows, accepted, duplicates, quarantined = counts(each)
        assert each["format"] == f"shadowserver/{sample.stem}"
        assert rows == accepted + duplicates + quarantined > 0
    assert len(intake.events()) == sum(each["events"] for each in told)
    aside: dict[str, list[tuple[int, str]]] = {}
    for row in intake.quarantined():
        aside.setdefault(row["file"][len(date):-len(".csv")], []).append((row["row"], row["reason"]))
    assert aside == SET_ASIDE
