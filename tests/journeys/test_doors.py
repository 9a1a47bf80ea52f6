"""The server's manners as curl and rude clients see them: the desk, encodings, conditions, refusals, two thousand who are slow."""

import json
import pathlib
import re
import resource
import socket
import subprocess
import urllib.parse

import pytest
from running import Running


def curl(running: Running, path: str, *options: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case, body."""
    if not any(option.startswith("Authorization:") for option in options):
        options = ("--header", f"Authorization: Bearer {running.token}", *options)
    command = ["curl", "--silent", "--show-error", "--max-time", "20", "--include", *options, running.base + path]
    head, _, body = subprocess.run(command, capture_output=True, check=True).stdout.partition(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100"):
        head, _, body = body.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    fields = (line.split(": ", 1) for line in lines)
    return int(first.split()[1]), {name.lower(): value for name, value in fields}, body


def test_the_desk_is_served_with_everything_it_names(country: Running) -> None:
    status, headers, _ = curl(country, "/desk")
    assert (status, headers["location"]) == (302, "/desk/")
    status, headers, page = curl(country, "/desk/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src" not in headers["content-security-policy"] and "default-src 'self'" in headers["content-security-policy"]
    assert curl(country, "/desk/sightings/anything")[2] == page, "the desk finds its own pages"
    files = re.findall(r'(?:src|href)="(/desk/[^"]+)"', page.decode())
    assert files
    for file in files:
        status, headers, plain = curl(country, file)
        assert status == 200, file
        assert curl(country, file, "--compressed")[2] == plain, "the same, compressed on the way"
        assert curl(country, file, "--header", f"If-None-Match: {headers['etag']}")[0] == 304
        if "/assets/" in file:
            assert "immutable" in headers["cache-control"]
    assert curl(country, "/desk/assets/gone-12345678.js")[0] == 404


def test_answers_keep_their_manners(country: Running) -> None:
    status, headers, _ = curl(country, "/api/v1/status")
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store" and "date" in headers
    assert "access-control-allow-origin" not in headers
    status, packed, body = curl(country, "/api/v1/openapi.json", "--header", "Accept-Encoding: gzip")
    assert packed["content-encoding"] == "gzip" and int(packed["content-length"]) == len(body)
    status, headed, nothing = curl(country, "/api/v1/openapi.json", "--head")
    assert (status, nothing) == (200, b"") and int(headed["content-length"]) > len(body)
    status, headers, body = curl(country, "/api/v1/sectors", "--request", "DELETE")
    assert (status, headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert headers["content-type"] == "application/problem+json" and json.loads(body)["status"] == 405
    assert curl(country, "/api/v1/nothing")[0] == 404
    assert curl(country, "/api/v1/status", "--header", "Host: desk.elsewhere.example")[0] == 421


def test_a_body_that_is_too_long_is_refused(country: Running, tmp_path: pathlib.Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"name\n" + b"x" * (17 << 20))
    for way in ([], ["--header", "Transfer-Encoding: chunked"], ["--header", "Expect:"]):
        sent = ["--data-binary", f"@{large}", "--header", "Content-Type: text/csv", *way]
        status, _, body = curl(country, "/api/v1/organisations/import", *sent)
        assert status == 413, way
        assert json.loads(body)["fault"] == "invalid"
    assert country.get("/api/v1/organisations")["total"] == 2


def test_two_thousand_slow_clients_stop_nobody(country: Running) -> None:
    crowd = 2000
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < crowd + 200:
        pytest.skip("may not open so many files here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    address = urllib.parse.urlsplit(country.base)
    slow = []
    try:
        for _ in range(crowd):
            client = socket.create_connection((address.hostname, address.port), timeout=20)
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: local")
            slow.append(client)
        for _ in range(20):
            assert curl(country, "/api/v1/sightings")[0] == 200
        last = slow.pop()
        last.sendall(b"host\r\n\r\n")
        assert last.recv(100).startswith(b"HTTP/1.1 200"), "who becomes quick is served"
        last.close()
    finally:
        for client in slow:
            client.close()
