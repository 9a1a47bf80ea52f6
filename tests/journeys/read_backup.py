"""A reader of backups that shares nothing with Kula: what docs/backup-format.md says, and nothing else."""

import base64
import hashlib
import hmac
import json
import pathlib
import subprocess
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK, TAG = 65536, 16


def unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return hmac.digest(hmac.digest(salt, secret, "sha256"), info + b"\x01", "sha256")


def file_key(header: bytes, passphrase: str | None) -> bytes:
    for line in header.decode().splitlines()[1:]:
        match line.split():
            case ["key", "clear", key]:
                return unbase64(key)
            case ["key", "passphrase", salt, cost, wrapped] if passphrase:
                key = hashlib.scrypt(passphrase.encode(), salt=unbase64(salt), n=1 << int(cost), r=8, p=1, maxmem=1 << 29, dklen=32)
                return AESGCM(key).decrypt(bytes(12), unbase64(wrapped), None)
    raise AssertionError("no key of this header is known")


def records(file: pathlib.Path, passphrase: str | None) -> Iterator[tuple[bytes, bytes]]:
    content = file.read_bytes()
    end = content.index(b"\n\n") + 2
    header, body = content[:end], content[end:]
    assert header.startswith(b"kula-backup 1\n")
    key = AESGCM(hkdf(file_key(header, passphrase), hashlib.sha256(header).digest(), b"kula sealed stream 1"))
    chunks = [body[at:at + CHUNK + TAG] for at in range(0, len(body), CHUNK + TAG)]
    packed = b"".join(key.decrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None) for number, chunk in enumerate(chunks))
    plain = subprocess.run(["zstd", "-d"], input=packed, capture_output=True, check=True).stdout
    at = 0
    while at < len(plain):
        length = int.from_bytes(plain[at + 1:at + 5], "big")
        yield plain[at:at + 1], plain[at + 5:at + 5 + length]
        at += 5 + length


def read_backup(file: pathlib.Path, passphrase: str | None = None) -> tuple[dict, dict[str, bytes]]:
    """The opening, and each part's bytes by `kind/name`."""
    opening, parts, name, sums = {}, {}, "", hashlib.sha256()
    for letter, body in records(file, passphrase):
        if letter == b"O":
            opening = json.loads(body)
        elif letter == b"P":
            part = json.loads(body)
            name = f"{part['kind']}/{part['name']}"
            parts[name] = b""
        elif letter == b"D":
            parts[name] += body
        elif letter == b"E":
            told = json.loads(body)
            assert told["bytes"] == len(parts[name]) and told["sha256"] == hashlib.sha256(parts[name]).hexdigest()
            sums.update(letter + len(body).to_bytes(4, "big") + body)
        else:
            assert letter == b"Z" and json.loads(body) == {"parts": len(parts), "sha256": sums.hexdigest()}
    return opening, parts
