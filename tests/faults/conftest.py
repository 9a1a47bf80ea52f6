"""Marks: the short form runs in every test run, the long form by `scripts/test faults --long`."""

import pytest


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often a fault is tried."""
    return 25 if request.config.getoption("--long") else 3
