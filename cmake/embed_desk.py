#!/usr/bin/env python3
"""Writes desk_assets.cpp: `embed_desk.py DIST OUT`. Every file of DIST but source maps, as it is and, where that makes it
smaller by a twentieth, compressed (gzip -9); the assembler takes the bytes in."""

import gzip
import hashlib
import pathlib
import shutil
import sys

BLOB = """__asm__(
    ".section .rodata\\n"
    ".global {name}\\n"
    ".hidden {name}\\n"
    "{name}:\\n"
    ".incbin \\"{file}\\"\\n"
    ".previous\\n");
extern "C" char const {name}[];
"""


def main() -> int:
    dist, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    kept = out / "bytes"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    blobs: list[str] = []
    rows: list[str] = []

    def blob(name: str, content: bytes) -> str:
        if not content:
            return "{}"
        file = kept / name
        file.write_bytes(content)
        blobs.append(BLOB.format(name=name, file=file.resolve().as_posix()))
        return f"{{{name}, {len(content)}}}"

    for number, file in enumerate(sorted(f for f in dist.rglob("*") if f.is_file() and f.suffix != ".map")):
        plain = file.read_bytes()
        packed = gzip.compress(plain, 9, mtime=0)
        if len(packed) * 20 > len(plain) * 19:
            packed = b""
        digest = hashlib.sha256(plain).hexdigest()[:32]
        path = file.relative_to(dist).as_posix()
        rows.append(f'        {{"{path}", {blob(f"kula_desk_{number}", plain)}, '
                    f'{blob(f"kula_desk_{number}_gzip", packed)}, "{digest}"}},\n')

    (out / "desk_assets.cpp").write_text(
        '#include "desk_assets.hpp"\n\n' + "".join(blobs) +
        "\nnamespace kula {\n\nstd::vector<net::Asset> desk_assets() {\n    return {\n" + "".join(rows) +
        "    };\n}\n\n}  // namespace kula\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
