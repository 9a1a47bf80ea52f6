"""Daily reports about the country, imported as an operator does, and the findings that come of them."""

import pathlib

from importing import HEADER, Intake, line
from running import Running, wait_for

FINDINGS = "/api/v1/findings"


def report(day: int, *addresses: str) -> str:
    """An open resolver at each of these addresses, on this day."""
    told = [line((f"2026-01-{day:02} 09:00:00", address, "53", "udp", "64500", "MK", "openresolver")) for address in addresses]
    return line(HEADER) + "".join(told)


class Reports:
    """Daily reports that are imported, as an operator does."""

    def __init__(self, country: Running, folder: pathlib.Path) -> None:
        self.country = country
        self.intake = Intake(pathlib.Path(country.kula), folder)
        self.intake.data = country.data

    def day(self, day: int, *addresses: str) -> None:
        self.intake.take(f"2026-01-{day:02}-scan_dns-example.csv", report(day, *addresses))

    def finding(self, address: str, state: str) -> dict:
        """The finding at this address, once it is in this state."""
        found = wait_for(lambda: self.country.get(FINDINGS, search=address, state=state)["items"], f"{address} is {state}")
        return self.country.get(f"{FINDINGS}/{found[0]['id']}")
