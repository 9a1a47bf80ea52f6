#!/usr/bin/env python3
"""Writes the seeds of rib_fuzz and mmdb_fuzz: small tables in documentation space. The first byte of a seed of rib_fuzz is
how its input is split."""
import pathlib
import struct

HERE = pathlib.Path(__file__).parent


def record(subtype, content):
    return struct.pack(">IHHI", 1_700_000_000, 13, subtype, len(content)) + content


def path(*segments):
    told = b"".join(struct.pack(">BB", kind, len(numbers)) + struct.pack(f">{len(numbers)}I", *numbers) for kind, numbers in segments)
    return b"\x40\x01\x01\x00" + struct.pack(">BBB", 0x40, 2, len(told)) + told


def route(prefix, *entries):
    return struct.pack(">I", 7) + prefix + struct.pack(">H", len(entries)) + b"".join(entries)


def entry(peer, attributes, path_id=b""):
    return struct.pack(">HI", peer, 1_700_000_000) + path_id + struct.pack(">H", len(attributes)) + attributes


def ribs():
    peers = record(1, b"\xc0\x00\x02\x01\x00\x04view\x00\x00")
    four, six = b"\x18\xc0\x00\x02", b"\x20\x20\x01\x0d\xb8"
    plain = path((2, [64500, 64501]))
    yield "plain", peers + record(2, route(four, entry(0, plain), entry(1, path((2, [64500]), (1, [64502]))))) + record(4, route(six, entry(0, plain)))
    yield "paths", peers + record(8, route(four, entry(0, plain, b"\0\0\0\1"), entry(0, plain, b"\0\0\0\2")))
    yield "cut", (peers + record(2, route(four, entry(0, plain))))[:-3]
    yield "line", b"TABLE_DUMP2|1700000000|B|192.0.2.1|64500|198.51.100.0/24|64500 {64501}|IGP"
    yield "delegated", b"ripencc|QM|ipv4|198.51.100.0|768|20110127|allocated|x"


def text(value):
    return bytes([2 << 5 | len(value)]) + value.encode()


def members(told):
    return bytes([7 << 5 | len(told)]) + b"".join(text(name) + value for name, value in told.items())


def tree(bits, data):
    nodes = 33  # 192.0.2.0/32 down the left side, then one record
    out = b""
    for node in range(nodes):
        left, right = (node + 1, nodes) if node < nodes - 1 else (nodes + 16, nodes)
        if bits == 24:
            out += left.to_bytes(3, "big") + right.to_bytes(3, "big")
        elif bits == 28:
            out += left.to_bytes(3, "big") + b"\0" + right.to_bytes(3, "big")
        else:
            out += left.to_bytes(4, "big") + right.to_bytes(4, "big")
    number = lambda value: b"\xc4" + struct.pack(">I", value)
    about = {"node_count": number(nodes), "record_size": number(bits), "ip_version": number(6), "database_type": text("Test"), "build_epoch": number(1_700_000_000)}
    return out + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + members(about)


def trees():
    yield "country", tree(24, members({"country": members({"iso_code": text("QM")})}))
    yield "asn", tree(28, members({"autonomous_system_number": b"\xc4" + struct.pack(">I", 64500)}))
    yield "text", tree(32, members({"names": bytes([2, 4]) + text("a") + text("b"), "asn": text("AS64500")}))
    yield "pointer", tree(24, members({"country": b"\x20\x0f"}) + members({"iso_code": text("QM")}))


def main():
    for folder, seeds, before in (("rib_fuzz", ribs(), b"\x03"), ("mmdb_fuzz", trees(), b"")):
        (HERE / folder).mkdir(exist_ok=True)
        for name, content in seeds:
            (HERE / folder / name).write_bytes(before + content)


if __name__ == "__main__":
    main()
