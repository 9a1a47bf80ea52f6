"""`kill -9` while it collects: the database opens, and nothing that was told to be stored is lost."""

import pathlib
import random
import subprocess
import threading
import time

from running import Running, serving, wait_for
from traffic import exports
from traffic.flows import Flow


class Sender:
    """Sends exports with hits, as fast as a small router, until it is stopped."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._send)

    def __enter__(self) -> "Sender":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _send(self) -> None:
        sequence = 0
        while not self._stop.wait(0.002):
            now = time.time()
            hits = [Flow(f"192.0.2.{1 + (sequence + i) % 200}", "198.51.100.7", first=now - 1, last=now, packets=1, bytes=40) for i in range(20)]
            self._running.send(exports.v5(hits, sequence=sequence, now=now))
            sequence += len(hits)


def is_whole(database: pathlib.Path) -> bool:
    asked = subprocess.run(["sqlite3", database, "pragma integrity_check"], capture_output=True, text=True, check=True)
    return asked.stdout.strip() == "ok"


def test_nothing_that_was_stored_is_lost(kula: pathlib.Path, tmp_path: pathlib.Path, rounds: int) -> None:
    data = tmp_path / "data"
    with serving(kula, data) as running:
        running.set_national_space("192.0.2.0/24")
        running.import_indicators(["198.51.100.7"])
        stored = 0
        for _ in range(rounds):
            with Sender(running):
                begun = stored
                stored = wait_for(lambda: (now := running.totals()["flows"]) > begun and now, "more is stored")
                time.sleep(random.uniform(0, 0.5))  # So that the kill falls anywhere between two writes.
                stored = running.totals()["flows"]
                running.kill()
            for database in data.glob("*.db"):
                assert is_whole(database)
            running.start()
            assert running.totals()["flows"] >= stored
