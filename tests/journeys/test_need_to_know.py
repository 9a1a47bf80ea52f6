"""TLP:RED through the real program: its readers have it, nobody else, and whoever reads it stands in the trail."""

from running import Running
from signing_in import PASSWORD, Person, new_person

SECRET = "198.51.100.77"
ABSENT = "01930b2e-6c00-7000-8000-00000000ffff"


def seen_by(person: Person) -> int:
    return person.done("GET", f"/api/v1/indicators?search={SECRET}")["total"]


def exported_to(person: Person, path: str) -> str:
    status, text, _ = person.ask("GET", path, Accept="text/csv")
    assert status == 200, text
    return text


def test_what_is_red_is_for_its_readers_alone(country: Running) -> None:
    maker, other = new_person(country, "example.maker", "duty_analyst"), new_person(country, "example.other", "duty_analyst")
    status, told, _ = maker.ask("POST", "/api/v1/indicators/import?source=Example+Secret+List&tlp=red", SECRET + "\n", Content_Type="text/plain")
    assert status == 200, told
    indicator = maker.done("GET", f"/api/v1/indicators?search={SECRET}")["items"][0]
    assert [reader["full_name"] for reader in indicator["readers"]] == [maker.session["user"]["full_name"]]
    assert SECRET in exported_to(maker, "/api/v1/indicators")

    assert seen_by(other) == 0
    assert "Secret" not in str(other.done("GET", "/api/v1/indicators/sources"))
    of_red, of_nothing = (other.ask("GET", f"/api/v1/indicators/{one}") for one in (indicator["id"], ABSENT))
    assert of_red[0] == 404 and of_red[1] == of_nothing[1], "what one may not see is as if it were not there"
    for path in ("/api/v1/indicators", "/api/v1/indicators/sources", "/api/v1/sightings"):
        assert SECRET not in exported_to(other, path) and "Secret" not in exported_to(other, path), path


def test_the_head_opens_red_with_a_reason_that_stays(country: Running) -> None:
    maker, head = new_person(country, "example.maker", "duty_analyst"), new_person(country, "example.head", "head_of_team")
    maker.ask("POST", "/api/v1/indicators/import?source=Example+Secret+List&tlp=red", SECRET + "\n", Content_Type="text/plain")
    assert seen_by(head) == 0
    assert head.ask("POST", "/api/v1/session/red", {"why": ""})[0] == 422
    assert maker.ask("POST", "/api/v1/session/red", {"why": "curious"})[0] == 403, "not an analyst's to open"
    head.done("POST", "/api/v1/session/red", {"why": "nobody who is named can be reached"})
    assert seen_by(head) == 1
    assert seen_by(maker) == 1

    opened = country.get("/api/v1/journal", deed="red.opened")["items"]
    assert [(entry["actor_name"], entry["why"]) for entry in opened] == [("example.head", "nobody who is named can be reached")]
    readers = {entry["actor_name"] for entry in country.get("/api/v1/journal", deed="red.read")["items"]}
    assert readers == {"example.head", "example.maker"}
    assert SECRET not in str(country.get("/api/v1/journal"))

    head.done("DELETE", "/api/v1/session", expected=204)
    head.done("POST", "/api/v1/session", {"name": head.name, "password": PASSWORD})
    head.done("POST", "/api/v1/session/recovery-code", {"code": head.recovery_codes[0]})
    assert seen_by(head) == 0, "opened for that session only"
