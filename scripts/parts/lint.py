#!/usr/bin/env python3
"""Text lints over all files of the project: sizes, room pages, change notes, laws and their tests, and what may not stand in any file.

Prints every breach as `file:line: rule`, and fails when there is one.
"""

import pathlib
import re
import subprocess
import sys

LARGEST_SOURCE = 600
LARGEST_SCRIPT = 60
LARGEST_ROOM_PAGE = 60
SOURCE = {".cpp", ".hpp", ".ts", ".tsx", ".css", ".py", ".mjs"}
LARGE_FILES = pathlib.Path("scripts/large_files.txt")
# A path of one person's machine has no place in the project; neither have unfinished marks.
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.:/-])/(home|root|work|Users)/[a-z]")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
REGISTRY = re.compile(r'"resolved"\s*:|registry\.[a-z]+js\.org')
AUDIENCES = {"desk", "operator", "developer"}
LAWS = pathlib.Path("docs/law/README.md")

breaches: list[str] = []


def breach(file: pathlib.Path, line: int, rule: str) -> None:
    breaches.append(f"{file}:{line}: {rule}")


def project_files() -> list[pathlib.Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], check=True, capture_output=True, text=True
    )
    return sorted(p for p in map(pathlib.Path, listed.stdout.split("\0")) if p.name and p.is_file())


def check_sizes(file: pathlib.Path, lines: int, allowed: dict[str, int]) -> None:
    if str(file) in allowed:
        if lines > allowed[str(file)]:
            breach(file, lines, f"grew beyond the {allowed[str(file)]} lines that {LARGE_FILES} allows")
        if lines <= LARGEST_SOURCE:
            breach(file, lines, f"is small enough now: take it out of {LARGE_FILES}")
    elif file.suffix in SOURCE and lines > LARGEST_SOURCE:
        breach(file, lines, f"more than {LARGEST_SOURCE} lines: split it")
    if file.parent.name == "scripts" and not file.suffix and lines > LARGEST_SCRIPT:
        breach(file, lines, f"a script has at most {LARGEST_SCRIPT} lines")
    if file.match("src/*/*/README.md") and lines > LARGEST_ROOM_PAGE:
        breach(file, lines, f"a room's page has at most {LARGEST_ROOM_PAGE} lines")


def check_text(file: pathlib.Path, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if MACHINE_PATH.search(line):
            breach(file, number, "names a path of one machine")
        if file.suffix in SOURCE and UNFINISHED.search(line):
            breach(file, number, "is marked as unfinished")
        if file.name in ("package-lock.json", ".npmrc") and REGISTRY.search(line):
            breach(file, number, "names a package registry")


def check_change_note(file: pathlib.Path, lines: list[str]) -> None:
    head = lines[0] if lines else ""
    if not (head.startswith("audience: ") and set(head[10:].replace(",", " ").split()) <= AUDIENCES and head[10:].strip()):
        breach(file, 1, f"a change note starts with `audience: ` and some of {', '.join(sorted(AUDIENCES))}")
    if len(lines) < 3 or lines[1] or not lines[2].strip():
        breach(file, 2, "a change note has a blank line and then its sentence")


def check_rooms() -> None:
    for room in sorted(pathlib.Path("src").glob("*/*/CMakeLists.txt")):
        if not (room.parent / "README.md").is_file():
            breach(room.parent / "README.md", 1, "every room has its page")


def check_laws() -> None:
    """Each test that the page of laws names is there, and each test of a law is named."""
    tests = {file.name for file in pathlib.Path("src").glob("*/*/tests/*_test.cpp")}
    named: set[str] = set()
    for number, line in enumerate(LAWS.read_text(encoding="utf-8").splitlines(), 1):
        for test in re.findall(r"\w+_test\.cpp", line):
            named.add(test)
            if test not in tests:
                breach(LAWS, number, f"names the test {test}, which is not there")
    for test in sorted(test for test in tests - named if test.startswith("law_")):
        breach(LAWS, 1, f"does not name the test {test}")


def main() -> int:
    allowed = {}
    for line in LARGE_FILES.read_text().splitlines():
        if line and not line.startswith("#"):
            name, lines = line.split()
            allowed[name] = int(lines)
    files = project_files()
    for name in allowed.keys() - {str(f) for f in files}:
        breach(LARGE_FILES, 1, f"names {name}, which is gone")
    for file in files:
        content = file.read_bytes()
        if b"\0" in content or file.name == "LICENSE" or "corpus" in file.parts:
            continue
        lines = content.decode("utf-8", "replace").splitlines()
        check_sizes(file, len(lines), allowed)
        check_text(file, lines)
        if file.match("changes/*.md") and file.name != "README.md":
            check_change_note(file, lines)
    check_rooms()
    check_laws()
    print("\n".join(breaches) or f"{len(files)} files hold", file=sys.stderr)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
