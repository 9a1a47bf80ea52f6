"""Marks: the short form runs in every test run, the long form by `scripts/test faults --long`, others by `KULA_KILL_ROUNDS`."""

import os

import pytest


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a fault is tried."""
    return int(os.environ.get("KULA_KILL_ROUNDS", 25 if request.config.getoption("--long") else 3))
