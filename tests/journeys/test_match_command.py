"""`kula match` as it is typed: which words are lists and which are inputs, and what several inputs have to do with each other."""

import json
import pathlib
import subprocess

import pytest
from traffic import exports
from traffic.captures import export_frame, pcap
from traffic.flows import Flow

NOW = 1_795_255_200.0


def flow(**more: int) -> Flow:
    return Flow("192.0.2.1", "198.51.100.7", first=NOW - 2, last=NOW - 1, **more)


def capture(*datagrams: bytes) -> bytes:
    return pcap([(NOW + i, export_frame(datagram)) for i, datagram in enumerate(datagrams)])


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "one.txt").write_text("198.51.100.7\n")
    (tmp_path / "two.txt").write_text("# nothing\n198.51.100.8\n")
    (tmp_path / "traffic.pcap").write_bytes(capture(exports.v5([flow()], now=NOW)))
    (tmp_path / "empty.pcap").write_bytes(b"")
    (tmp_path / "notes.log").write_text("this is no list, nor any traffic\n")
    (tmp_path / "named.csv").write_text("who,whom\n192.0.2.1,198.51.100.7\n")
    return tmp_path


def match(kula: pathlib.Path, folder: pathlib.Path, *words: str) -> tuple[int, list[dict], dict]:
    done = subprocess.run([kula, "match", "--stats", *words], cwd=folder, capture_output=True, text=True, timeout=60)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], json.loads(done.stderr.splitlines()[-1])


@pytest.mark.parametrize("words", [
    ("--indicators", "one.txt", "two.txt", "traffic.pcap"),
    ("--indicators", "one.txt", "two.txt", "--", "traffic.pcap"),
    ("--indicators", "two.txt", "--indicators", "one.txt", "--threads", "2", "traffic.pcap"),
    ("traffic.pcap", "--indicators", "one.txt", "two.txt"),
])
def test_lists_and_inputs_are_told_apart(kula: pathlib.Path, folder: pathlib.Path, words: tuple[str, ...]) -> None:
    status, sightings, stats = match(kula, folder, *words)
    assert (status, stats["files"], len(sightings)) == (0, 1, 1)


def test_what_is_no_list_is_an_input_and_has_its_fault(kula: pathlib.Path, folder: pathlib.Path) -> None:
    assert match(kula, folder, "--indicators", "one.txt", "empty.pcap")[::2] == (0, {"files": 1, **dict.fromkeys(("packets", "records", "matched", "sightings", "undecodable", "lost"), 0), "seconds": pytest.approx(0, abs=60)})
    status, sightings, stats = match(kula, folder, "--indicators", "one.txt", "traffic.pcap", "empty.pcap", "missing.pcap", "notes.log")
    assert (status, stats["files"], stats["undecodable"], len(sightings)) == (1, 4, 1, 1)


def test_a_table_is_known_by_its_map_in_any_order(kula: pathlib.Path, folder: pathlib.Path) -> None:
    for words in (("--columns", "source=who,destination=whom", "--indicators", "one.txt", "named.csv"), ("--indicators", "one.txt", "named.csv", "--columns=source=who,destination=whom")):
        status, sightings, stats = match(kula, folder, *words)
        assert (status, stats["records"], len(sightings)) == (0, 1, 1), words


@pytest.mark.parametrize("threads", ["1", "3"])
def test_inputs_have_nothing_to_do_with_each_other(kula: pathlib.Path, folder: pathlib.Path, threads: str) -> None:
    """The same exporter in three files: neither templates, nor sampling, nor sequence numbers carry over."""
    template, data = exports.v9_template(), exports.v9_data([flow()], now=NOW)
    (folder / "a.pcap").write_bytes(capture(exports.v9([template, data], count=2, now=NOW)))
    (folder / "b.pcap").write_bytes(capture(exports.v9([data], count=1, now=NOW, sequence=500)))
    (folder / "c.pcap").write_bytes(capture(exports.v5([flow()], now=NOW, sequence=9000)))
    _, sightings, stats = match(kula, folder, "--threads", threads, "--indicators", "one.txt", "a.pcap", "b.pcap", "traffic.pcap", "c.pcap")
    assert (stats["records"], stats["undecodable"], stats["lost"]) == (3, 1, 0)
    assert [sighting["flows"] for sighting in sightings] == [3]


def test_csv_has_its_header_without_a_hit_too(kula: pathlib.Path, folder: pathlib.Path) -> None:
    def lines(*words: str) -> list[str]:
        return subprocess.run([kula, "match", "--format", "csv", *words, "traffic.pcap"], cwd=folder, capture_output=True, text=True, timeout=60, check=True).stdout.splitlines()

    for each in ([], ["--each"]):
        hit, none = lines("--indicators", "one.txt", *each), lines("--indicators", "two.txt", *each)
        assert (len(hit), none) == (2, hit[:1])
        assert hit[0].count(",") == hit[1].count(",")


@pytest.mark.parametrize("words", [("--export-ports", "5555,5556"), ("--export-ports=5556,5555",), ("--export-ports", "5555", "--export-ports", "5556")])
def test_several_ports_may_carry_exports(kula: pathlib.Path, folder: pathlib.Path, words: tuple[str, ...]) -> None:
    """What is no export counts as a broken one on such a port, and as a packet elsewhere."""
    frames = [export_frame(b"no export", port=port) for port in (5555, 5556, 5557)]
    (folder / "ports.pcap").write_bytes(pcap([(NOW + i, frame) for i, frame in enumerate(frames)]))
    _, _, stats = match(kula, folder, *words, "--indicators", "one.txt", "--", "ports.pcap")
    assert (stats["undecodable"], stats["records"]) == (2, 1)


def test_national_as_numbers_mean_what_they_announce(kula: pathlib.Path, folder: pathlib.Path) -> None:
    (folder / "national.txt").write_text("192.0.2.0/24\nAS64500\nAS64501\n")
    done = subprocess.run([kula, "match", "--indicators", "one.txt", "--national", "national.txt", "traffic.pcap"], cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    assert "national.txt: without --as-table its 2 AS numbers say nothing" in done.stderr
    assert json.loads(done.stdout)["direction"] == "outbound"
    (folder / "as.csv").write_text("198.51.100.0,198.51.100.255,64500\n203.0.113.0,203.0.113.255,64502\n")
    status, sightings, _ = match(kula, folder, "--indicators", "one.txt", "--national", "national.txt", "--as-table", "as.csv", "traffic.pcap")
    assert (status, sightings[0]["direction"]) == (0, "internal")


def test_every_skipped_line_is_named(kula: pathlib.Path, folder: pathlib.Path) -> None:
    (folder / "broken.txt").write_text("".join(f"no indicator {line}\n" for line in range(1, 5001)) + "198.51.100.7\n")
    done = subprocess.run([kula, "match", "--indicators", "broken.txt", "--", "traffic.pcap"], cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert all(f"broken.txt:{line}: " in done.stderr for line in (1, 1001, 5000))
    assert "1 of 5001 lines taken, 5000 skipped" in done.stderr


def test_a_wrong_word_is_named(kula: pathlib.Path, folder: pathlib.Path) -> None:
    done = subprocess.run([kula, "match", "--indicators", "one.txt", "--format", "xml", "traffic.pcap"], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "xml" in done.stderr and "jsonl" in done.stderr and "\x01" not in done.stderr


@pytest.mark.parametrize("words", [("nonsense",), ("admin", "nonsense"), ("verify", "nonsense", "--data", "x")])
def test_a_command_that_is_none_is_named(kula: pathlib.Path, words: tuple[str, ...]) -> None:
    done = subprocess.run([kula, *words], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "") and "there is no command 'nonsense'" in done.stderr
