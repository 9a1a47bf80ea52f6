"""Every operation of the contract asked by every role, and by nobody: as data/access/roles.json says, and no other way."""

import pytest
from running import ROLES, Running
from signing_in import Person, new_person
from test_contract import CONTRACT

ABSENT = "01930b2e-6c00-7000-8000-00000000ffff"
OPERATIONS = [
    (method.upper(), path, operation["x-permission"])
    for path, item in CONTRACT["paths"].items() for method, operation in item.items()
    if method != "parameters" and path not in ("/api/v1/stream", "/api/v1/session")
]


def status_of(person: Person, method: str, path: str) -> int:
    body = None if method == "GET" else {}
    return person.ask(method, path.replace("{id}", ABSENT).replace("{link}", ABSENT).replace("{step}", "owner"), body, If_Match='"1"')[0]


@pytest.mark.parametrize("role", ROLES["roles"], ids=lambda role: role["id"])
def test_a_role_may_what_its_row_says(country: Running, role: dict) -> None:
    organisation = country.get("/api/v1/organisations")["items"][0]["id"] if role["side"] == "organisation" else ""
    person = new_person(country, role["id"].replace("_", "."), role["id"], organisation=organisation)
    for method, path, permission in OPERATIONS:
        status = status_of(person, method, path)
        may = permission in ("public", "signed_in", "signing_in") or permission in role["permissions"]
        what = f"{role['id']}: {method} {path} ({permission}) answered {status}"
        if may and permission != "public":
            assert status not in (401, 403), what
        if not may:
            assert status == 403, what
    assert country.ask("GET", "/api/v1/session", Cookie=person.cookie)[0] == 200


def test_nobody_may_only_what_is_public(country: Running) -> None:
    country.token = ""
    for method, path, permission in OPERATIONS:
        status = country.ask(method, path.replace("{id}", ABSENT).replace("{link}", ABSENT).replace("{step}", "owner"), None if method == "GET" else {})[0]
        if permission != "public":
            assert status == 401, (method, path, status)
        elif method == "GET":
            assert status == 200, (method, path, status)
