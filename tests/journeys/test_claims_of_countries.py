"""An organisation that claims a country has what happens there, where nothing more specific says whose it is."""

import pathlib

from importing import HEADER, SCAN_DNS, Intake, line
from proposing import organisation_of, propose
from running import serving
from signing_in import new_person
from test_address_tables import event_at, replace, resolver
from test_contract import check

ORGANISATIONS = """\
name,networks
Example CSIRT Overseas,country:QN
Example Bank Hilltop,192.0.2.64/26
Example Provider Valley,AS64510
"""


def test_what_happens_in_a_claimed_country_is_whose_the_country_is(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    registered = tmp_path / "registered"
    replace(registered, "203.0.113.0/24,QN\n192.0.2.0/24,QN\n198.51.100.0/24,QM\n")
    with serving(kula, tmp_path / "data", "--countries", str(registered)) as running:
        assert running.import_organisations(ORGANISATIONS)["created"] == 3
        assert running.import_organisations(ORGANISATIONS)["unchanged"] == 3, "what is written comes back as it was"
        reports = Intake(kula, tmp_path)
        reports.data = running.data
        addresses = ("203.0.113.7", "198.51.100.7", "192.0.2.70", "203.0.113.8", "198.51.100.8")
        told = (("", ""), ("", "qn"), ("", ""), ("64510", ""), ("", ""))
        reports.take(SCAN_DNS, line(HEADER) + "".join(resolver(number, address, *more) for number, (address, more) in enumerate(zip(addresses, told, strict=True))))

        events = {address: event_at(running, address) for address in addresses}
        decided = [(event["event"]["network"], event["decision"]["by"], event["decision"]["looked_up"]) for event in events.values()]
        country = "source.geolocation.cc"
        assert decided == [
            ("country:QN", country, [country]),
            ("country:QN", country, []),
            ("192.0.2.64/26", "source.ip", [country]),
            ("AS64510", "source.asn", [country]),
            (None, None, [country]),
        ]
        csirt = organisation_of(running, "overseas")
        assert csirt["networks"] == [{"kind": "country", "value": "QN"}]
        assert {event["event"]["organisation"] and event["event"]["organisation"]["name"] for event in list(events.values())[:2]} == {csirt["name"]}
        assert len({event["decision"]["registry"] for event in events.values()}) == 1
        assert sorted(event["network"] or "" for event in reports.events()) == sorted(network or "" for network, _, _ in decided)

        other = {"name": "Example Institute", "networks": [{"kind": "country", "value": "country:qn"}], "contacts": []}
        assert running.ask("POST", "/api/v1/organisations", other)[0] == 201
        contested = running.get("/api/v1/networks", kind="country", conflict="true")
        check("/api/v1/networks", "get", 200, contested)
        assert [(claim["value"], [claimant["name"] for claimant in claim["organisations"]]) for claim in contested["items"]] == [("QN", [csirt["name"], other["name"]])]
        reports.take("2026-02-01-scan_dns-example.csv", line(HEADER) + resolver(9, "203.0.113.9"))
        later = event_at(running, "203.0.113.9")
        assert later["event"]["organisation"]["name"] == csirt["name"], "whoever was entered first"
        assert later["decision"]["registry"] != events["203.0.113.7"]["decision"]["registry"]
        assert running.stop() == 0


def test_only_the_team_claims_a_country(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with serving(kula, tmp_path / "data") as running:
        running.import_organisations(ORGANISATIONS)
        bank = organisation_of(running, "bank")
        owner = new_person(running, "example.owner", "constituent_administrator", organisation=bank["id"])
        status, refused = propose(owner, bank, networks=[*bank["networks"], {"kind": "country", "value": "QN"}])
        assert status == 422 and refused["errors"] == [{"field": "networks", "message": "only the team claims a country for an organisation"}], refused
        nowhere = {"name": "Example Office", "networks": [{"kind": "country", "value": "EU"}], "contacts": []}
        status, refused, _ = running.ask("POST", "/api/v1/organisations", nowhere)
        assert status == 422 and refused["errors"][0] == {"field": "networks[0].value", "message": "is no ISO 3166-1 alpha-2 code"}, refused
        assert running.stop() == 0
