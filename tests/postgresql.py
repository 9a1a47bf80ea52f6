"""A PostgreSQL server of a test's own, as the rooms' tests have it."""

import contextlib
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "src/ground/storage/testing/postgresql.sh"


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Its folder; skips where PostgreSQL is not installed."""
    if not shutil.which("psql"):
        pytest.skip("PostgreSQL is not installed")
    folder = tempfile.mkdtemp(prefix="kula-postgresql-")
    subprocess.run([SCRIPT, "start", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run([SCRIPT, "remove", folder], check=True)


def restart(folder: str) -> None:
    """As after a crash of it: nothing is waited for."""
    subprocess.run([SCRIPT, "stop", folder], check=True)
    subprocess.run([SCRIPT, "start", folder], check=True)


def new_database(folder: str, name: str) -> str:
    """Its URL."""
    subprocess.run(["psql", "-q", "-h", folder, "-U", "kula", "postgres", "-c", f"create database {name}"], check=True)
    return f"postgresql:///{name}?user=kula&host={folder}"
