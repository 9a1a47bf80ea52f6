"""Exports that others made and others counted: softflowd's and nfreplay's, read by nfcapd and by `kula match` alike.

Everything stays on loopback. A relay takes the datagrams, keeps them as a capture and hands them on to nfcapd.
"""

import contextlib
import json
import pathlib
import random
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from running import free_port, wait_for
from traffic.captures import export_frame, frame, pcap
from traffic.flows import Flow

LISTED = ["198.51.100.7", "203.0.113.0/24", "2001:db8:f::/48"]


def ordinary_traffic() -> bytes:
    """Some hundred conversations among documentation addresses, the same every time."""
    chance = random.Random(20261121)
    packets = []
    for number in range(300):
        if number % 5 == 0:
            source, destination = f"2001:db8:1::{number:x}", f"2001:db8:{chance.choice('ef')}::{number:x}"
        else:
            source = f"192.0.2.{chance.randrange(1, 255)}"
            destination = chance.choice([f"203.0.113.{number % 256}", "198.51.100.7", f"198.51.100.{number % 256}"])
        flow = Flow(source, destination, 20000 + number, chance.choice([53, 80, 443]), chance.choice([6, 17]))
        begun = 1_795_255_200 + number * 0.01
        packets += [(begun + i, frame(flow, bytes(chance.randrange(0, 400)))) for i in range(chance.randrange(1, 6))]
    return pcap(sorted(packets))


class Relay:
    """Keeps what arrives, and hands it on."""

    def __init__(self, onward: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.2)
        self.port = self._socket.getsockname()[1]
        self.kept: list[tuple[float, bytes]] = []
        self._onward = ("127.0.0.1", onward)
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended:
            with contextlib.suppress(TimeoutError):
                datagram = self._socket.recv(65536)
                self.kept.append((time.time(), datagram))
                self._socket.sendto(datagram, self._onward)

    def capture(self) -> bytes:
        """What was kept, once nothing more comes."""
        seen = -1
        while seen != len(self.kept):
            seen = len(self.kept)
            time.sleep(0.5)
        self._ended = True
        self._thread.join()
        return pcap([(moment, export_frame(datagram)) for moment, datagram in self.kept])


@contextlib.contextmanager
def nfcapd(folder: pathlib.Path) -> Iterator[int]:
    folder.mkdir()
    port = free_port(socket.SOCK_DGRAM)
    process = subprocess.Popen(["nfcapd", "-b", "127.0.0.1", "-p", str(port), "-w", folder, "-t", "3600"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: f":{port:04X}" in pathlib.Path("/proc/net/udp").read_text(), "nfcapd listens")
    try:
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def nfdump_flows(folder: pathlib.Path) -> int:
    summary = subprocess.run(["nfdump", "-R", folder, "-I"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Flows: (\d+)", summary, re.MULTILINE)[1])


def match(kula: pathlib.Path, folder: pathlib.Path, capture: bytes) -> tuple[dict, list[dict]]:
    (folder / "exports.pcap").write_bytes(capture)
    (folder / "listed").write_text("\n".join(LISTED))
    (folder / "national").write_text("192.0.2.0/24\n2001:db8:1::/48\n")
    done = subprocess.run(
        [kula, "match", "--indicators", folder / "listed", "--national", folder / "national", "--stats", folder / "exports.pcap"],
        capture_output=True, text=True, check=True, timeout=60,
    )
    return json.loads(done.stderr.splitlines()[-1]), [json.loads(line) for line in done.stdout.splitlines()]


def softflowd(folder: pathlib.Path, version: str, port: int) -> None:
    (folder / "ordinary.pcap").write_bytes(ordinary_traffic())
    # Short names: softflowd never ends when the path of its control socket is long.
    subprocess.run(
        ["softflowd", "-r", "ordinary.pcap", "-n", f"127.0.0.1:{port}", "-v", version, "-6", "-d", "-p", "pid", "-c", "ctl"],
        check=True, capture_output=True, timeout=60, cwd=folder,
    )


@pytest.mark.parametrize("version", ["5", "9", "10"])
def test_softflowds_records_are_all_counted(kula: pathlib.Path, tmp_path: pathlib.Path, version: str) -> None:
    with nfcapd(tmp_path / "nfcapd") as port:
        relay = Relay(port)
        softflowd(tmp_path, version, relay.port)
        capture = relay.capture()
    stats, sightings = match(kula, tmp_path, capture)
    assert stats["records"] == nfdump_flows(tmp_path / "nfcapd") > 100
    assert stats["undecodable"] == 0 and stats["lost"] == 0
    assert {s["direction"] for s in sightings} == {"outbound"}
    assert ("2001:db8:f::/48" in {s["indicator"] for s in sightings}) == (version != "5")


@pytest.mark.parametrize("version", ["5", "9"])
def test_nfreplays_records_are_all_counted(kula: pathlib.Path, tmp_path: pathlib.Path, version: str) -> None:
    with nfcapd(tmp_path / "first") as port:
        relay = Relay(port)
        softflowd(tmp_path, "5" if version == "5" else "9", relay.port)
        relay.capture()
    with nfcapd(tmp_path / "second") as port:
        relay = Relay(port)
        stored = next(file for file in (tmp_path / "first").iterdir() if file.name.startswith("nfcapd"))
        subprocess.run(["nfreplay", "-H", "127.0.0.1", "-p", str(relay.port), "-v", version, "-d", "1000", "-r", stored], check=True, capture_output=True, timeout=60)
        capture = relay.capture()
    stats, sightings = match(kula, tmp_path, capture)
    assert stats["records"] == nfdump_flows(tmp_path / "second") == nfdump_flows(tmp_path / "first")
    assert stats["undecodable"] == 0
    assert sightings
