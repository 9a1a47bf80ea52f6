"""What routers told becomes a finding: flows, a sighting, an hour's delivery, and the owner's problem with its evidence."""

import sqlite3
import time

from running import Running, wait_for
from traffic import exports
from traffic.flows import Flow

FEED = {"name": "own-sensors", "title": "Our sensors", "kind": "sightings", "period": 60, "expected": 7200}
HOUR = 3600


def test_what_the_own_flows_show_is_a_finding(country: Running) -> None:
    country.import_indicators(["198.51.100.7"], source="example-c2", confidence=80, **{"class": "malicious-code", "type": "c2-server"})
    seen = time.time() - 2 * HOUR
    contact = Flow("192.0.2.1", "198.51.100.7", first=seen - 5, last=seen, destination_port=8443, packets=9)
    scanned = Flow("192.0.2.2", "198.51.100.7", first=seen - 5, last=seen, destination_port=51_000, packets=9)
    country.send(exports.ipfix([exports.ipfix_template(257, exports.IPFIX_V4), exports.ipfix_data([contact, scanned], 257, exports.IPFIX_V4)], now=time.time()))
    wait_for(lambda: country.totals()["flows"] == 2, "both flows are stored")
    assert country.stop() == 0

    hour = int(seen // HOUR * HOUR * 1_000_000)
    with sqlite3.connect(country.data / "kula.sqlite") as database:
        noted = database.execute("select exporter, came, lost, minutes from collected_share").fetchall()
        assert noted == [("127.0.0.1", 2, 0, 1)], "what the router told is noted by the hour in which it did"
        database.execute("insert into collected_share values (?, '127.0.0.1', 2, 0, 60)", (hour,))
    country.start()

    assert country.ask("POST", "/api/v1/feeds", FEED)[0] == 201
    [finding] = wait_for(lambda: country.get("/api/v1/findings", source="own-sensors")["items"], "the hour is told and followed")
    assert (finding["type"], finding["place"], finding["severity"], finding["organisation"]["name"]) == ("infected-system", "192.0.2.1", "high", "Example Hospital Lakeside")
    story = country.get(f"/api/v1/findings/{finding['id']}")
    assert [(source["source"], source["needed"], source["absent"]) for source in story["sources"]] == [("own-sensors", 72, 0)]
    [evidence] = story["evidence"]
    assert (evidence["fields"]["destination.ip"], evidence["fields"]["destination.port"]) == ("198.51.100.7", 8443)

    [delivery] = country.get("/api/v1/deliveries", source="own-sensors")["items"]
    assert (delivery["rows"], delivery["complete"]) == (1, True)
    status, raw, _ = country.ask("GET", f"/api/v1/deliveries/{delivery['id']}/raw")
    assert status == 200
    assert "# exporter 127.0.0.1: 2 came, 0 lost, 60 minutes\n" in raw and raw.endswith("# whole\n")
