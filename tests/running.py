"""A running `kula serve` or `kula demo`, as its users see it: over HTTP and UDP on loopback."""

import contextlib
import json
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from typing import Any

PATIENCE = 30.0  # Seconds until a condition that should come true is given up.


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """The condition's first true value."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"did not come true within {patience} s: {what}")


ROLES = json.loads((pathlib.Path(__file__).resolve().parents[1] / "data/access/roles.json").read_text())


def admin(kula: str | pathlib.Path, data: pathlib.Path, *arguments: str) -> str:
    """What `kula admin` prints, without the line's end."""
    command = [str(kula), "admin", *arguments, "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout.strip()


class Running:
    """`token` is what the journey's questions are asked with: one that may do everything, unless it is changed."""

    def __init__(self, command: list[str | pathlib.Path], listen: int, collect: int, log: pathlib.Path, data: pathlib.Path) -> None:
        self.base = f"http://127.0.0.1:{listen}"
        self.kula = next(part for part in command if str(part).endswith("kula"))
        self.data = data
        self.token = ""
        self.collect = ("127.0.0.1", collect)
        self.log = log
        self._command = command
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.process: subprocess.Popen[bytes]
        self.start()
        self.token = self.make_token(*(set(ROLES["permissions"]) - set(ROLES["for_people_only"])))

    def make_token(self, *permissions: str) -> str:
        return admin(self.kula, self.data, "token", "make", "journeys", "--permission", *permissions)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log)
        wait_for(self._is_ready, "the server is ready; its log:\n" + self.log.read_text())

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, f"ended with {self.process.returncode}:\n{self.log.read_text()}"
        try:
            return self.ask("GET", "/readyz")[0] == 200
        except OSError:
            return False

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def send(self, datagram: bytes) -> None:
        self._udp.sendto(datagram, self.collect)

    def ask(self, method: str, path: str, body: Any = None, kind: str = "application/json", **headers: str) -> tuple[int, Any, dict[str, str]]:
        """Status, decoded body, headers. Underlines in header names become dashes."""
        content = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, content, method=method)
        if content is not None:
            request.add_header("Content-Type", kind)
        if self.token and "Cookie" not in headers:
            request.add_header("Authorization", f"Bearer {self.token}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, _decoded(answer), dict(answer.headers)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, _decoded(refusal), dict(refusal.headers)

    def get(self, path: str, **query: Any) -> Any:
        status, body, _ = self.ask("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""))
        assert status == 200, (path, status, body)
        return body

    def change(self, method: str, path: str, body: Any, kind: str = "application/json", **headers: str) -> Any:
        status, answer, _ = self.ask(method, path, body, kind, **headers)
        assert status == 200, answer
        return answer

    def import_indicators(self, lines: list[str], source: str = "example-list", **query: Any) -> Any:
        """Waits until traffic is matched against them; the log tells when."""
        before = self.log.read_text().count("matching against")
        path = "/api/v1/indicators/import?" + urllib.parse.urlencode({"source": source, **query})
        answer = self.change("POST", path, "\n".join(lines), "text/plain")
        wait_for(lambda: self.log.read_text().count("matching against") > before, "the list is matched against")
        return answer

    def import_organisations(self, csv: str) -> Any:
        return self.change("POST", "/api/v1/organisations/import", csv, "text/csv")

    def set_national_space(self, *prefixes: str, as_numbers: Sequence[int] = ()) -> None:
        tag = self.ask("GET", "/api/v1/national-space")[2]["ETag"]
        self.change("PUT", "/api/v1/national-space", {"prefixes": list(prefixes), "as_numbers": list(as_numbers)}, If_Match=tag)

    def totals(self, **query: Any) -> dict[str, int]:
        return self.get("/api/v1/sightings", **query)["totals"]


def _decoded(answer: Any) -> Any:
    text = answer.read().decode()
    return json.loads(text) if "json" in (answer.headers.get("Content-Type") or "") else text


@contextlib.contextmanager
def serving(kula: pathlib.Path, data: pathlib.Path, *options: str, prefix: tuple[str, ...] = ()) -> Iterator[Running]:
    listen, collect = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    command = [*prefix, kula, "serve", "--data", data, "--listen", f"127.0.0.1:{listen}", "--collect", f"127.0.0.1:{collect}", *options]
    running = Running(command, listen, collect, data.with_suffix(".log"), data)
    try:
        yield running
    finally:
        running.kill() if running.process.poll() is None else None
