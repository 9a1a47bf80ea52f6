#!/usr/bin/env python3
"""Who may include which outside library: `library_owners.py SRC TABLE [--expect BREACHES]`.

All headers of Debian lie in one folder, so the build cannot hide them; this table does. A row is `pattern: rooms`, the
pattern being the start of the included name. A row, or a room in a row, that nobody uses is a breach too: the table may
only shrink. Also: no include goes through `..`, and in doors/api a *_routes.cpp includes at most one domain room.
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
GROUND = {"base", "bus", "formats", "journal", "net", "seals", "storage", "api"}


def read_table(table: pathlib.Path) -> dict[str, set[str]]:
    rows = (line.split(":", 1) for line in table.read_text().splitlines() if line and not line.startswith("#"))
    return {pattern.strip(): set(rooms.split()) for pattern, rooms in rows}


def breaches(src: pathlib.Path, owners: dict[str, set[str]]) -> list[str]:
    found: list[str] = []
    used: dict[str, set[str]] = {pattern: set() for pattern in owners}
    files = sorted(f for f in src.glob("*/*/**/*.[ch]pp"))
    rooms = {f.relative_to(src).parts[1] for f in files}
    for file in files:
        room, place = file.relative_to(src).parts[1], file.relative_to(src)
        domain: set[str] = set()
        for bracket, name in INCLUDE.findall(file.read_text()):
            if ".." in pathlib.PurePath(name).parts:
                found.append(f"{place}: includes {name} through `..`")
            for pattern in (p for p in owners if name.startswith(p)):
                used[pattern].add(room)
                if room not in owners[pattern]:
                    found.append(f"{place}: {name} belongs to {' '.join(sorted(owners[pattern]))}")
            if name.split("/")[0] in rooms - GROUND:
                domain.add(name.split("/")[0])
        if place.match("doors/api/*_routes.cpp") and len(domain) > 1:
            found.append(f"{place}: one door leads to one room, not to {' '.join(sorted(domain))}")
    for pattern, allowed in owners.items():
        found += [f"{pattern}: {room} owns it and does not use it" for room in sorted(allowed - used[pattern])]
    return found


def main() -> int:
    found = breaches(pathlib.Path(sys.argv[1]), read_table(pathlib.Path(sys.argv[2])))
    if "--expect" in sys.argv:
        expected = pathlib.Path(sys.argv[4]).read_text().splitlines()
        print(f"expected:\n{expected}\nfound:\n{found}")
        return 0 if found == expected else 1
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
