#!/usr/bin/env python3
"""Writes the binary inputs of the golden tests; the text ones (Zeek, EVE, CSV) are written by hand.

Run from anywhere: `tests/golden/make_inputs.py`. Every case says below what it shows; its expected output lies beside it.
"""

import gzip
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from traffic import captures, exports  # noqa: E402
from traffic.captures import export_frame, frame, pcap, pcapng  # noqa: E402
from traffic.flows import Flow  # noqa: E402

NOW = 1_795_255_260.0
OUT = Flow("192.0.2.1", "198.51.100.7", packets=3, bytes=180)
IN = Flow("203.0.113.77", "192.0.2.9", 55555, 22, packets=2, bytes=120, first=1_795_255_210.0, last=1_795_255_215.0)
BOTH = Flow("203.0.113.5", "198.51.100.7", 1234, 80, packets=1, bytes=40)
CLEAN = Flow("192.0.2.1", "192.0.2.2", 1111, 53, 17, packets=1, bytes=60)
PING = Flow("192.0.2.3", "198.51.100.7", 0, 2048, 1, packets=1, bytes=84)
V6 = Flow("2001:db8:1::5", "2001:db8:f::bad", packets=7, bytes=700)
NO_SESSION = exports.v9([exports.v9_data([OUT], 999)], count=1, sequence=9, source_id=7)


def exported(*datagrams: bytes, port: int = 2055) -> bytes:
    return pcap([(NOW + i, export_frame(datagram, port)) for i, datagram in enumerate(datagrams)])


def cases() -> dict[str, bytes]:
    v9_both = [exports.v9_template(), exports.v9_template(257, exports.V9_V6)]
    ipfix_both = [exports.ipfix_template(), exports.ipfix_template(257, exports.IPFIX_V6)]
    short = exports.v5([OUT, IN])[:-10]
    return {
        # Directions, both ends listed, ICMP as received, a flow without a match.
        "netflow5/directions": exported(exports.v5([OUT, IN, BOTH, CLEAN, PING])),
        # Packets and bytes are scaled by the header's interval; flows are not.
        "netflow5/sampled": exported(exports.v5([OUT, OUT], sampling=100)),
        # A datagram that ends within its second record: the first counts, the datagram is one undecodable.
        "netflow5/cut_short": exported(short, exports.v5([OUT], sequence=2)),
        # Sequence numbers 5 to 9 never came.
        "netflow5/lost": exported(exports.v5([OUT] * 5), exports.v5([OUT], sequence=10)),
        "netflow9/two_families": exported(
            exports.v9([*v9_both, exports.v9_data([OUT, IN]), exports.v9_data([V6], 257, exports.V9_V6)], count=5)
        ),
        # Data first, its template a packet later.
        "netflow9/template_comes_late": exported(
            exports.v9([exports.v9_data([OUT])], count=1), exports.v9([exports.v9_template()], count=1, sequence=1)
        ),
        # From the option record on, packets and bytes are scaled; another source id is not.
        "netflow9/sampled_from_the_option_on": exported(
            exports.v9([exports.v9_template(), exports.v9_data([OUT])], count=2),
            exports.v9(exports.v9_sampling(50), count=2, sequence=1),
            exports.v9([exports.v9_data([OUT])], count=1, sequence=2),
            exports.v9([exports.v9_template(), exports.v9_data([IN])], count=2, source_id=2),
        ),
        # Template 256 changes its shape between two packets.
        "netflow9/template_replaced": exported(
            exports.v9([exports.v9_template(), exports.v9_data([OUT])], count=2),
            exports.v9([exports.v9_template(fields=exports.V9_V4[::-1]), exports.v9_data([OUT], fields=exports.V9_V4[::-1])],
                       count=2, sequence=1),
        ),
        "ipfix/two_families": exported(
            exports.ipfix([*ipfix_both, exports.ipfix_data([OUT, IN]), exports.ipfix_data([V6], 257, exports.IPFIX_V6)]), port=4739
        ),
        "ipfix/sampled_by_interval_and_space": exported(
            exports.ipfix([exports.ipfix_template(), *exports.ipfix_sampling(64), exports.ipfix_data([OUT])]), port=4739
        ),
        # RFC 7011 §6.2: counters in one, three and five bytes.
        "ipfix/reduced_size": exported(
            exports.ipfix(
                [
                    exports.ipfix_template(fields=((8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 1), (1, 3), (152, 8), (153, 8))),
                    exports.ipfix_data([OUT], fields=((8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 1), (1, 3), (152, 8), (153, 8))),
                    exports.ipfix_template(257, fields=((8, 4), (12, 4), (4, 1), (2, 5), (150, 4), (151, 4))),
                    exports.ipfix_data([OUT], 257, fields=((8, 4), (12, 4), (4, 1), (2, 5), (150, 4), (151, 4))),
                ]
            ),
            port=4739,
        ),
        "sflow/sampled": exported(exports.sflow([frame(OUT, bytes(100)), frame(CLEAN)], rate=512), port=6343),
        # A port of one's own: recognised by content.
        "netflow5/other_port": exported(exports.v5([OUT]), port=20001),
        # Ordinary packets: one flow each way; idle for more than 60 s makes a second one.
        "packets/aggregated": pcap(
            [(NOW, frame(OUT)), (NOW + 1, frame(OUT, b"x" * 10)), (NOW + 2, frame(Flow("198.51.100.7", "192.0.2.1", 443, 40000))),
             (NOW + 70, frame(OUT)), (NOW + 71, frame(V6)), (NOW + 72, frame(PING))]
        ),
        "packets/vlan_and_qinq": pcapng([(NOW, frame(OUT, tags=[100])), (NOW + 1, frame(IN, tags=[100, 200]))]),
        "packets/raw_ip": pcap([(NOW, captures.packet(OUT)), (NOW + 1, captures.packet(V6))], captures.RAW),
        "packets/compressed": gzip.compress(pcap([(NOW, frame(OUT))]), mtime=0),
        # A capture that was cut off within a packet.
        "packets/cut_short": pcap([(NOW, frame(OUT)), (NOW + 1, frame(IN))])[:-7],
        # Noise on an export port is undecodable, and no ordinary flow.
        "packets/noise_on_an_export_port": exported(b"\x00\x09\xff\xff" + bytes(30), b"", exports.v5([OUT])),
        "netflow9/template_never_comes": exported(NO_SESSION),
    }


for name, content in cases().items():
    file = HERE / f"{name}.in"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
