"""What a constituent proposes, the team decides, and the trail keeps; an import does what its preview told, or nothing."""

from proposing import PROPOSABLE, organisation_of, propose
from running import Running
from signing_in import new_person


def test_a_constituent_proposes_and_the_team_decides(country: Running) -> None:
    bank, hospital = organisation_of(country, "bank"), organisation_of(country, "hospital")
    owner = new_person(country, "example.owner", "constituent_administrator", organisation=bank["id"])
    member = new_person(country, "example.member", "constituent_member", organisation=bank["id"])
    stranger = new_person(country, "example.stranger", "constituent_administrator", organisation=hospital["id"])
    officer = new_person(country, "example.officer", "registry_officer")
    analyst = new_person(country, "example.analyst", "duty_analyst")

    more = [*bank["networks"], {"kind": "prefix", "value": "192.0.2.0/27"}]
    assert propose(member, bank, networks=more)[0] == 403
    assert propose(stranger, bank, networks=more)[0] == 404
    status, made = propose(owner, bank, networks=more, remark="a new office")
    assert status == 201 and made["state"] == "open" and made["overlaps"] == [], made
    here = f"/api/v1/proposals/{made['id']}"

    assert stranger.ask("GET", here)[0] == 404
    assert stranger.done("GET", "/api/v1/proposals")["total"] == 0
    assert member.done("GET", here)["mine"] is False
    assert owner.ask("POST", here + "/approval", {})[0] == 403
    assert analyst.ask("POST", here + "/approval", {})[0] == 403

    waiting = officer.done("GET", "/api/v1/proposals?state=open")["items"]
    assert [each["changes"] for each in waiting] == [[{"field": "networks", "of": None, "before": None, "after": "192.0.2.0/27"}]]
    assert waiting[0]["overlaps"][0]["claim"]["organisations"][0]["id"] == hospital["id"], "part of what the hospital claims"
    assert officer.ask("POST", here + "/refusal", {"reason": " "})[0] == 422
    officer.done("POST", here + "/refusal", {"reason": "It is the hospital's."})
    assert owner.done("GET", here)["reason"] == "It is the hospital's."
    assert organisation_of(country, "bank") == bank, "nothing changed"

    contact = {"name": "SOC", "role": "duty", "email": "soc@bank.example", "languages": ["mk", "sq"], "round_the_clock": True}
    status, second = propose(owner, bank, contacts=[contact], website="https://bank.example/")
    assert status == 201, second
    officer.done("POST", f"/api/v1/proposals/{second['id']}/approval", {})
    now = organisation_of(country, "bank")
    assert now["website"] == "https://bank.example/" and now["contacts"][0]["round_the_clock"] is True
    assert now["version"] == bank["version"] + 1

    assert propose(owner, bank, website="https://old.example/")[0] == 412, "it read an older version"
    status, third = propose(owner, now, website="https://new.example/")
    owner.done("POST", f"/api/v1/proposals/{third['id']}/withdrawal", {})
    assert officer.ask("POST", f"/api/v1/proposals/{third['id']}/approval", {})[0] == 409

    deeds = [entry["deed"] for entry in country.get("/api/v1/journal", subject="proposal:")["items"]]
    assert deeds == ["proposal.withdrawn", "proposal.made", "proposal.approved", "proposal.made", "proposal.refused", "proposal.made"]


def test_an_import_does_what_its_preview_told_or_nothing(country: Running) -> None:
    bank = organisation_of(country, "bank")
    csv = "name,size,languages\nExample Bank Hilltop,large,mk sq\nExample School Riverside,small,sq\nNo One,huge,\n"
    ask = lambda query: country.ask("POST", f"/api/v1/organisations/import?{query}", csv, "text/csv")[:2]
    status, told = ask("dry_run=true")
    assert status == 200 and (told["created"], told["updated"], told["skipped"]) == (1, 1, 1)
    changes = {row["name"]: [(change["field"], change["after"]) for change in row["changes"]] for row in told["rows"]}
    assert changes["Example Bank Hilltop"] == [("size", "large"), ("languages", "mk, sq")]
    assert organisation_of(country, "bank") == bank, "only told"

    later = {field: bank[field] for field in PROPOSABLE} | {"notes": "called"}
    country.change("PUT", f"/api/v1/organisations/{bank['id']}", later, If_Match=f'"{bank["version"]}"')
    assert ask(f"foretold={told['foretold']}")[0] == 409
    assert country.get("/api/v1/organisations")["total"] == 2, "all or nothing"
    again = ask("dry_run=true")[1]
    status, done = ask(f"foretold={again['foretold']}")
    assert status == 200 and (done["created"], done["updated"]) == (1, 1)
    assert organisation_of(country, "bank")["size"] == "large"
