#!/usr/bin/env python3
"""Writes tests/corpus/backup_fuzz anew: streams of records (first byte even) and whole backups (odd). Always the same bytes."""

import base64
import hashlib
import hmac
import json
import pathlib
import subprocess

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FOLDER = pathlib.Path(__file__).parent / "backup_fuzz"
KEY = bytes(range(32))


def text(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def record(letter: str, body: bytes) -> bytes:
    return letter.encode() + len(body).to_bytes(4, "big") + body


def stream(*parts: tuple[dict, bytes]) -> bytes:
    script = {"room": "notes", "name": "0001_note", "checksum": "00"}
    out = record("O", text({"kula": "0.1.0", "made_at": "2026-11-21T10:00:00.000000Z", "database": "sqlite", "holds": {"configuration": False, "secret_key": False}, "schema": [script]}))
    sums = hashlib.sha256()
    for head, content in parts:
        rows = content.count(b"\n") if head["kind"] == "table" else 0
        end = record("E", text({"bytes": len(content), "rows": rows, "sha256": hashlib.sha256(content).hexdigest()}))
        sums.update(end)
        out += record("P", text(head)) + (record("D", content) if content else b"") + end
    return out + record("Z", text({"parts": len(parts), "sha256": sums.hexdigest()}))


def backup(plain: bytes, extra: bytes = b"") -> bytes:
    def keep(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    header = b"kula-backup 1\n" + extra + b"key clear " + keep(KEY) + b"\n\n"
    packed = subprocess.run(["zstd", "-q", "-c"], input=plain, capture_output=True, check=True).stdout
    key = hmac.digest(hmac.digest(hashlib.sha256(header).digest(), KEY, "sha256"), b"kula sealed stream 1\x01", "sha256")
    return header + AESGCM(key).encrypt(bytes(11) + b"\x01", packed, None)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    table = ({"kind": "table", "name": "note", "columns": ["id", "words"]}, b"1\tone\n2\t\\N\n")
    file = ({"kind": "file", "name": "blobs/aa/one"}, b"bytes")
    plain = stream(table, file, ({"kind": "secret_key", "name": "secret.key"}, bytes(32)), ({"kind": "configuration", "name": "kula.toml"}, b""))
    recipient = b"key recipient " + base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=") + b" " + b"A" * 64 + b"\n"
    for name, content in {
        "records": b"\xfe" + plain, "records_in_pieces": b"\x06" + plain, "records_cut": b"\x06" + plain[:-9], "records_empty": b"\x00" + stream(),
        "records_that_lead_outside": b"\x06" + stream(({"kind": "file", "name": "../up"}, b"")), "whole": b"\x01" + backup(plain),
        "whole_with_recipient": b"\x01" + backup(plain, recipient), "whole_cut": b"\x01" + backup(plain)[:-1], "newer": b"\x01kula-backup 2\nkey new\n\n",
        "passphrase": b"\x01kula-backup 1\nkey passphrase AAAAAAAAAAAAAAAAAAAAAA 17 " + b"A" * 64 + b"\n\n",
    }.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
