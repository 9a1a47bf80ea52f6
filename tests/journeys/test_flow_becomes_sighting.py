"""A router's export becomes a sighting with a direction and an owner, is counted the same everywhere, and outlives a restart."""

import pathlib
import time

from running import Running, serving, wait_for
from traffic import exports
from traffic.flows import Flow


def flow(source: str, destination: str, **more: int) -> Flow:
    now = time.time()
    return Flow(source, destination, first=now - 2, last=now - 1, **more)


def test_every_kind_of_export_arrives(country: Running) -> None:
    now = time.time()
    out, inward = flow("192.0.2.1", "198.51.100.7"), flow("203.0.113.77", "192.0.2.70", destination_port=22)
    six = flow("2001:db8:1::5", "2001:db8:f::bad")
    country.send(exports.v5([out, inward], now=now))
    country.send(exports.v9([exports.v9_template(), exports.v9_data([out], now=now)], count=2, source_id=9, now=now))
    country.send(exports.ipfix([exports.ipfix_template(257, exports.IPFIX_V6), exports.ipfix_data([six], 257, exports.IPFIX_V6)], now=now))
    wait_for(lambda: country.totals()["flows"] == 4, "four flows are stored")

    page = country.get("/api/v1/sightings")
    found = {(item["matched"], item["direction"]): item for item in page["items"]}
    assert set(found) == {("198.51.100.7", "outbound"), ("203.0.113.77", "inbound"), ("2001:db8:f::bad", "outbound")}
    outward = found["198.51.100.7", "outbound"]
    assert (outward["flows"], outward["packets"], outward["bytes"]) == (2, 6, 360)
    assert (outward["peer"], outward["side"], outward["port"], outward["protocol"]) == ("192.0.2.1", "destination", 443, 6)
    assert outward["organisation"]["name"] == "Example Hospital Lakeside"
    assert outward["sources"] == ["example-list"]
    assert found["203.0.113.77", "inbound"]["organisation"]["name"] == "Example Bank Hilltop"
    assert found["203.0.113.77", "inbound"]["indicator"]["value"] == "203.0.113.77"
    assert found["2001:db8:f::bad", "outbound"]["indicator"]["value"] == "2001:db8:f::/48"

    picture = country.get("/api/v1/picture")
    assert picture["totals"]["flows"] == page["totals"]["flows"] == sum(item["flows"] for item in page["items"])
    assert sum(point["outbound"] for point in picture["series"]) == 3
    assert sum(point["inbound"] for point in picture["series"]) == 1
    for entry in picture["top"]["organisations"]:
        assert country.totals(organisation=entry["key"])["flows"] == entry["flows"]
    for entry in picture["top"]["indicators"]:
        assert country.totals(indicator=entry["key"])["flows"] == entry["flows"]


def test_losses_are_counted_from_sequence_numbers(country: Running) -> None:
    now = time.time()
    country.send(exports.v5([flow("192.0.2.1", "198.51.100.7")] * 5, sequence=100, now=now))
    country.send(exports.v5([flow("192.0.2.1", "198.51.100.7")], sequence=112, now=now))
    wait_for(lambda: country.totals()["flows"] == 6, "what came is stored")
    exporters = country.get("/api/v1/exporters")["exporters"]
    assert [exporter["lost"] for exporter in exporters] == [7]


def test_what_is_stored_outlives_a_restart(country: Running) -> None:
    country.send(exports.v5([flow("192.0.2.1", "198.51.100.7")], now=time.time()))
    before = wait_for(lambda: country.get("/api/v1/sightings")["items"], "the sighting is stored")
    assert country.stop() == 0
    country.start()
    assert country.get("/api/v1/sightings")["items"] == before
    assert country.get("/api/v1/status")["organisations"] == 2


def test_a_new_list_is_matched_and_the_old_one_no_longer(country: Running) -> None:
    country.import_indicators(["198.51.100.99"])
    country.send(exports.v5([flow("192.0.2.1", "198.51.100.99"), flow("192.0.2.1", "198.51.100.7")], now=time.time()))
    wait_for(lambda: country.totals()["flows"], "the sighting is stored")
    assert [item["matched"] for item in country.get("/api/v1/sightings")["items"]] == ["198.51.100.99"]


def test_a_new_national_space_holds_at_once(country: Running) -> None:
    for prefix, direction in (("198.51.100.0/24", "inbound"), ("192.0.2.0/24", "outbound"), ("203.0.113.0/24", "transit")):
        country.set_national_space(prefix)
        country.send(exports.v5([flow("192.0.2.1", "198.51.100.7")], now=time.time()))
        wait_for(lambda: country.totals(direction=direction)["flows"], f"the flow is {direction}")
    assert country.totals()["flows"] == 3


def test_national_as_numbers_mean_what_the_table_says_they_announce(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    table = tmp_path / "as.txt"
    table.write_text("198.51.100.0/24 64500\n203.0.113.0/24 64501\n")
    with serving(kula, tmp_path / "data", "--as-table", str(table)) as running:
        running.import_indicators(["198.51.100.7"])
        for as_numbers, direction in (((), "outbound"), ((64500,), "internal"), ((64501,), "outbound")):
            before = running.totals(direction=direction)["flows"]
            running.set_national_space("192.0.2.0/24", as_numbers=as_numbers)
            running.send(exports.v5([flow("192.0.2.1", "198.51.100.7")], now=time.time()))
            wait_for(lambda: running.totals(direction=direction)["flows"] == before + 1, f"the flow is {direction}")
        assert running.stop() == 0


def test_noise_is_counted_and_harms_nothing(country: Running) -> None:
    for noise in (b"", b"\0", b"\0\x05", bytes(1400), b"\0\x09" + b"\xff" * 200, b"\0\x0a\xff\xff" + bytes(60)):
        country.send(noise)
    country.send(exports.v5([flow("192.0.2.1", "198.51.100.7")], now=time.time()))
    wait_for(lambda: country.totals()["flows"] == 1, "the flow after the noise is stored")
