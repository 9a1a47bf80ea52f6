#!/usr/bin/env python3
"""Writes the seeds of capture_fuzz, packet_fuzz, zeek_fuzz, eve_fuzz, csv_fuzz, compression_fuzz and input_fuzz.

The first byte of every seed chooses how the fuzzer splits the rest (packet_fuzz: the link type). Addresses are documentation
space. Needs the `zstd` program. Run it again after changing it; its output is committed.
"""
import gzip
import ipaddress
import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
GOLDEN = HERE.parent.parent / "src" / "ground" / "formats" / "tests" / "golden"
NOON = 1_800_000_000
SPLITS = [1, 5, 63, 193]


def counted(fmt, *numbers):
    return struct.pack("!" + fmt, *numbers)


def address(text):
    return ipaddress.ip_address(text).packed


def ipv4(protocol, payload, number=1, fragment=0, source="192.0.2.1", destination="198.51.100.7"):
    header = counted("BBHHHBBH", 0x45, 0, 20 + len(payload), number, fragment, 64, protocol, 0)
    return header + address(source) + address(destination) + payload


def ipv6(next_header, payload):
    return counted("IHBB", 0x60000000, len(payload), next_header, 64) + address("2001:db8::1") + address("2001:db8::2") + payload


def udp(port, payload):
    return counted("HHHH", 40000, port, 8 + len(payload), 0) + payload


def tcp(port):
    return counted("HHIIHHI", 40000, port, 1, 0, 0x5010, 1024, 0)


def ethernet(payload, kind=0x0800):
    return bytes(12) + counted("H", kind) + payload


def netflow5(count):
    record = (address("198.51.100.7") + address("192.0.2.9") + bytes(8) + counted("IIIIHH", 3, 180, 40_000, 99_000, 1025, 443)
              + bytes([0, 0, 6]) + bytes(9))
    return counted("HHIIIIHH", 5, count, 100_000, NOON, 0, 17, 1, 0) + record * count


def netflow9():
    template = counted("HHHHHHHHHH", 0, 20, 256, 3, 8, 4, 12, 4, 1, 4)
    data = counted("HH", 256, 16) + address("192.0.2.1") + address("192.0.2.2") + counted("I", 99)
    return counted("HHIIII", 9, 2, 100_000, NOON, 0, 7) + template + data


def frames():
    datagram = udp(2055, netflow5(3))
    return [
        ethernet(ipv4(6, tcp(443))),
        ethernet(counted("HH", 7, 0x0800) + ipv4(17, udp(53, b"name")), 0x8100),
        ethernet(counted("HHHH", 7, 0x8100, 8, 0x86dd) + ipv6(0, bytes([6, 0]) + bytes(6) + tcp(80)), 0x88a8),
        ethernet(ipv4(17, datagram)),
        ethernet(ipv4(17, udp(9995, netflow9()))),
        ethernet(ipv4(17, udp(12345, netflow9()))),
        ethernet(ipv4(17, udp(4739, b"noise"))),
        ethernet(ipv4(17, datagram[72:144], 9, 9)),
        ethernet(ipv4(17, datagram[:72], 9, 0x2000)),
        ethernet(ipv4(17, datagram[72:144], 10, 0x2009)),
        ethernet(ipv4(17, datagram[:72], 10, 0x2000)),
        ethernet(ipv4(17, datagram[144:], 10, 18)),
        ethernet(ipv6(44, counted("BBHI", 17, 0, 1, 77) + udp(53, bytes(8))), 0x86dd),
        ethernet(bytes(28), 0x0806),
        ethernet(ipv4(1, counted("HHI", 0x0800, 0, 1))),
    ]


def pcap(packets, order="<", magic=0xA1B2C3D4, link=1):
    out = struct.pack(order + "IHHIIII", magic, 2, 4, 0, 0, 262144, link)
    for i, packet in enumerate(packets):
        more = bytes(8) if magic == 0xA1B2CD34 else b""
        out += struct.pack(order + "IIII", NOON + 20 * i, 5, len(packet), len(packet)) + more + packet
    return out


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack(order + "II", kind, len(body) + 12) + body + struct.pack(order + "I", len(body) + 12)


def pcapng(packets, order="<"):
    out = block(order, 0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))
    out += block(order, 1, struct.pack(order + "HHIHHBBBBHHq", 1, 0, 0, 9, 1, 9, 0, 0, 0, 14, 8, 100))
    out += block(order, 5, bytes(8))
    for i, packet in enumerate(packets):
        time = (NOON + i) * 10**9
        out += block(order, 6, struct.pack(order + "IIIII", 0, time >> 32, time & 0xFFFFFFFF, len(packet), len(packet)) + packet)
    out += block(order, 3, struct.pack(order + "I", len(packets[0])) + packets[0])
    return out + block(order, 2, struct.pack(order + "HHIIII", 0, 0, 0, 5, len(packets[0]), len(packets[0])) + packets[0])


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def write(target, name, data, first):
    folder = HERE / target
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(bytes([first]) + data)


def captures():
    packets = frames()
    cooked = counted("HHH", 0, 1, 6) + bytes(8) + counted("H", 0x0800)
    yield "pcap", pcap(packets)
    yield "pcap_big_endian", pcap(packets, ">")
    yield "pcap_nanoseconds", pcap(packets[:4], "<", 0xA1B23C4D)
    yield "pcap_modified", pcap(packets[:4], "<", 0xA1B2CD34)
    yield "pcap_cooked", pcap([cooked + ipv4(6, tcp(443))], link=113)
    yield "pcap_raw", pcap([ipv4(6, tcp(443)), ipv6(6, tcp(443))], link=101)
    yield "pcap_twice", pcap(packets[:2]) + pcap(packets[:2], ">")
    damaged = bytearray(pcap(packets))
    damaged[24 + 16 + len(packets[0]) + 8] = 0xFF
    damaged[24 + 16 + len(packets[0]) + 11] = 0xFF
    yield "pcap_damaged", bytes(damaged)
    yield "pcapng", pcapng(packets)
    yield "pcapng_big_endian", pcapng(packets, ">")
    yield "pcapng_cut", pcapng(packets)[:-30]
    damaged = bytearray(pcapng(packets))
    damaged[90] ^= 0xFF
    yield "pcapng_damaged", bytes(damaged)


def main():
    logs = {kind: sorted((GOLDEN / kind).glob("*.in")) for kind in ("zeek", "eve", "csv")}
    inputs = []
    for i, (name, data) in enumerate(captures()):
        write("capture_fuzz", name, data, SPLITS[i % 4])
        inputs.append((name, data))
    for kind, paths in logs.items():
        for i, path in enumerate(paths):
            data = path.read_bytes()
            write(f"{kind}_fuzz", path.stem, data, SPLITS[i % 4])
            inputs.append((f"{kind}_{path.stem}", data[:1500]))
    write("csv_fuzz", "map", b"source=a,destination=b,query=c\na,b,c\n192.0.2.1,192.0.2.2,x.example\n", 5)
    for i, (name, data) in enumerate(inputs):
        write("input_fuzz", name, data, SPLITS[i % 4])
    for name, pack in (("gzip", gzip_of), ("zstd", zstd)):
        data = pack(pcap(frames()))
        write("input_fuzz", f"pcap_{name}", data, 5)
        write("input_fuzz", f"pcap_{name}_twice", gzip_of(data), 63)
        write("input_fuzz", f"pcap_{name}_cut", data[:-20], 1)
        write("compression_fuzz", name, data, 5)
        write("compression_fuzz", f"{name}_members", data + pack(b"more"), 1)
        write("compression_fuzz", f"{name}_followed", data + bytes(9), 1)
        write("compression_fuzz", f"{name}_cut", data[:-20], 63)
    write("compression_fuzz", "zstd_skippable", bytes.fromhex("502a4d1804000000") + b"skip" + zstd(b"text"), 2)
    for i, frame in enumerate(frames()):
        write("packet_fuzz", f"ethernet_{i}", frame, 1)
    for first, name, frame in ((0, "null", counted("I", 0x02000000)), (2, "ppp", bytes.fromhex("ff030021")), (5, "raw", b""),
                               (7, "hdlc", bytes.fromhex("0f000800")), (8, "cooked", bytes(14) + counted("H", 0x0800)),
                               (9, "cooked_2", counted("H", 0x0800) + bytes(18)),
                               (4, "pppoe", bytes.fromhex("1100000100220021"))):
        write("packet_fuzz", name, frame + ipv4(6, tcp(443)), first)
    write("packet_fuzz", "mpls", ethernet(bytes.fromhex("0001004000020140") + ipv4(6, tcp(443)), 0x8847), 1)


def gzip_of(data):
    return gzip.compress(data, mtime=0)


main()
