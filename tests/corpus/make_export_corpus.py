#!/usr/bin/env python3
"""Writes the seeds of netflow5_fuzz, exports_fuzz and sflow_fuzz beside this script: small datagrams of every kind.

Addresses are documentation space (RFC 5737, RFC 3849). Run it again after changing it; its output is committed.
"""
import ipaddress
import struct
from pathlib import Path

HERE = Path(__file__).parent
EXPORTED = 1_800_000_000


def address(text):
    return ipaddress.ip_address(text).packed


def counted(fmt, *numbers):
    return struct.pack("!" + fmt, *numbers)


def a_set(number, body):
    return counted("HH", number, len(body) + 4) + body


def shape(number, fields):
    return counted("HH", number, len(fields)) + b"".join(counted("HH", *field) for field in fields)


def netflow5(count, announced=None, sampling=0):
    record = (address("198.51.100.7") + address("192.0.2.9") + bytes(8) + counted("IIIIHH", 3, 180, 40_000, 99_000, 1025, 443)
              + bytes([0, 0, 6]) + bytes(9))
    header = counted("HHIIIIHH", 5, count if announced is None else announced, 100_000, EXPORTED, 0, 17, 1, sampling)
    return header + record * count


def netflow9(sets, sequence=0, source=7):
    return counted("HHIIII", 9, 1, 100_000, EXPORTED, sequence, source) + sets


def ipfix(sets, sequence=0, domain=7):
    return counted("HHIII", 10, 16 + len(sets), EXPORTED, sequence, domain) + sets


FIELDS4 = [(8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 4), (1, 4), (22, 4), (21, 4)]
FIELDS6 = [(27, 16), (28, 16), (7, 2), (11, 2), (4, 1), (2, 8), (1, 8), (152, 8), (153, 8)]
RECORD4 = (address("198.51.100.7") + address("192.0.2.9") + counted("HHBIIII", 1025, 443, 6, 3, 180, 40_000, 99_000))
RECORD6 = (address("2001:db8::1") + address("2001:db8::2") + counted("HHBQQQQ", 1025, 53, 17, 3, 180, EXPORTED * 1000,
                                                                      EXPORTED * 1000 + 5))
OPTIONS9 = a_set(1, counted("HHHHHHHHH", 400, 4, 8, 1, 4, 34, 4, 35, 1))
OPTIONS10 = a_set(3, counted("HHHHHHHHH", 400, 3, 1, 149, 4, 305, 4, 306, 4))
VARIABLE = shape(256, [(8, 4), (82, 0xFFFF), (2, 0xFFFF)])
BIFLOW = (counted("HH", 256, 4) + counted("HHHH", 8, 4, 2, 4) + counted("HHI", 0x8002, 4, 29305) + counted("HH", 12, 4))

TIMES = [150, 152, 154, 156, 158, 151, 153, 155, 157, 159, 160, 161, 162, 322, 324]


def exports():
    templates9 = netflow9(a_set(0, shape(256, FIELDS4) + shape(257, FIELDS6)))
    data9 = netflow9(a_set(256, RECORD4 * 2 + b"\0\0") + a_set(257, RECORD6), 1)
    yield "netflow5", [netflow5(2), netflow5(2, sampling=0x4064), netflow5(1, announced=3)]
    yield "netflow9", [templates9, data9]
    yield "netflow9_late_template", [data9, templates9]
    yield "netflow9_sampled", [netflow9(OPTIONS9 + a_set(400, counted("IIB", 0, 100, 1) + bytes(3))), templates9, data9]
    yield "netflow9_cut", [templates9, data9[:-9], netflow9(a_set(256, RECORD4) + counted("HH", 256, 0))]
    yield "ipfix", [ipfix(a_set(2, shape(256, FIELDS6)) + a_set(256, RECORD6 * 2))]
    yield "ipfix_sampled", [ipfix(OPTIONS10 + a_set(400, counted("III", 7, 1, 99)) + a_set(2, shape(256, FIELDS6))
                                  + a_set(256, RECORD6))]
    yield "ipfix_variable", [ipfix(a_set(2, VARIABLE) + a_set(256, counted("IB", 1, 2) + b"ab" + counted("BHB", 255, 1, 9)))]
    yield "ipfix_biflow", [ipfix(a_set(2, BIFLOW) + a_set(256, counted("IIII", 1, 2, 3, 4)))]
    yield "ipfix_withdrawal", [ipfix(a_set(2, shape(256, FIELDS6))), ipfix(a_set(2, counted("HH", 256, 0))),
                               ipfix(a_set(256, RECORD6)), ipfix(a_set(2, counted("HH", 2, 0)) + a_set(3, counted("HH", 3, 0)))]
    for element in TIMES:
        yield f"ipfix_time_{element}", [ipfix(a_set(2, shape(256, [(8, 4), (element, 8)]))
                                              + a_set(256, counted("IQ", 1, EXPORTED * 1000)))]
    yield "sflow", [sflow([flow_sample(raw_header(1, ETHERNET4))])]


ETHERNET4 = (bytes(12) + counted("H", 0x0800) + counted("BBHIBBH", 0x45, 0, 100, 0, 64, 6, 0) + address("198.51.100.7")
             + address("192.0.2.9") + counted("HH", 1025, 443) + bytes(16))
ETHERNET6 = (bytes(12) + counted("HHH", 0x8100, 5, 0x86DD) + counted("IHBB", 0x60000000, 28, 17, 64) + address("2001:db8::1")
             + address("2001:db8::2") + counted("HHHH", 1025, 53, 28, 0) + bytes(20))


def part(number, body):
    return counted("II", number, len(body)) + body


def raw_header(protocol, header):
    return part(1, counted("IIII", protocol, len(header) + 4, 4, len(header)) + header + bytes(-len(header) % 4))


def flow_sample(*records):
    return part(1, counted("IIIIIIII", 1, 2, 512, 1000, 0, 1, 2, len(records)) + b"".join(records))


def expanded_sample(*records):
    return part(3, counted("IIIIIIIIIII", 1, 0, 2, 512, 1000, 0, 0, 1, 0, 2, len(records)) + b"".join(records))


def sflow(samples, agent="192.0.2.1"):
    packed = address(agent)
    return (counted("II", 5, 1 if len(packed) == 4 else 2) + packed + counted("IIII", 0, 1, 60_000, len(samples))
            + b"".join(samples))


def sflows():
    sampled4 = part(3, counted("II", 84, 17) + address("198.51.100.7") + address("192.0.2.9") + counted("IIII", 53, 53, 0, 0))
    sampled6 = part(4, counted("II", 84, 58) + address("2001:db8::1") + address("2001:db8::2") + counted("IIII", 0, 0, 0, 0))
    yield "ethernet", sflow([flow_sample(raw_header(1, ETHERNET4)), expanded_sample(raw_header(1, ETHERNET6))])
    yield "raw_ip", sflow([flow_sample(raw_header(11, ETHERNET4[14:])), flow_sample(raw_header(12, ETHERNET6[18:]))])
    yield "sampled_ip", sflow([flow_sample(sampled4), flow_sample(sampled6, part(1001, bytes(16)))], "2001:db8::9")
    yield "counters", sflow([part(2, bytes(40)), part(0x12345001, bytes(8))])
    yield "cut", sflow([flow_sample(raw_header(1, ETHERNET4))])[:-7]


def write(target, name, content):
    folder = HERE / target
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)


def main():
    write("netflow5_fuzz", "whole", netflow5(2, sampling=0x4064))
    write("netflow5_fuzz", "cut", netflow5(2, announced=5)[:-1])
    for name, datagrams in exports():
        chunks = (bytes([i % 2 << 6]) + counted("H", len(datagram)) + datagram for i, datagram in enumerate(datagrams))
        write("exports_fuzz", name + "_two_ports", b"".join(chunks))
        write("exports_fuzz", name, b"".join(b"\1" + counted("H", len(datagram)) + datagram for datagram in datagrams))
    for name, datagram in sflows():
        write("sflow_fuzz", name, datagram)


if __name__ == "__main__":
    main()
