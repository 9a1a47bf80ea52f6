"""What golden tests, journeys and faults have in common: the program that was built."""

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected outputs of golden tests anew")
    parser.addoption("--long", action="store_true", help="the long form of the fault tests")


@pytest.fixture(scope="session")
def kula() -> pathlib.Path:
    """The program under test: the dev build's, or what KULA_PROGRAM names."""
    return pathlib.Path(os.environ.get("KULA_PROGRAM", ROOT / "build/dev/src/programs/kula/kula")).resolve()
