#!/usr/bin/env python3
"""Joins changes/*.md into CHANGELOG.md under a new version, and removes them: `changelog.py VERSION DATE`."""

import pathlib
import sys

TITLES = {"desk": "For analysts", "operator": "For operators", "developer": "For developers"}
PAGE = pathlib.Path("CHANGELOG.md")
MARK = "<!-- newest first -->\n"


def main() -> int:
    version, date = sys.argv[1:3]
    notes: dict[str, list[str]] = {audience: [] for audience in TITLES}
    files = sorted(f for f in pathlib.Path("changes").glob("*.md") if f.name != "README.md")
    for file in files:
        head, _, body = file.read_text().partition("\n\n")
        for audience in head.removeprefix("audience: ").replace(",", " ").split():
            notes[audience].append("- " + body.strip().replace("\n", "\n  "))
    sections = [f"### {TITLES[audience]}\n\n" + "\n".join(lines) for audience, lines in notes.items() if lines]
    entry = f"## {version} ({date})\n\n" + "\n\n".join(sections) + "\n"
    before, after = PAGE.read_text().split(MARK)
    PAGE.write_text(f"{before}{MARK}\n{entry}{after}")
    for file in files:
        file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
