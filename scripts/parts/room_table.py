#!/usr/bin/env python3
"""The room table in ARCHITECTURE.md is the build's own: `room_table.py --check|--update TABLE PAGE`.

TABLE is what CMake wrote from the room() calls; in PAGE it stands between the two markers.
"""

import pathlib
import sys

BEGIN = "<!-- rooms: written by scripts/format -->\n"
END = "<!-- /rooms -->\n"


def main() -> int:
    action, table, page = sys.argv[1], pathlib.Path(sys.argv[2]).read_text(), pathlib.Path(sys.argv[3])
    text = page.read_text()
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        print(f"{page}: the markers of the room table are not there", file=sys.stderr)
        return 1
    before, rest = text.split(BEGIN)
    held, after = rest.split(END)
    if action == "--update":
        page.write_text(before + BEGIN + table + END + after)
    elif held != table:
        print(f"{page}: the room table differs from the build; run scripts/format\n\nthe build says:\n{table}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
