"""`kill -9` while findings follow what came: each problem is one finding, each event counts once, each is verified once."""

import pathlib
import random
import time

from importing import HEADER, Intake, line
from running import serving, wait_for

ROWS = 3000
PAGE = "/api/v1/findings?limit=1"


def report(day: int, ports: range) -> str:
    told = [line((f"2026-01-{day:02} 09:00:00", f"192.0.2.{port % 250 + 1}", str(port), "udp", "64500", "MK", "openresolver")) for port in ports]
    return line(HEADER) + "".join(told)


def test_findings_of_a_killed_server_are_there_once(kula: pathlib.Path, tmp_path: pathlib.Path, rounds: int) -> None:
    data = tmp_path / "data"
    intake = Intake(kula, tmp_path)
    intake.data = data
    with serving(kula, data) as running:
        running.set_national_space("192.0.2.0/24")

        def followed(day: int, ports: range) -> None:
            """Brings a report in while nobody follows, then kills whoever does, again and again."""
            running.stop()
            intake.take(f"2026-01-{day:02}-scan_dns-example.csv", report(day, ports))
            for _ in range(rounds):
                running.start()
                time.sleep(random.uniform(0, 0.15))
                running.kill()
            running.start()

        def states() -> dict:
            return {state: count for state, count in running.ask("GET", PAGE)[1]["states"].items() if count}

        followed(1, range(1, ROWS + 1))
        wait_for(lambda: states() == {"open": ROWS}, "all are found")
        followed(2, range(1, ROWS // 2))
        followed(3, range(1, ROWS // 2))
        wait_for(lambda: states() == {"open": ROWS // 2 - 1, "verified": ROWS // 2 + 1}, "what is gone is verified")
        seen_thrice = running.get("/api/v1/findings", state="open", sort="events", limit=1)["items"][0]
        assert seen_thrice["events"] == 3
        seen_most = running.get("/api/v1/findings", sort="-events", limit=1)["items"][0]
        assert seen_most["events"] == 3
        verified = running.get("/api/v1/findings", state="verified", limit=1)["items"][0]
        assert verified["version"] == 2, "one step"
