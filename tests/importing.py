"""`kula import` and `kula export`, as an operator types them, and small reports to type them with."""

import base64
import json
import pathlib
import subprocess
from collections.abc import Iterable

PATIENCE = 120.0

HEADER = ("timestamp", "ip", "port", "protocol", "asn", "geo", "tag")
SCAN_DNS = "2026-01-31-scan_dns-example.csv"
COUNTED = ("rows", "accepted", "duplicates", "quarantined")


def cells(number: int) -> dict[str, str]:
    """What a report of open resolvers tells of one; no two are the same."""
    at = f"2026-01-31 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
    told = (at, f"192.0.2.{number % 250 + 1}", "53", "udp", "64500", "MK", f"openresolver {number}")
    return dict(zip(HEADER, told, strict=True))


def line(told: Iterable[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in told) + "\n"


def rows(*numbers: int) -> str:
    return "".join(line(cells(number).values()) for number in numbers)


def report(*numbers: int) -> str:
    return line(HEADER) + rows(*numbers)


class Intake:
    """A data folder that is imported into and exported from."""

    def __init__(self, kula: pathlib.Path, folder: pathlib.Path, *place: str) -> None:
        self.kula = kula
        self.folder = folder
        self.data = folder / "data"
        self.place = place  # More of where the records are: --database.
        self.said = ""

    def write(self, name: str, content: str | bytes) -> pathlib.Path:
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def command(self, *words: str | pathlib.Path) -> list[str | pathlib.Path]:
        return [self.kula, *words, "--data", self.data, *self.place]

    def read(self, *words: str | pathlib.Path) -> tuple[int, list[dict]]:
        """The exit status and what is told of each file; `said` is what standard error says."""
        done = subprocess.run(self.command("import", *words), cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE)
        self.said = done.stderr
        return done.returncode, [json.loads(told) for told in done.stdout.splitlines()]

    def take(self, name: str, content: str | bytes, *words: str) -> dict:
        """What is told of a file whose every row is accounted for."""
        self.write(name, content)
        status, told = self.read(*words, name)
        assert (status, len(told)) == (0, 1), (status, told, self.said)
        assert told[0]["rows"] == told[0]["accepted"] + told[0]["duplicates"] + told[0]["quarantined"], told
        return told[0]

    def export(self, *words: str) -> str:
        done = subprocess.run(self.command("export", *words), capture_output=True, timeout=PATIENCE, check=True)
        return done.stdout.decode()

    def events(self, *words: str) -> list[dict]:
        return [json.loads(told) for told in self.export("events", *words).splitlines()]

    def fields(self, *words: str) -> list[dict]:
        return [event["fields"] for event in self.events(*words)]

    def quarantined(self) -> list[dict]:
        """Each with its very bytes as `raw`."""
        told = [json.loads(row) for row in self.export("quarantine").splitlines()]
        return [row | {"raw": base64.b64decode(row["raw"], validate=True)} for row in told]

    def blobs(self) -> dict[str, bytes]:
        """What lies in the data folder of what came in, by its hash."""
        return {file.parent.name + file.name: file.read_bytes() for file in self.data.glob("blobs/*/*")}


def counts(told: dict) -> tuple[int, ...]:
    """Rows, and what became of them: accepted, duplicates, quarantined."""
    return tuple(told[name] for name in COUNTED)
