"""The disk fills: what collects says so, goes on collecting, and stores again when there is room; what imports goes on where it stopped."""

import os
import pathlib
import subprocess
import time
from collections.abc import Iterator

import pytest
from importing import SCAN_DNS, Intake, counts, report
from running import serving, wait_for
from traffic import exports
from traffic.flows import Flow


@pytest.fixture
def small_disk(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    if os.geteuid() != 0:
        pytest.skip("a disk of its own needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: pathlib.Path) -> pathlib.Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass
    return ballast


def test_a_full_disk_is_told_and_survived(kula: pathlib.Path, small_disk: pathlib.Path) -> None:
    def send(host: int) -> None:
        now = time.time()
        running.send(exports.v5([Flow(f"192.0.2.{host}", "198.51.100.7", 40000, port, first=now - 1, last=now) for port in range(1, 30)], now=now))

    with serving(kula, small_disk / "data") as running:
        running.set_national_space("192.0.2.0/24")
        running.import_indicators(["198.51.100.7"])
        send(1)
        before = wait_for(lambda: running.totals()["flows"], "the first flows are stored")

        ballast = fill(small_disk)
        host = iter(range(2, 255))
        wait_for(lambda: send(next(host)) or running.get("/api/v1/status")["storage"]["state"] == "unavailable", "the full disk is told", 60)
        assert running.get("/api/v1/status")["storage"]["reason"]
        assert running.get("/api/v1/exporters")["exporters"], "collection goes on"

        ballast.unlink()
        wait_for(lambda: running.get("/api/v1/status")["storage"]["state"] == "ok", "there is room again", 60)
        send(1)
        wait_for(lambda: running.totals()["flows"] > before, "flows are stored again")
        assert running.stop() == 0


def test_an_import_goes_on_when_there_is_room(kula: pathlib.Path, small_disk: pathlib.Path) -> None:
    """Room for nothing, then for the report and a part of its events, then for all."""
    intake = Intake(kula, small_disk)
    assert counts(intake.take(SCAN_DNS, report(1))) == (1, 1, 0, 0)
    content = report(*range(1, 6001))
    file = intake.write("2026-02-01-scan_dns-example.csv", content)
    ballast = fill(small_disk)
    for room in (0, len(content) + (3 << 20)):  # For nothing; for the report, and a part of its events.
        os.truncate(ballast, ballast.stat().st_size - room)
        assert intake.read(file.name) == (1, [])
        assert intake.said.startswith("kula import: ") and len(intake.said.splitlines()) == 1

    ballast.unlink()
    assert len(intake.events()) < 6000
    status, [told] = intake.read(file.name)
    assert (status, counts(told)) == (0, (6000, 5999, 1, 0))
    numbers = [event["extra.tag"] for event in intake.fields()]
    assert len(numbers) == len(set(numbers)) == 6000
    assert not list(intake.data.glob("blobs/*.unfinished"))
