"""One process owns a data folder: a second one says so and leaves it alone."""

import pathlib
import socket
import subprocess

from running import free_port, serving


def test_a_second_server_is_refused(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    with serving(kula, data) as running:
        port = free_port(socket.SOCK_STREAM)
        second = subprocess.run([kula, "serve", "--data", data, "--listen", f"127.0.0.1:{port}"], capture_output=True, text=True, timeout=30)
        assert second.returncode == 1
        assert str(data) in second.stderr
        assert running.get("/api/v1/status")["storage"]["state"] == "ok"


def test_an_address_beyond_loopback_is_refused(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    refused = subprocess.run([kula, "serve", "--data", tmp_path / "data", "--listen", "0.0.0.0:0"], capture_output=True, text=True, timeout=30)
    assert refused.returncode == 1
    assert "will not listen on 0.0.0.0" in refused.stderr
