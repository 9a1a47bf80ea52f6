#!/usr/bin/env python3
"""Writes passkey_fuzz/: what browsers and authenticators make, and what is nearly that. See passkey_fuzz.cpp for the framing."""

import hashlib
import json
import pathlib

FOLDER = pathlib.Path(__file__).parent / "passkey_fuzz"
# The base point of P-256 (SEC 2, 2.4.2) is a key like any other; of Ed25519 every 32 bytes are read as one.
X = bytes.fromhex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")
Y = bytes.fromhex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")


def head(major: int, value: int) -> bytes:
    if value < 24:
        return bytes([major << 5 | value])
    return bytes([major << 5 | 24, value]) if value < 256 else bytes([major << 5 | 25]) + value.to_bytes(2, "big")


def cbor(value: object) -> bytes:
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value)) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    assert isinstance(value, dict)
    return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())


def client(kind: str, **more: object) -> bytes:
    told = {"type": kind, "challenge": "c" * 43, "origin": "http://localhost:8080", "crossOrigin": False} | more
    text = json.dumps(told, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 4)


def data(flags: int, rest: bytes = b"", uses: int = 1) -> bytes:
    return hashlib.sha256(b"localhost").digest() + bytes([flags]) + uses.to_bytes(4, "big") + rest


def attested(key: dict, identity: bytes = b"i" * 32) -> bytes:
    return bytes(16) + len(identity).to_bytes(2, "big") + identity + cbor(key)


ES256 = {1: 2, 3: -7, -1: 1, -2: X, -3: Y}
EDDSA = {1: 1, 3: -8, -1: 6, -2: X}
CREATE, GET = client("webauthn.create"), client("webauthn.get")


def attestation(told: bytes, fmt: str = "none", statement: dict | None = None) -> bytes:
    return cbor({"fmt": fmt, "attStmt": statement or {}, "authData": told})


CASES = {
    "es256": (CREATE, attestation(data(0x45, attested(ES256)))),
    "eddsa": (CREATE, attestation(data(0x45, attested(EDDSA)))),
    "packed": (CREATE, attestation(data(0x45, attested(ES256)), "packed", {"alg": -7, "sig": b"s" * 70, "x5c": [b"c" * 300]})),
    "extensions": (CREATE, attestation(data(0xC5, attested(ES256) + cbor({"credProtect": 2})))),
    "long_id": (CREATE, attestation(data(0x45, attested(ES256, b"i" * 1023)))),
    "off_curve": (CREATE, attestation(data(0x45, attested(ES256 | {-3: X})))),
    "deep": (CREATE, b"\xa1\x67attStmt" + b"\x81" * 60),
    "framed": (client("webauthn.create", crossOrigin=True), attestation(data(0x45, attested(ES256)))),
    "assertion": (GET, data(0x05)),
    "assertion_unverified": (GET, data(0x01)),
    "key_alone": (b"", cbor(ES256)),
}

FOLDER.mkdir(exist_ok=True)
for name, (told, object_bytes) in CASES.items():
    (FOLDER / name).write_bytes(bytes([len(told) // 4]) + told + object_bytes)
