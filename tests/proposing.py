"""What constituents ask the team to change."""

from running import Running
from signing_in import Person

PROPOSABLE = ("name", "short_name", "sector", "subsector", "size", "languages", "website", "networks", "contacts")


def organisation_of(country: Running, name: str) -> dict:
    found = country.get("/api/v1/organisations", search=name)["items"]
    assert len(found) == 1
    return country.get(f"/api/v1/organisations/{found[0]['id']}")


def propose(person: Person, organisation: dict, **changes: object) -> tuple[int, dict]:
    wanted = {field: organisation[field] for field in PROPOSABLE} | changes
    path = f"/api/v1/organisations/{organisation['id']}/proposals"
    status, answer, _ = person.ask("POST", path, wanted, If_Match=f'"{organisation["version"]}"')
    return status, answer
