"""The desk on `kula demo`, in Chromium: every page in every language is drawn without fault and leads on.

The pictures lie in build/journeys afterwards; `--update` also renews those in docs/desk.
"""

import os
import pathlib
import re
import shutil
import socket
import subprocess

import pytest
from importing import SCAN_DNS, Intake, rows
from importing import report as resolvers
from reporting import FINDINGS, Reports
from running import Running, free_port, wait_for

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build/journeys"


def report(demo: Running, folder: pathlib.Path) -> None:
    """Four days of scans at the demo's organisations: some are mended on the way, one of those comes back."""
    owned = [network["value"] for network in demo.get("/api/v1/networks", kind="prefix", limit=500)["items"] if "." in network["value"]]
    places = [network.split("/")[0].rsplit(".", 1)[0] + ".1" for network in owned][:20]
    reports = Reports(demo, folder)
    for day, seen in enumerate((places, places[5:], places[5:], places[4:]), 1):
        reports.day(day, *seen)
    wait_for(lambda: demo.get(FINDINGS, state="verified")["total"] and demo.get(FINDINGS, state="reopened")["total"], "findings are there")


def test_every_page_is_drawn_and_leads_on(kula: pathlib.Path, tmp_path: pathlib.Path, request: pytest.FixtureRequest) -> None:
    listen, collect = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    data = tmp_path / "data"
    demo = Running([kula, "demo", "--data", data, "--listen", f"127.0.0.1:{listen}"], listen, collect, tmp_path / "demo.log", data)
    try:
        wait_for(lambda: demo.totals()["sightings"] > 100, "the demo has a day to show", 120)
        report(demo, tmp_path)
        Intake(kula, tmp_path).take(SCAN_DNS, resolvers(1, 2) + rows(3).replace("192.0.2.4", "no address"))
        PICTURES.mkdir(parents=True, exist_ok=True)
        seen = subprocess.run(["node", pathlib.Path(__file__).with_name("desk.mjs"), demo.base.replace("127.0.0.1", "localhost"), PICTURES], capture_output=True, text=True, timeout=1800, env={**os.environ, "KULA_TOKEN": demo.token})
        assert seen.returncode == 0, seen.stdout + seen.stderr
        for stage in ({"reached": "claimed_fixed"}, {"state": "help_needed"}, {"state": "verified"}):  # A claim is soon verified.
            wait_for(lambda: demo.get(FINDINGS, source="example-scanner", **stage)["total"], f"the demo's owners were told by mail, and one is {stage}", 600)
        if request.config.getoption("--update"):
            for page in ("picture", "today"):
                shutil.copy(PICTURES / f"{page}-en-1440.png", ROOT / f"docs/desk/{page}.png")
    finally:
        assert demo.stop() == 0


def test_the_first_view_is_light(country: Running) -> None:
    """What a cold browser fetches before anything lazy, as it goes over the line; fonts apart, which no text waits for."""
    def packed(path: str) -> tuple[int, str]:
        done = subprocess.run(["curl", "--silent", "--fail", "--compressed", "--write-out", "%{stderr}%{size_download}", country.base + path], capture_output=True, text=True, check=True, timeout=20)
        return int(done.stderr), done.stdout

    size, page = packed("/desk/")
    needed = set(re.findall(r'(?:src|href)="(/desk/[^"]+\.(?:js|css))"', page))
    assert len(needed) >= 3
    assert size + sum(packed(path)[0] for path in needed) < 250_000
