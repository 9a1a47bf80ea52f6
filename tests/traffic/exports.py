"""Flow exports as routers send them, written from the documents and not from the product's code.

NetFlow v5: Cisco's "NetFlow Export Datagram Format". NetFlow v9: RFC 3954. IPFIX: RFC 7011. sFlow v5: sflow.org's
`sflow_version_5.txt`. Each function returns one datagram.
"""

import ipaddress
import struct
from collections.abc import Iterable

from .flows import Flow

NOW = 1_795_255_260.0  # When the exporters here send, unless told: 2026-11-21T10:01:00Z.
UP = 3660.0  # Seconds that they have been running then.


def uptime(moment: float, now: float) -> int:
    return round((moment - now + UP) * 1000)


def v5(flows: Iterable[Flow], *, sequence: int = 0, now: float = NOW, sampling: int = 0, engine: int = 0) -> bytes:
    flows = list(flows)
    head = struct.pack(
        "!HHIIIIBBH", 5, len(flows), uptime(now, now), int(now), round(now % 1 * 1e9), sequence, 0, engine, sampling and 0x4000 | sampling
    )
    return head + b"".join(
        struct.pack(
            "!4s4s4sHHIIIIHHBBBBHHBBH",
            *(end.packed for end in flow.ends), bytes(4), 1, 2, flow.packets, flow.bytes, uptime(flow.first, now), uptime(flow.last, now),
            flow.source_port, flow.destination_port, 0, 0x18, flow.protocol, 0, 64500, 64501, 24, 24, 0,
        )
        for flow in flows
    )


# (element, length) of an ordinary template; 22 and 21 are first and last in system uptime (NetFlow v9 only).
V9_V4 = ((8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 4), (1, 4), (22, 4), (21, 4))
V9_V6 = ((27, 16), (28, 16), (7, 2), (11, 2), (4, 1), (2, 4), (1, 4), (22, 4), (21, 4))
# 152 and 153 are first and last in Unix milliseconds.
IPFIX_V4 = ((8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 8), (1, 8), (152, 8), (153, 8))
IPFIX_V6 = ((27, 16), (28, 16), (7, 2), (11, 2), (4, 1), (2, 8), (1, 8), (152, 8), (153, 8))


def _number(flow: Flow, element: int, now: float) -> int:
    source, destination = flow.ends
    return {
        8: int(source), 27: int(source), 12: int(destination), 28: int(destination), 7: flow.source_port,
        11: flow.destination_port, 4: flow.protocol, 2: flow.packets, 1: flow.bytes, 22: uptime(flow.first, now),
        21: uptime(flow.last, now), 150: int(flow.first), 151: int(flow.last), 152: round(flow.first * 1e3),
        153: round(flow.last * 1e3),
    }[element]


def record(flow: Flow, fields: Iterable[tuple[int, int]], now: float = NOW) -> bytes:
    return b"".join(_number(flow, element, now).to_bytes(length, "big") for element, length in fields)


def padded(body: bytes) -> bytes:
    return body + bytes(-len(body) % 4)


def a_set(set_id: int, body: bytes) -> bytes:
    body = padded(body)
    return struct.pack("!HH", set_id, 4 + len(body)) + body


def template(template_id: int, fields: Iterable[tuple[int, int]]) -> bytes:
    fields = list(fields)
    return struct.pack("!HH", template_id, len(fields)) + b"".join(struct.pack("!HH", *field) for field in fields)


def v9(sets: Iterable[bytes], *, count: int, sequence: int = 0, source_id: int = 1, now: float = NOW) -> bytes:
    """`count` is of templates and data records together (RFC 3954 §5.1)."""
    return struct.pack("!HHIIII", 9, count, uptime(now, now), int(now), sequence, source_id) + b"".join(sets)


def v9_data(flows: Iterable[Flow], template_id: int = 256, fields: Iterable[tuple[int, int]] = V9_V4, now: float = NOW) -> bytes:
    """`now` is that of the packet's header: times in a record are counted from the same start."""
    return a_set(template_id, b"".join(record(flow, fields, now) for flow in flows))


def v9_template(template_id: int = 256, fields: Iterable[tuple[int, int]] = V9_V4) -> bytes:
    return a_set(0, template(template_id, fields))


def v9_sampling(rate: int, *, source_id: int = 1, template_id: int = 300) -> list[bytes]:
    """An options template with scope System and element 34 (sampling interval), and its one record (RFC 3954 §6.1)."""
    options = struct.pack("!HHHHHHH", template_id, 4, 4, 1, 4, 34, 4)
    return [a_set(1, options), a_set(template_id, struct.pack("!II", source_id, rate))]


def ipfix(sets: Iterable[bytes], *, sequence: int = 0, domain: int = 1, now: float = NOW) -> bytes:
    body = b"".join(sets)
    return struct.pack("!HHIII", 10, 16 + len(body), int(now), sequence, domain) + body


def ipfix_template(template_id: int = 256, fields: Iterable[tuple[int, int]] = IPFIX_V4) -> bytes:
    return a_set(2, template(template_id, fields))


def ipfix_data(flows: Iterable[Flow], template_id: int = 256, fields: Iterable[tuple[int, int]] = IPFIX_V4) -> bytes:
    return a_set(template_id, b"".join(record(flow, fields) for flow in flows))


def ipfix_sampling(rate: int, *, template_id: int = 300) -> list[bytes]:
    """An options template with scope observationDomainId and samplingPacketInterval 305 / samplingPacketSpace 306."""
    options = struct.pack("!HHH", template_id, 3, 1) + struct.pack("!HHHHHH", 149, 4, 305, 4, 306, 4)
    return [a_set(3, options), a_set(template_id, struct.pack("!III", 1, 1, rate - 1))]


def sflow(frames: Iterable[bytes], *, rate: int = 1, sequence: int = 0, agent: str = "192.0.2.254") -> bytes:
    """One flow sample with a raw Ethernet header for each frame."""
    samples = []
    for number, frame in enumerate(frames):
        header = frame[:128]
        raw = struct.pack("!IIII", 1, len(frame), 0, len(header)) + padded(header)
        flow = struct.pack("!IIIIIIII", number + 1, 1, rate, rate, 0, 1, 2, 1) + struct.pack("!II", 1, len(raw)) + raw
        samples.append(struct.pack("!II", 1, len(flow)) + flow)
    head = struct.pack("!II4sIIII", 5, 1, ipaddress.ip_address(agent).packed, 0, sequence, 60_000, len(samples))
    return head + b"".join(samples)
