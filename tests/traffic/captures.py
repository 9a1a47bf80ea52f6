"""Packets and capture files: Ethernet, VLAN, IPv4, IPv6, UDP, TCP, ICMP; pcap and pcapng (draft-ietf-opsawg-pcap, -pcapng).

Checksums stay zero: the product does not verify outer ones.
"""

import struct
from collections.abc import Iterable

from .flows import Flow

ETHERNET = 1
RAW = 101


def transport(flow: Flow, payload: bytes, flags: int = 0x18) -> bytes:
    if flow.protocol == 17:
        return struct.pack("!HHHH", flow.source_port, flow.destination_port, 8 + len(payload), 0) + payload
    if flow.protocol == 6:
        return struct.pack("!HHIIBBHHH", flow.source_port, flow.destination_port, 1, 1, 0x50, flags, 512, 0, 0) + payload
    if flow.protocol in (1, 58):
        return struct.pack("!BBHI", 8 if flow.protocol == 1 else 128, 0, 0, 0) + payload
    return payload


def packet(flow: Flow, payload: bytes = b"", flags: int = 0x18) -> bytes:
    source, destination = (end.packed for end in flow.ends)
    body = transport(flow, payload, flags)
    if flow.is_v6:
        return struct.pack("!IHBB", 6 << 28, len(body), flow.protocol, 64) + source + destination + body
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 7, 0, 64, flow.protocol, 0) + source + destination + body


def frame(flow: Flow, payload: bytes = b"", tags: Iterable[int] = (), flags: int = 0x18) -> bytes:
    head = bytes.fromhex("020000000002020000000001")
    for tag in tags:
        head += struct.pack("!HH", 0x8100, tag)
    return head + struct.pack("!H", 0x86DD if flow.is_v6 else 0x0800) + packet(flow, payload, flags)


def export_frame(datagram: bytes, port: int = 2055, exporter: str = "192.0.2.254") -> bytes:
    return frame(Flow(exporter, "192.0.2.253", 50000, port, 17), datagram)


def pcap(packets: Iterable[tuple[float, bytes]], link: int = ETHERNET) -> bytes:
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link)
    for moment, content in packets:
        out += struct.pack("<IIII", int(moment), round(moment % 1 * 1e6), len(content), len(content)) + content
    return out


def pcapng(packets: Iterable[tuple[float, bytes]], link: int = ETHERNET) -> bytes:
    def block(kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        return struct.pack("<II", kind, 12 + len(body)) + body + struct.pack("<I", 12 + len(body))

    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)) + block(1, struct.pack("<HHI", link, 0, 262144))
    for moment, content in packets:
        micros = round(moment * 1e6)
        head = struct.pack("<IIIII", 0, micros >> 32, micros & 0xFFFFFFFF, len(content), len(content))
        out += block(6, head + content)
    return out
