"""A server with a small country in it: two organisations, a national space, an indicator list."""

import pathlib
from collections.abc import Iterator

import pytest
from mail_server import MailServer, mail_server
from running import Running, serving

ORGANISATIONS = """\
name,sector,networks,contact_name,contact_email
Example Hospital Lakeside,health,192.0.2.0/26 hospital.example,Security desk,security@hospital.example
Example Bank Hilltop,banking,192.0.2.64/26 2001:db8:1::/48,Duty officer,soc@bank.example
"""
INDICATORS = ["198.51.100.7", "203.0.113.0/24", "203.0.113.77", "2001:db8:f::/48", "bad.example"]


@pytest.fixture
def country(kula: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[Running]:
    with serving(kula, tmp_path / "data") as running:
        running.set_national_space("192.0.2.0/24", "2001:db8:1::/48")
        assert running.import_organisations(ORGANISATIONS)["created"] == 2
        running.import_indicators(INDICATORS)
        yield running
        assert running.stop() == 0


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    """The mail server of one file of tests."""
    with mail_server() as running:
        yield running
